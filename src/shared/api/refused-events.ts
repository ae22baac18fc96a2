import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';

/** Events that the backend could never take, for whoever finds out why. */
export const refusedEventsSchema = Type.Object({
  /** The latest first; at most 200. */
  events: Type.Array(
    Type.Object({
      agentId: Type.String({ format: 'uuid' }),
      /** What the sender called it; empty: nothing. */
      eventId: Type.String(),
      why: Type.String(),
      /** The event as it came, as JSON. */
      body: Type.String(),
      /** Only the beginning of it is kept. */
      isCut: Type.Boolean(),
      firstAt: Type.Integer(),
      lastAt: Type.Integer(),
      /** How often it came. */
      times: Type.Integer(),
    }),
  ),
  /** How many are kept. */
  total: Type.Integer(),
  /** How many more there were of agents who sent too many of them. */
  notKept: Type.Integer(),
});

export const refusedEventsQuerySchema = Type.Object(
  { agentId: Type.Optional(Type.String({ format: 'uuid' })) },
  { additionalProperties: false },
);

export type RefusedEvents = Immutable<Static<typeof refusedEventsSchema>>;
