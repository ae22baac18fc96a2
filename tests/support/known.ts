import type { Result } from '../../src/shared/result.ts';

/** The value of a result that a test takes for granted. */
export const known = <Value, Why>(result: Result<Value, Why>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.why));
  return result.value;
};
