import { Type, type Static } from 'typebox';
import { figureNames, reportSubjects, reportViews } from '../domain/reporting/figures.ts';
import { reportIntervals } from '../domain/reporting/report-interval.ts';
import type { Immutable } from '../immutable.ts';

/** GET /reports, GET /reports/mine: what happened, per interval, by agent, team, queue or wrap-up code. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const time = Type.String({ minLength: 1, maxLength: 40 });

/** `2026-03-29`, `2026-03-29T08:00` on the wall of the zone, or an instant with `Z` or an offset. */
const range = {
  from: time,
  /** The first moment that is not in it any more. */
  to: time,
};

const asked = {
  interval: Type.Optional(Type.Enum([...reportIntervals])),
  /** Of the IANA database; the centre's own where none is given. */
  zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** Whose definitions. */
  view: Type.Optional(Type.Enum([...reportViews])),
  format: Type.Optional(Type.Enum(['json', 'csv'])),
};

export const reportQuerySchema = Type.Object(
  { ...range, ...asked, by: Type.Optional(Type.Enum([...reportSubjects])) },
  { additionalProperties: false },
);

export const ownReportQuerySchema = Type.Object(
  {
    /** Both or neither: then it is today. */
    ...Type.Partial(Type.Object(range)).properties,
    ...asked,
    by: Type.Optional(Type.Enum(['total', 'queue', 'code'])),
  },
  { additionalProperties: false },
);

export const figuresSchema = Type.Object(
  Object.fromEntries(figureNames.map((name) => [name, nullable(Type.Number())])) as Record<
    (typeof figureNames)[number],
    ReturnType<typeof nullable<ReturnType<typeof Type.Number>>>
  >,
);

const definitionSchema = Type.Object({
  key: Type.String(),
  unit: Type.Enum(['count', 'milliseconds', 'share', 'score', 'points']),
  text: Type.String(),
});

export const reportLineSchema = Type.Object({
  /** Epoch ms. */
  from: Type.Integer(),
  to: Type.Integer(),
  /** `from` on the wall of the zone, with its offset from UTC. */
  local: Type.String(),
  /** Id of the agent, name of the team or queue, wrap-up code; empty: none, or all of them in a total. */
  key: Type.String(),
  name: Type.String(),
  figures: figuresSchema,
  missedByCause: Type.Record(Type.String(), Type.Integer()),
});

export const reportSchema = Type.Object({
  view: Type.Enum([...reportViews]),
  by: Type.Enum([...reportSubjects]),
  interval: Type.Enum([...reportIntervals]),
  zone: Type.String(),
  from: Type.Integer(),
  to: Type.Integer(),
  /** When it was read, epoch ms. What happened after may belong to these intervals still. */
  readAt: Type.Integer(),
  /** What each figure means in this view; a figure that is not here is null in every line. */
  definitions: Type.Record(Type.String(), definitionSchema),
  /** In order of time; a line in which nothing happened is left out. */
  lines: Type.Array(reportLineSchema),
});

export type OwnReportQuery = Immutable<Static<typeof ownReportQuerySchema>>;
export type ReportQuery = Immutable<Static<typeof reportQuerySchema>>;
export type ReportLine = Immutable<Static<typeof reportLineSchema>>;
export type Report = Immutable<Static<typeof reportSchema>>;
