import { expect, test } from 'vitest';
import { faster, skipFrom, slower, within } from './playing.ts';

test('speed goes up and down in steps, and stays at the ends', () => {
  expect([slower(0.75), slower(1), faster(1), faster(2)]).toEqual([0.75, 0.75, 1.25, 2]);
});

test('silence is skipped from a moment after the last word to a moment before the next', () => {
  const silences = [
    { fromMs: 1_000, toMs: 5_000 },
    { fromMs: 9_000, toMs: 11_000 },
  ];
  expect(skipFrom(500, silences)).toBe(null);
  expect(skipFrom(1_100, silences)).toBe(null);
  expect(skipFrom(1_500, silences)).toBe(4_600);
  // There it goes on: what was skipped to is not skipped again.
  expect(skipFrom(4_600, silences)).toBe(null);
  expect(skipFrom(10_000, silences)).toBe(10_600);
});

test('nobody gets before the beginning or past the end', () => {
  expect([within(-5, 100), within(50, 100), within(500, 100)]).toEqual([0, 50, 100]);
});
