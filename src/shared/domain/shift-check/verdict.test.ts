import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSteps, lineStates, microphoneStates, type CheckMeasured } from './measured.ts';
import {
  checkFindings,
  checkWords,
  judgeCheck,
  wordOfStep,
  type CheckFinding,
  type CheckWord,
} from './verdict.ts';

const well = {
  machine: {
    ...{ busyPercent: 20, lateMs: 5, freeMegabytes: 50_000, writable: true },
    ...{ clockOffMs: 0, vpn: [] },
  },
  line: {
    ...{ state: 'measured', seconds: 10, roundTripMs: 40, jitterMs: 3 },
    ...{ lossPercent: 0, mos: 4.4 },
  },
  microphone: {
    ...{ state: 'heard', noiseDbfs: -60, speechDbfs: -26 },
    ...{ clippedPercent: 0, handsFree: false },
  },
  speaker: { played: true, heardBy: 'agent', echoLossDb: null },
  ringer: { played: true, heard: true },
} as const satisfies CheckMeasured;

const microphone = (part: object): CheckMeasured => ({
  ...well,
  microphone: { ...well.microphone, ...part },
});
const line = (part: object): CheckMeasured => ({ ...well, line: { ...well.line, ...part } });
const machine = (part: object): CheckMeasured => ({
  ...well,
  machine: { ...well.machine, ...part },
});
const speaker = (part: object): CheckMeasured => ({
  ...well,
  speaker: { ...well.speaker, ...part },
});

const unmeasured = { roundTripMs: null, jitterMs: null, lossPercent: null, mos: null };

/** One measure of its own for each finding, a way in which nothing else is wrong. */
const alone: Readonly<Record<CheckFinding, readonly [CheckMeasured, CheckWord]>> = {
  microphone_missing: [microphone({ state: 'missing' }), 'bad'],
  microphone_denied: [microphone({ state: 'denied' }), 'bad'],
  microphone_busy: [microphone({ state: 'busy' }), 'bad'],
  microphone_dead: [microphone({ state: 'dead' }), 'bad'],
  speaker_not_playing: [speaker({ played: false, heardBy: null }), 'bad'],
  speaker_unheard: [speaker({ heardBy: 'nobody' }), 'bad'],
  line_no_way: [line({ state: 'no_way', ...unmeasured }), 'bad'],
  line_no_sound: [line({ state: 'no_sound', ...unmeasured }), 'bad'],
  ringer_unheard: [{ ...well, ringer: { played: true, heard: false } }, 'bad'],
  disk_unwritable: [machine({ writable: false }), 'bad'],
  voice_unheard: [microphone({ speechDbfs: null }), 'bad'],
  line_loss: [line({ lossPercent: 2 }), 'fair'],
  line_jitter: [line({ jitterMs: 90 }), 'bad'],
  line_delay: [line({ roundTripMs: 500 }), 'fair'],
  line_quality: [line({ mos: 3 }), 'bad'],
  voice_low: [microphone({ speechDbfs: -45, noiseDbfs: -80 }), 'fair'],
  echo: [speaker({ heardBy: 'microphone', echoLossDb: 25 }), 'bad'],
  noise: [microphone({ noiseDbfs: -36 }), 'fair'],
  voice_clipped: [microphone({ clippedPercent: 50 }), 'bad'],
  hands_free: [microphone({ handsFree: true }), 'fair'],
  machine_late: [machine({ lateMs: 300 }), 'fair'],
  machine_busy: [machine({ busyPercent: 99 }), 'bad'],
  disk_full: [machine({ freeMegabytes: 20 }), 'bad'],
  clock_off: [machine({ clockOffMs: -400_000 }), 'fair'],
};

test('a desk with nothing wrong is good, and nothing is first', () => {
  expect(judgeCheck(well)).toEqual({ word: 'good', first: null, findings: [], skipped: [] });
});

test.each(checkFindings.map((what) => [what, ...alone[what]] as const))(
  '%s is found by itself, and is the first thing',
  (what, measured, word) => {
    const verdict = judgeCheck(measured);
    expect(verdict.findings.map((finding) => finding.what)).toEqual([what]);
    expect(verdict).toMatchObject({ word, first: { what, word } });
    expect(wordOfStep(measured, verdict.first?.step ?? 'machine')).toBe(word);
  },
);

test('where there is nothing to speak to, the line is neither good nor bad, and it was not left out', () => {
  const verdict = judgeCheck(line({ state: 'not_offered', ...unmeasured }));
  expect(verdict).toMatchObject({ word: 'good', skipped: [] });
});

test('what harms most comes first, whatever else is found', () => {
  const measured: CheckMeasured = {
    ...machine({ busyPercent: 99, freeMegabytes: 20 }),
    line: { ...well.line, lossPercent: 20, mos: 1.5 },
    speaker: { played: true, heardBy: 'nobody', echoLossDb: 40 },
  };
  expect(judgeCheck(measured).findings.map(({ what, word }) => `${what} ${word}`)).toEqual([
    'speaker_unheard bad',
    'line_loss bad',
    'line_quality bad',
    'machine_busy bad',
    'disk_full bad',
    'echo fair',
  ]);
});

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const anyMeasured: fc.Arbitrary<CheckMeasured> = fc.record(
  {
    machine: fc.record({
      busyPercent: maybe(number(0, 100)),
      lateMs: number(0, 5_000),
      freeMegabytes: maybe(number(0, 1e6)),
      writable: fc.boolean(),
      clockOffMs: maybe(number(-1e7, 1e7)),
      vpn: fc.constant([]),
    }),
    line: fc.record({
      state: fc.constantFrom(...lineStates),
      seconds: fc.constant(10),
      roundTripMs: maybe(number(0, 2_000)),
      jitterMs: maybe(number(0, 300)),
      lossPercent: maybe(number(0, 100)),
      mos: maybe(number(1, 4.5)),
    }),
    microphone: fc.record({
      state: fc.constantFrom(...microphoneStates),
      noiseDbfs: maybe(number(-120, 0)),
      speechDbfs: maybe(number(-120, 0)),
      clippedPercent: number(0, 100),
      handsFree: fc.boolean(),
    }),
    speaker: fc.record({
      played: fc.boolean(),
      heardBy: fc.constantFrom('microphone', 'agent', 'nobody', null),
      echoLossDb: maybe(number(-20, 100)),
    }),
    ringer: fc.record({ played: fc.boolean(), heard: maybe(fc.boolean()) }),
  },
  { requiredKeys: [] },
);

test('there is exactly one first thing, or all is good; it is bad where anything is', () => {
  fc.assert(
    fc.property(anyMeasured, (measured) => {
      const { word, first, findings, skipped } = judgeCheck(measured);
      expect(first).toEqual(findings[0] ?? null);
      expect(word).toBe(first?.word ?? 'good');
      expect(findings.some((finding) => finding.word === 'bad')).toBe(word === 'bad');
      expect(new Set(findings.map(({ what }) => what)).size).toBe(findings.length);
      // Each is told by a step that was made.
      for (const { step } of findings) expect(skipped).not.toContain(step);
      for (const step of skipped) expect(wordOfStep(measured, step)).toBe('good');
    }),
  );
});

test('the word is the worst of the steps, and a step that is left out makes it no worse', () => {
  fc.assert(
    fc.property(anyMeasured, fc.constantFrom(...checkSteps), (measured, left) => {
      const rank = (word: CheckWord): number => checkWords.indexOf(word);
      const { word } = judgeCheck(measured);
      expect(rank(word)).toBe(
        Math.max(...checkSteps.map((step) => rank(wordOfStep(measured, step)))),
      );
      const { [left]: _left, ...rest } = measured;
      expect(rank(judgeCheck(rest).word)).toBeLessThanOrEqual(rank(word));
    }),
  );
});

test('worse figures never make a better word', () => {
  fc.assert(
    fc.property(number(0, 100), number(0, 100), number(0, 300), number(0, 300), (a, b, c, d) => {
      const word = (lossPercent: number, jitterMs: number): number =>
        checkWords.indexOf(judgeCheck(line({ lossPercent, jitterMs })).word);
      expect(word(Math.max(a, b), Math.max(c, d))).toBeGreaterThanOrEqual(
        word(Math.min(a, b), Math.min(c, d)),
      );
    }),
  );
});
