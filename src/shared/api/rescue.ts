import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';

const id = Type.String({ format: 'uuid' });

/** A customer who was taken back from an agent that vanished in the call: the latest of the contact. */
export const cardRescueSchema = Type.Object({
  at: Type.Integer(),
  why: Type.Enum(['phone_failed', 'desk_gone', 'not_heard']),
  /** Who had the customer. */
  agentId: id,
  agentName: Type.String(),
  /** What that agent had written by then; ''. */
  notes: Type.String(),
  /** Who has answered the customer since; null: nobody. */
  taken: Type.Union([
    Type.Object({ agentId: id, agentName: Type.String(), at: Type.Integer() }),
    Type.Null(),
  ]),
  /** The call is over. */
  endedAt: Type.Union([Type.Integer(), Type.Null()]),
});

export type CardRescue = Immutable<Static<typeof cardRescueSchema>>;
