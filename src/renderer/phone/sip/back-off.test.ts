import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

const almostOne = () => 1 - 2 ** -32;

test('the first try comes within half a second, later ones within a window that grows to 15 s', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backOffMs(attempt, almostOne))).toEqual([
    500, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ]);
});

test('the jitter is full: any moment of the window is as likely', () => {
  expect(backOffMs(3, () => 0)).toBe(0);
  expect(backOffMs(3, () => 0.25)).toBe(2_000);
});
