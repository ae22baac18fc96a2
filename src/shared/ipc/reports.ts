import { Type } from 'typebox';
import {
  putReportViewSchema,
  reportContactsQuerySchema,
  reportContactsSchema,
  reportSheetQuerySchema,
  reportSheetSchema,
  reportViewSchema,
  reportViewsSchema,
  summariesSchema,
} from '../api/report-sheet.ts';
import { adherenceReportSchema } from '../api/shifts.ts';
import { joinsPageSchema } from '../api/supervision.ts';
import { answerOf } from './answer.ts';

/** UI -> main: what the page of reports asks for. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const uuid = Type.String({ format: 'uuid' });
const instant = Type.Integer({ minimum: 0 });
const { by, interval, view } = reportSheetQuerySchema.properties;
/** Where it was written; null: the user thought better of it. */
const written = answerOf(Type.Union([Type.String(), nothing]));

export const reportRequests = {
  'reports.sheet': { payload: reportSheetQuerySchema, answer: answerOf(reportSheetSchema) },
  'reports.contacts': {
    payload: reportContactsQuerySchema,
    answer: answerOf(reportContactsSchema),
  },
  'reports.adherence': {
    payload: Type.Object({ from: instant, to: instant }, strict),
    answer: answerOf(adherenceReportSchema),
  },
  /** Joins that began in this time, the newest first; `before`: behind that one. */
  'reports.joins': {
    payload: Type.Object({ from: instant, to: instant, before: Type.Optional(uuid) }, strict),
    answer: answerOf(joinsPageSchema),
  },
  'reports.views': { payload: nothing, answer: answerOf(reportViewsSchema) },
  /** Without an id it is a new one. */
  'reports.saveView': {
    payload: Type.Object(
      { viewId: Type.Optional(uuid), ...putReportViewSchema.properties },
      strict,
    ),
    answer: answerOf(reportViewSchema),
  },
  'reports.removeView': {
    payload: Type.Object({ viewId: uuid }, strict),
    answer: answerOf(nothing),
  },
  'reports.summaries': { payload: nothing, answer: answerOf(summariesSchema) },
  /** Interval by interval and line by line, as the API tells it. */
  'reports.csv': {
    payload: Type.Object({ from: instant, to: instant, by, interval, view }, strict),
    answer: written,
  },
  /** The page as it stands: to a printer, by the system's dialog, or to a file. */
  'reports.print': {
    payload: Type.Object({ to: Type.Enum(['printer', 'pdf']) }, strict),
    answer: written,
  },
} as const;
