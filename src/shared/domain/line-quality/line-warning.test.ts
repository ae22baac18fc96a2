import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeskSecond } from './desk-sound.ts';
import { nothingHeard, type LineFigures } from './line-quality.ts';
import {
  lineWarnings,
  nextWarning,
  noWarning,
  warningOfSecond,
  type LineWarning,
  type WarningStanding,
} from './line-warning.ts';

const good: LineFigures = {
  ...{ roundTripMs: 40, jitterMs: 3, lossPercent: 0, concealedPercent: 0 },
  ...{ sentLossPercent: 0, delayMs: 60, mos: 4.4 },
};
const calm: DeskSecond = {
  ...{ microphone: 0.1, heard: 0.1, lateMs: 0, glitchedPercent: 0, path: null },
};
const after = (...seconds: readonly (LineWarning | null)[]): WarningStanding =>
  seconds.reduce<WarningStanding>(
    (standing, now) => nextWarning(standing, now, now === null ? 'good' : 'bad'),
    noWarning,
  );

test('each trouble of a second has its own sentence, the worst first', () => {
  const of = (part: Partial<LineFigures>, desk: Partial<DeskSecond> = {}) =>
    warningOfSecond({ ...good, ...part }, { ...calm, ...desk });
  expect(of({})).toBe(null);
  expect(of({ lossPercent: 3 })).toBe('loss');
  expect(of({ lossPercent: 3, sentLossPercent: 8 })).toBe('sent_loss');
  expect(of({ lossPercent: 3 }, { lateMs: 900 })).toBe('computer');
  expect(of({}, { lateMs: 900 })).toBe(null);
  expect(of({}, { glitchedPercent: 12 })).toBe('computer');
  expect(of({ roundTripMs: 700 })).toBe('delay');
  expect(of({ jitterMs: 60 })).toBe('jitter');
  expect(warningOfSecond(nothingHeard, null)).toBe('nothing_heard');
});

test('it is said within five seconds, and of several troubles the worst', () => {
  expect(after('loss', 'loss').warning).toBe(null);
  expect(after('loss', 'loss', 'loss').warning).toBe('loss');
  expect(after(null, null, 'jitter', 'loss', 'jitter').warning).toBe('loss');
});

test('it changes only when something else is most of it, and ends after five good seconds', () => {
  const begun = ['loss', 'loss', 'loss'] as const;
  expect(after(...begun, 'sent_loss', 'loss', 'sent_loss').warning).toBe('loss');
  expect(after(...begun, 'sent_loss', 'sent_loss', 'sent_loss').warning).toBe('sent_loss');
  expect(after(...begun, null, null, null, null).warning).toBe('loss');
  expect(after(...begun, null, null, null, null, null).warning).toBe(null);
});

test('a single bad second is nothing, and what goes on is never kept quiet', () => {
  const second = fc.option(fc.constantFrom(...lineWarnings));
  fc.assert(
    fc.property(fc.array(second, { maxLength: 40 }), (seconds) => {
      const { warning } = after(...seconds);
      const five = seconds.slice(-5);
      const troubled = five.filter((each) => each !== null).length;
      if (troubled >= 3) expect(warning).not.toBe(null);
      if (five.length === 5 && troubled === 0) expect(warning).toBe(null);
      if (seconds.filter((each) => each !== null).length < 3) expect(warning).toBe(null);
    }),
  );
});
