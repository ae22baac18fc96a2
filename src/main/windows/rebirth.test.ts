import { expect, test } from 'vitest';
import { createRebirth } from './rebirth.ts';

test('a page that worked is born again at once, however often it dies', () => {
  const rebirth = createRebirth();
  const delays = Array.from({ length: 20 }, () => {
    rebirth.useful();
    return rebirth.nextDelayMs();
  });
  expect(new Set(delays)).toEqual(new Set([0]));
});

test('a page that never comes up is tried ever more rarely', () => {
  const rebirth = createRebirth();
  expect(Array.from({ length: 7 }, () => rebirth.nextDelayMs())).toEqual([
    0, 250, 1_000, 3_000, 10_000, 30_000, 30_000,
  ]);
});
