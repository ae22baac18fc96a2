import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { evidenceEventSchema } from './evidence.ts';
import { guidanceEventSchema } from './guidance.ts';
import { journalEventSchema, journalFactSchema, maximumBatch } from './events.ts';

/** All that a client's journal holds and sends: facts of calls and consent, what agents were guided by, and what the desk
 * knows of itself. */

export const outboxFactSchema = Type.Union([
  journalFactSchema,
  evidenceEventSchema.properties.body,
  guidanceEventSchema.properties.body,
]);

export const outboxBatchSchema = Type.Object(
  {
    events: Type.Array(
      Type.Object(
        { ...journalEventSchema.properties, body: outboxFactSchema },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: maximumBatch },
    ),
  },
  { additionalProperties: false },
);

export type OutboxFact = Immutable<Static<typeof outboxFactSchema>>;
export type OutboxEvent = Immutable<Static<typeof outboxBatchSchema>>['events'][number];
