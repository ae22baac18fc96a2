import { expect, test, vi } from 'vitest';
import { pushSchema } from '../shared/api/push.ts';
import { createSchemaCheck } from './schema-check.ts';

test('interpreted and compiled, the check says the same', async () => {
  vi.useFakeTimers();
  const check = createSchemaCheck(pushSchema);
  const good = { kind: 'card_gone', callKey: 'k' };
  const bad = [{ kind: 'card_gone' }, { kind: 'other' }, null, 'text', { kind: 'card', card: {} }];
  const all = () => [good, ...bad].map((value) => check(value));
  const interpreted = all();
  expect(interpreted).toEqual([true, false, false, false, false, false]);
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(all()).toEqual(interpreted);
});
