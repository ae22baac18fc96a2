import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { createLogger, reasonOf } from './log/logger.ts';

const log = createLogger('schema-check');
/** After the first use, so that neither the start nor the first message pays for it. */
const compiledAfterMs = 1_500;

/**
 * A check for messages that come often or must pass quickly: interpreted at first, compiled a moment after its first use
 * (a contact's card takes milliseconds interpreted, microseconds compiled).
 */
export const createSchemaCheck = <Schema extends TSchema>(
  schema: Schema,
): ((value: unknown) => value is Static<Schema>) => {
  let check = (value: unknown): boolean => Value.Check(schema, value);
  let begun = false;

  const compile = async (): Promise<void> => {
    const { Compile } = await import('typebox/compile');
    const validator = Compile(schema);
    check = (value) => validator.Check(value);
  };

  return (value): value is Static<Schema> => {
    if (!begun) {
      begun = true;
      setTimeout(() => {
        compile().catch((thrown: unknown) => {
          log.warn('A schema stays interpreted', { why: reasonOf(thrown) });
        });
      }, compiledAfterMs).unref();
    }
    return check(value);
  };
};
