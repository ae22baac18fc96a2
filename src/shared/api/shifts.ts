import { Type, type Static } from 'typebox';
import { activityKinds } from '../domain/schedule/activity.ts';
import { verdicts } from '../domain/schedule/adherence.ts';
import { reportIntervals } from '../domain/reporting/report-interval.ts';
import type { Immutable } from '../immutable.ts';
import { agentStateNameSchema } from './records.ts';

/** Shifts: what is planned for an agent, how it went, and exceptions to it. All times are epoch ms. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const id = Type.String({ format: 'uuid' });
const strict = { additionalProperties: false } as const;
const instant = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 });

export const plannedKindSchema = Type.Enum(['work', 'break', 'meal', 'meeting', 'training']);
export const activityKindSchema = Type.Enum([...activityKinds]);

export const stretchSchema = Type.Object({
  kind: plannedKindSchema,
  /** In the words of the schedule; '' where it has none. */
  label: Type.String(),
  startsAt: Type.Integer(),
  endsAt: Type.Integer(),
});

/** The plan around now, as the desk keeps it. */
export const shiftViewSchema = Type.Object({
  /** IANA name of the zone that the schedule is written in. */
  zone: Type.String(),
  plan: Type.Array(stretchSchema),
  /** What the plan covers; beyond it nothing is told. */
  from: Type.Integer(),
  to: Type.Integer(),
  /** Not-ready reasons that fit each activity, the one that is meant for it first. */
  fitting: Type.Array(Type.Object({ kind: plannedKindSchema, reasons: Type.Array(Type.String()) })),
});

/** GET /shifts/mine?from&to */
export const shiftQuerySchema = Type.Object({ from: instant, to: instant }, strict);

export const exceptionStateSchema = Type.Enum(['pending', 'approved', 'declined']);
/** Why time was missed: in the agent's own words, because a machine failed, or because a call went on. */
export const exceptionCauseSchema = Type.Enum(['note', 'technical', 'call']);

export const adherenceExceptionSchema = Type.Object({
  id,
  agentId: id,
  agentName: Type.String(),
  startsAt: Type.Integer(),
  endsAt: Type.Integer(),
  cause: exceptionCauseSchema,
  note: Type.String(),
  state: exceptionStateSchema,
  askedAt: Type.Integer(),
  decidedAt: nullable(Type.Integer()),
  decidedBy: nullable(Type.String()),
  /** The supervisor's word; '' where there is none. */
  answer: Type.String(),
});

/** POST /adherence/exceptions */
export const askExceptionSchema = Type.Object(
  {
    startsAt: instant,
    endsAt: instant,
    cause: exceptionCauseSchema,
    note: Type.String({ maxLength: 500 }),
  },
  strict,
);

/** GET /adherence/exceptions?state= : of the agents that a supervisor may act on. */
export const exceptionQuerySchema = Type.Object(
  { state: Type.Optional(exceptionStateSchema) },
  strict,
);
export const exceptionsSchema = Type.Object({ exceptions: Type.Array(adherenceExceptionSchema) });

/** PUT /adherence/exceptions/:exceptionId */
export const decideExceptionSchema = Type.Object(
  {
    state: Type.Enum(['approved', 'declined']),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);

export const judgedSpanSchema = Type.Object({
  startsAt: Type.Integer(),
  endsAt: Type.Integer(),
  kind: plannedKindSchema,
  label: Type.String(),
  state: agentStateNameSchema,
  /** Code of the not-ready reason. */
  reason: nullable(Type.String()),
  verdict: Type.Enum([...verdicts]),
  /** The log itself tells why the time was missed: one press asks for an exception. */
  offer: nullable(Type.Enum(['technical', 'call'])),
});

export const adherencePartsSchema = Type.Object({
  scheduledMs: Type.Integer(),
  adherentMs: Type.Integer(),
  graceMs: Type.Integer(),
  excusedMs: Type.Integer(),
  outMs: Type.Integer(),
});

/** GET /adherence/mine?day=YYYY-MM-DD, a day in the schedule's zone; absent: today. */
export const adherenceQuerySchema = Type.Object(
  { day: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })) },
  strict,
);

/** GET /adherence/report: of the agents that a supervisor may act on, per interval. */
export const adherenceReportQuerySchema = Type.Object(
  {
    /** `2026-03-29`, `2026-03-29T08:00` on the wall of the zone, or an instant. */
    from: Type.String({ minLength: 1, maxLength: 40 }),
    to: Type.String({ minLength: 1, maxLength: 40 }),
    interval: Type.Optional(Type.Enum([...reportIntervals])),
    zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    by: Type.Optional(Type.Enum(['agent', 'team'])),
  },
  strict,
);

export const adherenceReportSchema = Type.Object({
  by: Type.Enum(['agent', 'team']),
  interval: Type.Enum([...reportIntervals]),
  zone: Type.String(),
  readAt: Type.Integer(),
  formula: Type.String(),
  graceMs: Type.Integer(),
  /** In order of time; without those for whom nothing was planned. */
  lines: Type.Array(
    Type.Object({
      from: Type.Integer(),
      to: Type.Integer(),
      local: Type.String(),
      /** Id of the agent, or name of the team; empty: of no team. */
      key: Type.String(),
      name: Type.String(),
      parts: adherencePartsSchema,
      share: nullable(Type.Number()),
      excusedShare: nullable(Type.Number()),
    }),
  ),
});

/** What was done between the start and the end of a shift. */
export const shiftWorkSchema = Type.Object({
  contacts: Type.Integer(),
  handleMs: Type.Integer(),
  /** Breaks and meals that were taken, by the not-ready state. */
  breaks: Type.Integer(),
  breakMs: Type.Integer(),
  /** Wrap-ups that are still owed. */
  owed: Type.Integer(),
});

export const adherenceDaySchema = Type.Object({
  day: Type.String(),
  zone: Type.String(),
  /** From midnight to midnight (23 to 25 hours), but a shift through midnight is of the day on which it began. */
  from: Type.Integer(),
  to: Type.Integer(),
  /** The whole plan of the day; what is judged ends now. */
  plan: Type.Array(stretchSchema),
  spans: Type.Array(judgedSpanSchema),
  parts: adherencePartsSchema,
  /** 0 to 1, as it is; null: nothing was scheduled yet. */
  share: nullable(Type.Number()),
  /** … and with approved exceptions. */
  excusedShare: nullable(Type.Number()),
  graceMs: Type.Integer(),
  /** How the figure is made, for whoever reads the answer alone. */
  formula: Type.String(),
  exceptions: Type.Array(adherenceExceptionSchema),
  work: shiftWorkSchema,
});

/** POST /shifts/import */
export const importShiftsSchema = Type.Object(
  {
    /** What it is called where it comes from: a file's name. */
    name: Type.String({ minLength: 1, maxLength: 256 }),
    content: Type.String({ minLength: 1, maxLength: 2_000_000 }),
    /** User name; for the whole file. Exclusive with `team`. */
    agent: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    team: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** IANA: where the file itself names no zone. Absent: the backend's. */
    zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** Takes what is right; absent or false: all or nothing. */
    skipBad: Type.Optional(Type.Boolean()),
  },
  strict,
);

export const badLineSchema = Type.Object({
  /** Of the file, from 1; 0: the file as a whole. */
  line: Type.Integer(),
  why: Type.String(),
});

export const importedSchema = Type.Object({
  id,
  name: Type.String(),
  format: Type.Enum(['csv', 'icalendar']),
  importedAt: Type.Integer(),
  importedBy: nullable(Type.String()),
  /** Entries of it that are in force: a later import replaces those that it has as well. */
  entries: Type.Integer(),
});

export const importAnswerSchema = Type.Object({
  /** null: nothing was applied. */
  import: nullable(importedSchema),
  /** The very same was imported before: nothing changed. */
  already: Type.Boolean(),
  /** How many entries of each kind it has. */
  kinds: Type.Array(Type.Object({ kind: activityKindSchema, entries: Type.Integer() })),
  bad: Type.Array(badLineSchema),
});

export const importsSchema = Type.Object({ imports: Type.Array(importedSchema) });

export type AdherenceReportQuery = Immutable<Static<typeof adherenceReportQuerySchema>>;
export type AdherenceReport = Immutable<Static<typeof adherenceReportSchema>>;
export type ShiftView = Immutable<Static<typeof shiftViewSchema>>;
export type AdherenceException = Immutable<Static<typeof adherenceExceptionSchema>>;
export type ExceptionState = Immutable<Static<typeof exceptionStateSchema>>;
export type AskException = Immutable<Static<typeof askExceptionSchema>>;
export type DecideException = Immutable<Static<typeof decideExceptionSchema>>;
export type AdherenceDay = Immutable<Static<typeof adherenceDaySchema>>;
export type ShiftWork = Immutable<Static<typeof shiftWorkSchema>>;
export type JudgedSpanView = Immutable<Static<typeof judgedSpanSchema>>;
export type ImportShifts = Immutable<Static<typeof importShiftsSchema>>;
export type Imported = Immutable<Static<typeof importedSchema>>;
export type ImportAnswer = Immutable<Static<typeof importAnswerSchema>>;
export type BadLine = Immutable<Static<typeof badLineSchema>>;
