import { Type, type Static } from 'typebox';
import { deskTroubles, ringSilences, unansweredOutcomes } from '../domain/missed/missed.ts';
import { lineMoreShape, lineProofShape, lineSummaryShape } from './line-quality.ts';
import { shiftCheckFactSchema, type ShiftCheckFact } from './shift-checks.ts';
import type { Immutable } from '../immutable.ts';

/**
 * What a desk knows of itself, for judging offers that went unanswered. It travels in the journal like every fact, and
 * belongs to no contact: a machine that slept does not know what it was offered.
 */

const id = Type.String({ format: 'uuid' });
const epochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false } as const;

/** Told when it is over; `at` is when it began. */
const deskSpanFactSchema = Type.Object(
  {
    kind: Type.Literal('desk_span'),
    id,
    at: epochMs,
    until: epochMs,
    what: Type.Enum([...deskTroubles]),
  },
  strict,
);

/** The phone's account of an offer that it was not answered, told as it ends. */
const ringFactSchema = Type.Object(
  {
    kind: Type.Literal('ring'),
    id,
    callId: id,
    callKey: Type.String({ minLength: 1, maxLength: 128 }),
    /** When it ended. */
    at: epochMs,
    offeredAt: epochMs,
    shownAt: nullable(epochMs),
    soundedAt: nullable(epochMs),
    silence: nullable(Type.Enum([...ringSilences])),
    outcome: Type.Enum([...unansweredOutcomes]),
    /** What is wrong with the desk at this moment, and since when. */
    troubles: Type.Array(
      Type.Object({ what: Type.Enum([...deskTroubles]), since: epochMs }, strict),
      {
        maxItems: deskTroubles.length,
      },
    ),
  },
  strict,
);

/** How well the agent heard a call, told as it is over. */
const lineFactSchema = Type.Object(
  {
    kind: Type.Literal('line'),
    id,
    callId: id,
    callKey: Type.String({ minLength: 1, maxLength: 128 }),
    /** When the call ended. */
    at: epochMs,
    ...lineSummaryShape,
    ...lineMoreShape,
  },
  strict,
);

/** The phone proved, or could not prove, a part of what a call needs. */
const proofFactSchema = Type.Object(
  { kind: Type.Literal('proof'), id, at: epochMs, ...lineProofShape },
  strict,
);

const evidenceFactSchema = Type.Union([
  deskSpanFactSchema,
  ringFactSchema,
  lineFactSchema,
  proofFactSchema,
  shiftCheckFactSchema,
]);

/** A row of a journal, as for the facts of calls. */
export const evidenceEventSchema = Type.Object(
  {
    id,
    journalId: id,
    seq: Type.Integer({ minimum: 1 }),
    agentId: id,
    writtenAt: epochMs,
    offsetMs: Type.Integer(),
    body: Type.Object({ topic: Type.Literal('evidence'), fact: evidenceFactSchema }, strict),
  },
  strict,
);

export type RingFact = Immutable<Static<typeof ringFactSchema>>;
export type LineFact = Immutable<Static<typeof lineFactSchema>>;
export type ProofFact = Immutable<Static<typeof proofFactSchema>>;
export type EvidenceFact = Immutable<Static<typeof evidenceFactSchema>>;
export type EvidenceEvent = Immutable<Static<typeof evidenceEventSchema>>;

type EventOf<Fact> = Omit<EvidenceEvent, 'body'> & {
  readonly body: { readonly topic: 'evidence'; readonly fact: Fact };
};
/** What offers are judged by. */
export type OfferEvidenceEvent = EventOf<
  Exclude<EvidenceFact, LineFact | ProofFact | ShiftCheckFact>
>;
export type LineEvent = EventOf<LineFact>;
export type ProofEvent = EventOf<ProofFact>;
export type ShiftCheckEvent = EventOf<ShiftCheckFact>;
