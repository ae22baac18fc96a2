import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';
import {
  callFactSchema,
  consentFactSchema,
  journalEventSchema,
  wrapUpCompletedSchema,
  wrapUpCorrectedSchema,
  type JournalEvent,
} from '../../../shared/api/events.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import { explainErrors } from '../../plugins/validation.ts';

const event = Compile(journalEventSchema);

/** The schema of one kind of fact, so that a refusal speaks of it and not of every other kind. */
const factSchemas = new Map<string, ReturnType<typeof Compile<TSchema>>>([
  ...callFactSchema.anyOf.map(
    (schema) => [`ledger ${schema.properties.kind.const}`, Compile<TSchema>(schema)] as const,
  ),
  ['ledger wrap_up_completed', Compile<TSchema>(wrapUpCompletedSchema)],
  ['ledger wrap_up_corrected', Compile<TSchema>(wrapUpCorrectedSchema)],
  ...consentFactSchema.properties.kind.anyOf.map(
    ({ const: kind }) => [`consent ${kind}`, Compile<TSchema>(consentFactSchema)] as const,
  ),
]);

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** A client's clock may be off by a little; a day is a fault. */
const farthestAheadMs = 86_400_000;

export type UnreadEvent = { readonly id: string; readonly why: string };

/** One event of a batch, checked by itself: a bad one refuses only itself. */
export const readEvent = (given: unknown, now: number): Result<JournalEvent, UnreadEvent> => {
  const givenId = property(given, 'id');
  const id = typeof givenId === 'string' ? givenId.slice(0, 64) : '';
  if (event.Check(given)) {
    return given.body.fact.at > now + farthestAheadMs
      ? failure({ id, why: 'event/body/fact/at lies more than a day ahead' })
      : success(given);
  }
  const body = property(given, 'body');
  const fact = property(body, 'fact');
  const kind = `${String(property(body, 'topic'))} ${String(property(fact, 'kind'))}`;
  const schema = factSchemas.get(kind);
  if (schema !== undefined && !schema.Check(fact)) {
    return failure({ id, why: explainErrors(schema.Errors(fact), 'event/body/fact') });
  }
  return failure({ id, why: explainErrors(event.Errors(given), 'event') });
};
