import { expect, test, vi } from 'vitest';
import type { CheckMeasured } from '../../shared/domain/shift-check/measured.ts';
import type { CheckOrder, CheckRun, CheckTelling } from '../../shared/ipc/shift-check.ts';
import { runCheck } from './run-check.ts';

const runId = '00000000-0000-4000-8000-000000000001';
const machine = {
  ...{ busyPercent: 20, lateMs: 5, freeMegabytes: 50_000, writable: true },
  ...{ clockOffMs: 0, vpn: [] },
};
const line = {
  ...{ state: 'measured' as const, seconds: 10, roundTripMs: 40, jitterMs: 3 },
  ...{ lossPercent: 0, mos: 4.4 },
};
const microphone = {
  ...{ state: 'heard' as const, noiseDbfs: -60, speechDbfs: -26 },
  ...{ clippedPercent: 0, handsFree: false },
};

type Told =
  Extract<CheckTelling, { readonly runId: string }> extends infer Each
    ? Each extends unknown
      ? Omit<Each, 'runId'>
      : never
    : never;

const begin = (part: { readonly isRingProven?: boolean; readonly phone?: boolean } = {}) => {
  const orders: CheckOrder['what'][] = [];
  const shown: CheckRun[] = [];
  const rings: boolean[] = [];
  const results: CheckMeasured[] = [];
  let stopped = 0;
  const check = runCheck({
    runId,
    order: ({ what }) => {
      orders.push(what);
      return part.phone ?? true;
    },
    publish: (run) => shown.push(run),
    machine: {
      end: () => Promise.resolve(machine),
      stop: () => {
        stopped += 1;
      },
    },
    isRingProven: () => part.isRingProven ?? false,
    ringHeard: (heard) => rings.push(heard),
    done: (measured) => results.push(measured),
  });
  const tell = (telling: Told): void => check.tell({ ...telling, runId });
  const prompt = (wanted: CheckRun['prompt']) =>
    vi.waitFor(() => expect(check.view().prompt).toBe(wanted));
  const over = (how: CheckRun['ended']) => vi.waitFor(() => expect(check.view().ended).toBe(how));
  return { check, orders, shown, rings, results, tell, prompt, over, stopped: () => stopped };
};

test('a check goes from the quiet to the line, and comes to what was measured', async () => {
  const { check, orders, rings, results, tell, prompt, over } = begin();
  await prompt('quiet');
  tell({ kind: 'speak' });
  await prompt('speak');
  tell({ kind: 'voice', microphone, lateMs: 90 });
  await prompt('listen');
  tell({ kind: 'tone', played: true, heard: false, echoLossDb: null });
  await prompt('heard_tone');
  check.say('speaker', 'yes');
  await prompt('ringing');
  tell({ kind: 'ring', played: true });
  await prompt('heard_ring');
  check.say('ringer', 'yes');
  await prompt('line');
  tell({ kind: 'line', line });
  await over('done');
  expect(orders).toEqual(['line', 'voice', 'tone', 'ring', 'stop']);
  expect(rings).toEqual([true]);
  expect(results).toEqual([
    {
      line,
      microphone,
      speaker: { played: true, heardBy: 'agent', echoLossDb: null },
      ringer: { played: true, heard: true },
      machine: { ...machine, lateMs: 90 },
    },
  ]);
  expect(Object.values(check.view().steps).map(({ word }) => word)).toEqual(
    Array.from({ length: 5 }, () => 'good'),
  );
});

test('a tone that came back and a ring that was heard lately are asked about no more', async () => {
  const { check, results, tell, prompt, over, orders } = begin({ isRingProven: true });
  tell({ kind: 'line', line });
  await prompt('quiet');
  tell({ kind: 'voice', microphone, lateMs: 0 });
  await prompt('listen');
  tell({ kind: 'tone', played: true, heard: true, echoLossDb: 24 });
  await over('done');
  expect(orders).not.toContain('ring');
  expect(results[0]?.speaker).toEqual({ played: true, heardBy: 'microphone', echoLossDb: 24 });
  expect(check.view().steps.speaker).toEqual({ state: 'done', word: 'bad' });
});

test('what is left out is left out, whatever the phone still tells of it', async () => {
  const { check, results, tell, prompt, over } = begin();
  await prompt('quiet');
  check.say('microphone', 'skip');
  await prompt('listen');
  tell({ kind: 'voice', microphone, lateMs: 0 });
  tell({ kind: 'tone', played: true, heard: false, echoLossDb: null });
  await prompt('heard_tone');
  check.say('speaker', 'skip');
  await prompt('ringing');
  check.say('ringer', 'skip');
  await prompt('line');
  tell({ kind: 'line', line });
  await over('done');
  expect(results).toEqual([{ line, machine }]);
  expect(check.view().steps.microphone).toEqual({ state: 'skipped', word: null });
});

test('a check of nothing is none', async () => {
  const { check, results, prompt, over } = begin();
  for (const [step, wanted] of [
    ['microphone', 'quiet'],
    ['speaker', 'listen'],
    ['ringer', 'ringing'],
    ['line', 'line'],
  ] as const) {
    await prompt(wanted);
    check.say(step, 'skip');
  }
  await over('done');
  expect(results).toEqual([]);
});

test('a call ends it at once, and nothing is kept', async () => {
  const { check, orders, shown, results, tell, prompt, stopped } = begin();
  await prompt('quiet');
  check.stop('call');
  expect(check.view()).toMatchObject({ ended: 'call', prompt: null });
  expect(orders.at(-1)).toBe('stop');
  const count = shown.length;
  tell({ kind: 'voice', microphone, lateMs: 0 });
  check.say('speaker', 'yes');
  check.stop('failed');
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(shown).toHaveLength(count);
  expect(results).toEqual([]);
  expect(stopped()).toBe(1);
  expect(orders).not.toContain('tone');
});

test('what another run tells is not this one’s, and without a phone there is no check', async () => {
  const { check, prompt } = begin();
  await prompt('quiet');
  check.tell({ runId: '00000000-0000-4000-8000-000000000002', kind: 'speak' });
  expect(check.view().prompt).toBe('quiet');
  const { over, results } = begin({ phone: false, isRingProven: true });
  await over('failed');
  expect(results).toEqual([]);
});
