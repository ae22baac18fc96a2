import { expect, test } from 'vitest';
import type { DeskSecond } from '../../../shared/domain/line-quality/desk-sound.ts';
import type { LineCounters } from '../../../shared/domain/line-quality/line-quality.ts';
import { createLineWatch } from './line-watch.ts';

const desk: DeskSecond = {
  ...{ microphone: 0.1, heard: 0.1, lateMs: 0, glitchedPercent: null, path: null },
};
const after = (seconds: number): LineCounters => ({
  ...{ packetsReceived: 50 * seconds, packetsLost: 0, samplesPlayed: 48_000 * seconds },
  ...{ samplesConcealed: 0, bufferDelayMs: 0, bufferEmitted: 0, jitterMs: 2 },
  ...{ roundTripMs: 30, sentLoss: 0 },
});

test('a call into which nothing ever comes is bad, though not in its first seconds', () => {
  const watch = createLineWatch();
  const words = Array.from({ length: 10 }, () => watch.second('a', null, desk)?.word);
  expect(words.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => undefined));
  expect(words.at(-1)).toBe('bad');
  // Another call has its own patience.
  expect(watch.second('b', null, desk)).toBe(null);
});

test('a second has what the desk did in it beside its figures', () => {
  const watch = createLineWatch();
  expect(watch.second('a', after(1), desk)).toBe(null);
  expect(watch.second('a', after(2), desk)).toMatchObject({ desk, figures: { lossPercent: 0 } });
  watch.pause();
  expect(watch.second('a', after(60), desk)).toBe(null);
});
