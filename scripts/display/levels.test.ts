import { expect, test } from 'vitest';
import { rmsDb, SILENCE_DB, toneDb } from './levels.ts';
import { makeTone } from './wav.ts';

const RATE = 48_000;

test('a sine of full scale reads 3 dB below it', () => {
  expect(rmsDb(makeTone(1000, 1, RATE, 1))).toBeCloseTo(-3.01, 1);
});

test('silence, and no sound at all, read the lowest level', () => {
  expect(rmsDb(new Int16Array(480))).toBe(SILENCE_DB);
  expect(rmsDb(new Int16Array(0))).toBe(SILENCE_DB);
});

test('a tone is found at its own frequency and at no other', () => {
  const tone = makeTone(1000, 1, RATE, 0.3);
  expect(toneDb(tone, 1000, RATE)).toBeCloseTo(rmsDb(tone), 1);
  expect(toneDb(tone, 660, RATE)).toBeLessThan(-80);
});
