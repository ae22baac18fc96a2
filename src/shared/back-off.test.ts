import { expect, test } from 'vitest';
import { backOffMs, type BackOffLimits } from './back-off.ts';

const longestWaits = (limits: BackOffLimits): readonly number[] =>
  [0, 1, 2, 3, 4, 5, 50, 5_000].map((attempt) => backOffMs(attempt, limits, 1 - 2 ** -32));

test('the window doubles up to its limit', () => {
  expect(longestWaits({ firstMs: 1_000, longestMs: 10_000 })).toEqual([
    1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000,
  ]);
});

test('the first try may come sooner than the doubling would have it', () => {
  expect(longestWaits({ firstMs: 500, secondMs: 2_000, longestMs: 15_000 })).toEqual([
    500, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000,
  ]);
});

test('the jitter is full: any moment of the window is as likely', () => {
  const limits = { firstMs: 1_000, longestMs: 10_000 };
  expect([0, 0.25, 0.5].map((random) => backOffMs(3, limits, random))).toEqual([0, 2_000, 4_000]);
});

test('with a shortest wait no try comes sooner, and none later than the window', () => {
  const limits = { shortestMs: 50, firstMs: 250, longestMs: 5_000 };
  expect([0, 0.5, 1].map((random) => backOffMs(0, limits, random))).toEqual([50, 150, 250]);
  expect(longestWaits(limits).slice(0, 6)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000]);
});

test('200 clients that lost the server together come back spread over the whole window', () => {
  const limits = { firstMs: 4_000, longestMs: 30_000 };
  const seconds = Array.from({ length: 200 }, (_, index) => backOffMs(0, limits, index / 200)).map(
    (delayMs) => Math.floor(delayMs / 1_000),
  );
  expect(new Set(seconds)).toEqual(new Set([0, 1, 2, 3]));
});
