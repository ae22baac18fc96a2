import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  figuresBetween,
  mosOf,
  mosOfStretch,
  nothingHeard,
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
    (sum, figures, at) => summedUp(sum, figures, wordOfFigures(figures), parts.slice(0, at + 1)),
    null,
  );
  expect(whole).toMatchObject({ seconds: 2, badSeconds: 1, fairSeconds: 0, sentLossPercent: 0 });
  expect(whole?.lossPercent).toBeCloseTo(5);
  expect(whole?.mosLowest).toBe(parts[1]?.mos);
  // 15 ms, 40 ms and 20 ms; nothing lost first, then one packet of twenty.
  expect(whole?.mosMean).toBeCloseTo((mosOf(75, 0) + mosOf(75, 5)) / 2);
});

test('a stretch is scored by its means: what is off by chance in a second lowers nothing', () => {
  expect(mosOfStretch([])).toBeNull();
  expect(mosOfStretch([second()])).toBe(second().mos);
  expect(second().delayMs).toBe(75);
  const received = [50, 46, 48, 44, 50, 49, 47, 45, 50, 46];
  const sent = [0.02, 0.08, 0.1, 0, 0.05, 0.02, 0.09, 0.06, 0, 0.08];
  const seconds = received.map((packetsReceived, at) =>
    second({
      ...{ packetsReceived, packetsLost: 50 - packetsReceived, sentLoss: sent[at] ?? 0 },
      roundTripMs: at % 2 === 0 ? 100 : 300,
    }),
  );
  // Each way a twentieth: (100 + 300) / 2 / 2 ms, 40 ms and 20 ms.
  expect(mosOfStretch(seconds)).toBeCloseTo(mosOf(160, 5));
  const alone = seconds.reduce((sum, { mos }) => sum + mos, 0) / seconds.length;
  expect(alone).toBeLessThan((mosOfStretch(seconds) ?? 0) - 0.05);
});

test('the worse direction counts, what nobody tells does not, and a second without sound has no delay', () => {
  const sentBadly = second({ sentLoss: 0.2 });
  expect(mosOfStretch([sentBadly, sentBadly])).toBeCloseTo(mosOf(75, 20));
  expect(mosOfStretch([second({ sentLoss: null }), second({ sentLoss: 0.2 })])).toBeCloseTo(
    mosOf(75, 20),
  );
  expect(mosOfStretch([second(), nothingHeard])).toBeCloseTo(mosOf(75, 50));
});
