import { Type, type Static } from 'typebox';
import { missedCauses } from '../domain/missed/missed.ts';
import type { Immutable } from '../immutable.ts';

export const missedCauseSchema = Type.Enum([...missedCauses]);

/** One line of the agent's own. */
export const missedNoteSchema = Type.String({ maxLength: 120 });

/** An offer that this agent did not answer. */
export const missedOfferSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  callKey: Type.String(),
  contactId: Type.String({ format: 'uuid' }),
  queue: Type.Union([Type.String(), Type.Null()]),
  /** Who called: the customer's name, else the number as people write it; empty: hidden. */
  who: Type.String(),
  number: Type.String(),
  /** Epoch ms when it ended. */
  at: Type.Integer(),
  cause: missedCauseSchema,
  /** It counts as missed by the agent. */
  counted: Type.Boolean(),
  note: missedNoteSchema,
});

/** In a line of the history. */
export const missedMarkSchema = Type.Pick(missedOfferSchema, ['id', 'cause', 'counted', 'note']);

/** PUT /missed/:id/note; empty: none. */
export const putMissedNoteSchema = Type.Object(
  { note: missedNoteSchema },
  { additionalProperties: false },
);

export type MissedOffer = Immutable<Static<typeof missedOfferSchema>>;
export type MissedMark = Immutable<Static<typeof missedMarkSchema>>;
