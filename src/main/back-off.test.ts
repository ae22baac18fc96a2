import { expect, test } from 'vitest';
import { createBackOff } from './back-off.ts';

test('the window doubles up to its limit and starts again after a reset', () => {
  const backOff = createBackOff({ firstMs: 1_000, longestMs: 5_000 }, () => 1);
  expect([1, 2, 3, 4, 5].map(() => backOff.nextDelayMs())).toEqual([
    1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
  backOff.reset();
  expect(backOff.nextDelayMs()).toBe(1_000);
});

test('200 clients that lost the server together come back spread over the whole window', () => {
  const seconds = Array.from({ length: 200 }, (_, index) =>
    createBackOff({ firstMs: 4_000, longestMs: 30_000 }, () => index / 200).nextDelayMs(),
  ).map((delayMs) => Math.floor(delayMs / 1_000));
  expect(new Set(seconds)).toEqual(new Set([0, 1, 2, 3]));
});
