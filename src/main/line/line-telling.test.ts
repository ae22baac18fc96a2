import { expect, test, vi } from 'vitest';
import type { LineFact } from '../../shared/api/evidence.ts';
import type { LineWord } from '../../shared/domain/line-quality/line-quality.ts';
import type { LineWarning } from '../../shared/domain/line-quality/line-warning.ts';
import type { LineReading, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { createLineTelling } from './line-telling.ts';

const callId = '00000000-0000-7000-8000-00000000000c';
const figures = {
  ...{ roundTripMs: 40, jitterMs: 3, lossPercent: 0, concealedPercent: 0 },
  ...{ sentLossPercent: null, delayMs: 60, mos: 4.4 },
};
const connected = { callId, callKey: 'call', state: 'connected' };
const calls = (...list: readonly object[]) => ({ calls: list }) as unknown as PhoneSnapshot;
const over = { ...connected, state: 'ended', endedAt: 9_000 };

const desk = (
  tell: (quality: LineWord | null) => Promise<boolean> = () => Promise.resolve(true),
) => {
  const told: (LineWord | null)[] = [];
  const shown: (LineWord | null)[] = [];
  const warned: (LineWarning | null)[] = [];
  const written: LineFact[] = [];
  let nowMs = 0;
  const line = createLineTelling({
    show: (now) => {
      shown.push(now?.word ?? null);
      warned.push(now?.warning ?? null);
    },
    tell: (quality) => {
      told.push(quality);
      return tell(quality);
    },
    write: (_, facts) => written.push(...facts),
    monotonicMs: () => nowMs,
    newId: () => 'id',
  });
  line.useAgent('alice');
  line.takePhone(calls(connected));
  const seconds = (count: number, word: LineReading['word'], part = {}) => {
    for (let second = 0; second < count; second += 1) {
      nowMs += 1_000;
      line.takeLevels({ line: { callId, word, figures: { ...figures, ...part } } });
    }
  };
  return { line, told, shown, warned, written, seconds };
};

test('the backend is told as the word changes, and that there is no call any more', async () => {
  const { line, told, shown, seconds } = desk();
  seconds(10, 'good');
  await vi.waitFor(() => expect(told).toEqual(['good']));
  seconds(3, 'bad');
  await vi.waitFor(() => expect(told).toEqual(['good', 'bad']));
  line.takePhone(calls(over));
  await vi.waitFor(() => expect(told).toEqual(['good', 'bad', null]));
  expect(shown).toEqual(['good', 'bad', null]);
});

test('a word that was not taken is told again, though not with every second', async () => {
  let works = false;
  const { told, seconds } = desk(() => Promise.resolve(works));
  seconds(1, 'fair');
  await Promise.resolve();
  await Promise.resolve();
  seconds(4, 'fair');
  expect(told).toEqual(['fair']);
  works = true;
  seconds(2, 'fair');
  expect(told).toEqual(['fair', 'fair']);
});

test('a call that is over is summed up once; a short one is not', () => {
  const { line, written, seconds } = desk();
  seconds(6, 'good');
  seconds(2, 'bad', { mos: 2, lossPercent: 8 });
  line.takePhone(calls(over));
  line.takePhone(calls(over));
  expect(written).toEqual([
    {
      ...{ kind: 'line', id: 'id', callId, callKey: 'call', at: 9_000 },
      ...{ seconds: 8, fairSeconds: 0, badSeconds: 2, mosMean: 4.34, mosLowest: 2 },
      ...{ roundTripMs: 40, jitterMs: 3, lossPercent: 2, concealedPercent: 0 },
      sentLossPercent: null,
    },
  ]);
  const short = desk();
  short.seconds(2, 'good');
  short.line.takePhone(calls(over));
  expect(short.written).toEqual([]);
});

test('what is the matter is shown within five seconds, and not any more when it is over', () => {
  const { warned, seconds } = desk();
  seconds(5, 'good');
  seconds(3, 'bad', { lossPercent: 8 });
  expect(warned.at(-1)).toBe('loss');
  seconds(5, 'good');
  expect(warned.at(-1)).toBe(null);
});

test('whether the call that ended last was bad is known until the next has ended', () => {
  const { line, seconds } = desk();
  seconds(20, 'good');
  seconds(5, 'bad', { lossPercent: 8 });
  expect(line.wasBad()).toBe(false);
  line.takePhone(calls(over));
  expect(line.wasBad()).toBe(true);
  line.takePhone(calls(connected));
  seconds(20, 'good');
  line.takePhone(calls(over));
  expect(line.wasBad()).toBe(false);
});

test('what happened to the devices and what the desk did are kept with the call', () => {
  const { line, written, seconds } = desk();
  line.takeNote(callId, { kind: 'loud', at: 5, peakDbfs: -1, byKey: true });
  seconds(4, 'good');
  const second = { microphone: 0.1, heard: 0.1, lateMs: 700, glitchedPercent: null, path: null };
  line.takeLevels({ line: { callId, word: 'good', figures, desk: second } });
  line.takeNote(callId, { kind: 'seconds', what: 'clipped', seconds: 1 });
  line.takePhone(calls(over));
  expect(written).toMatchObject([
    {
      desk: { seconds: 1, lateSeconds: 1, microphoneDbfs: -20 },
      notes: { loud: [{ at: 5, byKey: true }], seconds: { clipped: 1, silent: 0 } },
    },
  ]);
});
