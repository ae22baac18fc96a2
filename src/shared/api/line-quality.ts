import { Type, type Static } from 'typebox';
import { candidateKinds, networkKinds } from '../domain/line-quality/desk-sound.ts';
import { provenParts } from '../domain/line-quality/line-proof.ts';
import { lineWords } from '../domain/line-quality/line-quality.ts';
import { verdictReasons, verdicts } from '../domain/line-quality/verdict.ts';
import { hindranceCauses } from '../domain/readiness/hindrance.ts';
import type { Immutable } from '../immutable.ts';
import { callNotesSchema } from './call-notes.ts';

/** How well a call is heard at an agent's desk. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const percent = Type.Number({ minimum: 0, maximum: 100 });
const milliseconds = Type.Number({ minimum: 0, maximum: 600_000 });
const mos = Type.Number({ minimum: 1, maximum: 5 });
const seconds = Type.Integer({ minimum: 0, maximum: 1_000_000 });

export const lineWordSchema = Type.Enum([...lineWords]);

/** PUT /agent/line-quality: told as the word changes; null: no call is looked at. */
export const putLineQualitySchema = Type.Object(
  { quality: nullable(lineWordSchema) },
  { additionalProperties: false },
);

/** The last second. */
export const lineFiguresSchema = Type.Object({
  roundTripMs: nullable(milliseconds),
  jitterMs: milliseconds,
  lossPercent: percent,
  concealedPercent: percent,
  sentLossPercent: nullable(percent),
  delayMs: nullable(milliseconds),
  mos,
});

export const lineSummaryShape = {
  seconds,
  fairSeconds: seconds,
  badSeconds: seconds,
  mosMean: mos,
  mosLowest: mos,
  roundTripMs: nullable(milliseconds),
  jitterMs: milliseconds,
  lossPercent: percent,
  concealedPercent: percent,
  sentLossPercent: nullable(percent),
};

const linePathSchema = Type.Object({
  local: Type.Enum([...candidateKinds]),
  remote: Type.Enum([...candidateKinds]),
  network: nullable(Type.Enum([...networkKinds])),
});

/** What the desk itself did in the last second. */
export const deskSecondSchema = Type.Object({
  microphone: Type.Number({ minimum: 0, maximum: 1 }),
  heard: Type.Number({ minimum: 0, maximum: 1 }),
  lateMs: milliseconds,
  glitchedPercent: nullable(percent),
  path: nullable(linePathSchema),
});

const dbfs = Type.Number({ minimum: -200, maximum: 60 });

export const deskSoundSchema = Type.Object({
  seconds,
  lateSeconds: seconds,
  latestMs: milliseconds,
  glitchedPercent: nullable(percent),
  microphoneDbfs: nullable(dbfs),
  spokenSeconds: seconds,
  heardDbfs: nullable(dbfs),
  heardSeconds: seconds,
  path: nullable(linePathSchema),
});

/** What is kept of a call beside its line; desks of before told none of it. */
export const lineMoreShape = {
  desk: Type.Optional(deskSoundSchema),
  notes: Type.Optional(callNotesSchema),
};

const packets = Type.Number({ minimum: 0 });

/** What the exchange counted of one leg. */
export const legCountSchema = Type.Object({
  received: packets,
  lost: packets,
  jitterMs: nullable(milliseconds),
  sent: packets,
  sentLost: nullable(packets),
  roundTripMs: nullable(milliseconds),
});

/** What a proof call counted. */
export const proofFiguresSchema = Type.Object({
  roundTripMs: nullable(milliseconds),
  jitterMs: milliseconds,
  lossPercent: percent,
  sentLossPercent: nullable(percent),
  packetsSent: packets,
  packetsReceived: packets,
});

/** What a desk proved of itself; `cause`: why it failed. */
export const lineProofShape = {
  what: Type.Enum([...provenParts]),
  cause: nullable(Type.Enum([...hindranceCauses])),
  path: nullable(proofFiguresSchema),
};

const nearProofSchema = Type.Object({
  ...lineProofShape,
  when: Type.Enum(['before', 'after']),
  ageMs: Type.Number({ minimum: 0 }),
});

const comparedSchema = Type.Object({ count: Type.Integer(), bad: Type.Integer() });

/** Whose fault it was, and what that rests on beside the desk's own account. */
export const judgedSchema = Type.Object({
  verdict: Type.Enum([...verdicts]),
  reason: nullable(Type.Enum([...verdictReasons])),
  agentLeg: nullable(legCountSchema),
  customerLeg: nullable(legCountSchema),
  otherDesks: comparedSchema,
  otherCustomers: comparedSchema,
  /** Those near the call; a backend of before tells none. */
  proofs: Type.Optional(Type.Array(nearProofSchema)),
});

/** A whole call of one agent. */
export const lineSummarySchema = Type.Object({
  ...lineSummaryShape,
  ...lineMoreShape,
  judged: Type.Optional(judgedSchema),
});

export type JudgedView = Immutable<Static<typeof judgedSchema>>;
export type LineSummaryView = Immutable<Static<typeof lineSummarySchema>>;

/** Calls by verdict, of one agent in one week. */
const verdictWeekSchema = Type.Object({
  agentId: Type.String({ format: 'uuid' }),
  name: Type.String(),
  /** The Monday with which it begins, in the centre's zone: `2027-01-04`. */
  week: Type.String(),
  verdicts: Type.Partial(Type.Record(Type.Enum([...verdicts]), Type.Integer())),
});

/** GET /line-verdicts/mine (the last 8 weeks); GET /line-verdicts (of the own team; supervisors). */
export const verdictWeeksSchema = Type.Object({
  zone: Type.String(),
  lines: Type.Array(verdictWeekSchema),
});
export const verdictWeeksQuerySchema = Type.Object(
  {
    from: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 }),
    to: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 }),
  },
  { additionalProperties: false },
);
export type VerdictWeeks = Immutable<Static<typeof verdictWeeksSchema>>;
