import { Type, type Static } from 'typebox';
import { figureNames, reportSubjects, reportViews } from '../domain/reporting/figures.ts';
import { reportIntervals } from '../domain/reporting/report-interval.ts';
import { reportPeriods } from '../domain/reporting/period.ts';
import { missedCauses } from '../domain/missed/missed.ts';
import { surveyKinds } from '../domain/survey/survey.ts';
import type { Immutable } from '../immutable.ts';
import { figuresSchema } from './reports.ts';

/** What the page of reports shows: figures of a period beside those of the weeks before, and what they are made of. */

const strict = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const key = Type.String({ maxLength: 128 });

/** Days in the centre's zone. */
const choiceProperties = {
  period: Type.Enum([...reportPeriods, 'days']),
  /** With `days` alone: the first day, and the first one outside. */
  from: Type.Optional(day),
  to: Type.Optional(day),
  interval: Type.Enum([...reportIntervals]),
  by: Type.Enum([...reportSubjects]),
  view: Type.Enum([...reportViews]),
  /** The one line that the page is about; absent: all of them together. */
  key: Type.Optional(key),
};

/** GET /reports/sheet */
export const reportSheetQuerySchema = Type.Object(choiceProperties, strict);

const targetSchema = Type.Object({
  /** 0 to 1. */
  serviceLevel: nullable(Type.Number()),
  ahtMs: nullable(Type.Integer()),
});

const rangeSchema = Type.Object({ from: Type.Integer(), to: Type.Integer() });

export const reportSheetSchema = Type.Object({
  view: choiceProperties.view,
  by: choiceProperties.by,
  interval: choiceProperties.interval,
  key: nullable(key),
  zone: Type.String(),
  ...rangeSchema.properties,
  /** The same days, so many whole weeks earlier; a day that goes on up to the same time. */
  before: Type.Object({ ...rangeSchema.properties, weeks: Type.Integer() }),
  readAt: Type.Integer(),
  /** Of all lines together, or of the one that was asked for; null: nothing happened. */
  total: Type.Object({ now: nullable(figuresSchema), before: nullable(figuresSchema) }),
  /** What is to be reached there; null where the lines have different targets, or none. */
  target: targetSchema,
  /** Interval by interval, without a gap. */
  trend: Type.Array(
    Type.Object({
      ...rangeSchema.properties,
      local: Type.String(),
      now: nullable(figuresSchema),
      before: nullable(figuresSchema),
    }),
  ),
  /** Over the whole period, in order of their names. */
  rows: Type.Array(
    Type.Object({
      key: Type.String(),
      name: Type.String(),
      now: figuresSchema,
      before: nullable(figuresSchema),
      missedByCause: Type.Record(Type.String(), Type.Integer()),
      target: targetSchema,
    }),
  ),
});

/** GET /reports/contacts: the contacts that a figure is made of, page by page. */
export const reportContactsQuerySchema = Type.Object(
  {
    figure: Type.Enum([...figureNames]),
    by: choiceProperties.by,
    view: choiceProperties.view,
    key: Type.Optional(key),
    /** Epoch ms; the first moment outside. */
    from: Type.Integer({ minimum: 0 }),
    to: Type.Integer({ minimum: 0 }),
    /** Of missed offers. */
    cause: Type.Optional(Type.Enum([...missedCauses])),
    after: Type.Optional(Type.String({ pattern: '^-?\\d{1,15}_[0-9a-f-]{1,36}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  strict,
);

export const reportContactSchema = Type.Object({
  id: Type.String(),
  /** null: it hung up before anybody was told of it, or the user may not see it. */
  contactId: nullable(Type.String({ format: 'uuid' })),
  /** When it is counted. */
  at: Type.Integer(),
  /** Name of the customer, else of the caller, else the number; empty: the user may not see it. */
  who: Type.String(),
  queue: nullable(Type.String()),
  agent: nullable(Type.Object({ id: Type.String({ format: 'uuid' }), name: Type.String() })),
  /** Of a wait: how it ended; null: it goes on. */
  how: nullable(Type.String()),
  waitMs: nullable(Type.Integer()),
  code: nullable(Type.String()),
  handleMs: nullable(Type.Integer()),
  /** The part that the list is about, where it is about one. */
  partMs: nullable(Type.Integer()),
  /** Of a missed offer. */
  cause: nullable(Type.Enum([...missedCauses])),
  /** Of a survey: what was asked and answered. */
  survey: Type.Optional(
    nullable(
      Type.Object({
        kind: Type.Enum([...surveyKinds]),
        score: nullable(Type.Integer()),
        resolved: nullable(Type.Boolean()),
      }),
    ),
  ),
});

export const reportContactsSchema = Type.Object({
  contacts: Type.Array(reportContactSchema),
  /** `after` of the next page; null: there is none. */
  next: nullable(Type.String()),
});

export const reportSections = [
  'figures',
  'missed',
  'adherence',
  'supervision',
  'sound',
  'summaries',
] as const;

/** What a saved view keeps. */
export const reportChoiceSchema = Type.Object(
  {
    ...choiceProperties,
    section: Type.Enum([...reportSections]),
    /** What the trend shows. */
    figure: Type.Enum([...figureNames]),
  },
  strict,
);

const viewName = Type.String({ minLength: 1, maxLength: 80 });

/** POST /reports/views; PUT /reports/views/:viewId */
export const putReportViewSchema = Type.Object(
  { name: viewName, shared: Type.Boolean(), choice: reportChoiceSchema },
  strict,
);

export const reportViewSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  shared: Type.Boolean(),
  choice: reportChoiceSchema,
  owner: Type.Object({ id: Type.String({ format: 'uuid' }), name: Type.String() }),
});

export const reportViewsSchema = Type.Object({ views: Type.Array(reportViewSchema) });

/** GET /reports/summaries: the latest that were due, the newest first. */
export const summariesSchema = Type.Object({
  summaries: Type.Array(
    Type.Object({
      name: Type.String(),
      period: Type.String(),
      dueAt: Type.Integer(),
      doneAt: nullable(Type.Integer()),
      wentTo: Type.Array(Type.String()),
      problem: Type.String(),
    }),
  ),
});

export type ReportSheetQuery = Immutable<Static<typeof reportSheetQuerySchema>>;
export type ReportSheet = Immutable<Static<typeof reportSheetSchema>>;
export type ReportTarget = Immutable<Static<typeof targetSchema>>;
export type ReportContactsQuery = Immutable<Static<typeof reportContactsQuerySchema>>;
export type ReportContact = Immutable<Static<typeof reportContactSchema>>;
export type ReportContacts = Immutable<Static<typeof reportContactsSchema>>;
export type ReportChoice = Immutable<Static<typeof reportChoiceSchema>>;
export type PutReportView = Immutable<Static<typeof putReportViewSchema>>;
export type ReportViewKept = Immutable<Static<typeof reportViewSchema>>;
export type Summaries = Immutable<Static<typeof summariesSchema>>;
