import { expect, test } from 'vitest';
import { reconnectDelayMs } from './reconnect-delay.ts';

test('waits anywhere below a ceiling that doubles to five seconds, never nothing', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((n) => reconnectDelayMs(n, 0.999_999))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
  expect(reconnectDelayMs(9, 0)).toBe(50);
});
