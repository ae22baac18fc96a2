import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  figuresBetween,
  mosOf,
  nextLine,
  noLine,
  summedUp,
  wordOfFigures,
  type LineCounters,
  type LineFigures,
  type LineStanding,
  type LineSummary,
  type LineWord,
} from './line-quality.ts';

const zero: LineCounters = {
  ...{ packetsReceived: 0, packetsLost: 0, samplesPlayed: 0, samplesConcealed: 0 },
  ...{ bufferDelayMs: 0, bufferEmitted: 0, jitterMs: 2, roundTripMs: 30, sentLoss: 0 },
};
/** A second of 50 frames at 48 kHz, which waited 40 ms each. */
const second = (part: Partial<LineCounters> = {}): LineFigures => {
  const figures = figuresBetween(zero, {
    ...zero,
    ...{ packetsReceived: 50, samplesPlayed: 48_000 },
    ...{ bufferDelayMs: 40 * 48_000, bufferEmitted: 48_000 },
    ...part,
  });
  if (figures === null) throw new Error('nothing was counted');
  return figures;
};
const after = (...words: readonly LineWord[]): LineStanding => words.reduce(nextLine, noLine);

test('the score is that of G.107: the best is 4.4, and half a second of delay or a tenth lost is poor', () => {
  expect(mosOf(0, 0)).toBeCloseTo(4.41, 2);
  expect(mosOf(150, 0)).toBeCloseTo(4.33, 2);
  expect(mosOf(500, 0)).toBeCloseTo(2.32, 1);
  expect(mosOf(100, 5)).toBeCloseTo(3.85, 1);
  expect(mosOf(100, 20)).toBeLessThan(2.6);
});

test('no delay and no loss sounds better than any', () => {
  const delay = fc.double({ min: 0, max: 2_000, noNaN: true });
  const loss = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(delay, loss, fc.double({ min: 0, max: 500, noNaN: true }), (ms, percent, more) => {
      const mos = mosOf(ms, percent);
      expect(mos).toBeGreaterThanOrEqual(1);
      expect(mos).toBeLessThanOrEqual(4.5);
      expect(mosOf(ms + more, percent)).toBeLessThanOrEqual(mos + 1e-9);
      expect(mosOf(ms, Math.min(100, percent + more))).toBeLessThanOrEqual(mos + 1e-9);
    }),
  );
});

test('an ordinary second is good', () => {
  expect(second()).toMatchObject({ lossPercent: 0, concealedPercent: 0, sentLossPercent: 0 });
  expect(wordOfFigures(second())).toBe('good');
});

test.each<[string, Partial<LineCounters>, LineWord]>([
  ['one frame of fifty lost', { packetsReceived: 49, packetsLost: 1 }, 'fair'],
  ['a tenth lost', { packetsReceived: 45, packetsLost: 5 }, 'bad'],
  ['a tenth too late', { samplesConcealed: 4_800 }, 'bad'],
  ['a tenth of what the customer should hear', { sentLoss: 0.1 }, 'bad'],
  ['jitter', { jitterMs: 31 }, 'fair'],
  ['a long way', { roundTripMs: 450 }, 'fair'],
  ['a very long way', { roundTripMs: 900 }, 'bad'],
  ['nothing at all', { packetsReceived: 0, samplesConcealed: 0 }, 'bad'],
])('%s', (_, part, word) => {
  expect(wordOfFigures(second(part))).toBe(word);
});

test('counters that began anew tell nothing of that second', () => {
  expect(figuresBetween({ ...zero, packetsReceived: 9 }, zero)).toBeNull();
  expect(figuresBetween(zero, zero)).toBeNull();
});

test('a line that turns bad is called so within five seconds, one bad second is not', () => {
  expect(after('good', 'good').word).toBeNull();
  const good = after('good', 'good', 'good', 'good', 'good');
  expect(good.word).toBe('good');
  expect(nextLine(good, 'bad').word).toBe('good');
  expect((['bad', 'bad', 'bad'] as const).reduce(nextLine, good).word).toBe('bad');
});

test('it is better once five seconds are, and not before', () => {
  const bad = after('bad', 'bad', 'bad');
  expect((['good', 'good', 'good', 'good'] as const).reduce(nextLine, bad).word).toBe('bad');
  expect((['good', 'good', 'good', 'good', 'good'] as const).reduce(nextLine, bad).word).toBe(
    'good',
  );
  expect((['fair', 'good', 'good', 'good', 'fair'] as const).reduce(nextLine, bad).word).toBe(
    'fair',
  );
});

test('a line that goes up and down has one word, the worse one', () => {
  const flickers = Array.from({ length: 60 }, (_, at): LineWord => (at % 2 === 0 ? 'bad' : 'good'));
  let standing = noLine;
  const words = flickers.map((word) => (standing = nextLine(standing, word)).word);
  const changes = words.filter((word, at) => at > 0 && word !== words[at - 1]);
  expect(changes.length).toBeLessThanOrEqual(2);
});

test('a summary has the means of its seconds and the worst of them', () => {
  const parts = [second(), second({ packetsReceived: 45, packetsLost: 5, sentLoss: null })];
  const whole = parts.reduce<LineSummary | null>(
    (sum, figures) => summedUp(sum, figures, wordOfFigures(figures)),
    null,
  );
  expect(whole).toMatchObject({ seconds: 2, badSeconds: 1, fairSeconds: 0, sentLossPercent: 0 });
  expect(whole?.lossPercent).toBeCloseTo(5);
  expect(whole?.mosLowest).toBe(parts[1]?.mos);
});
