import type { OwnShiftChecks, ShiftCheck } from '../../../shared/api/shift-checks.ts';
import type { CheckMeasured } from '../../../shared/domain/shift-check/measured.ts';
import { judgeCheck } from '../../../shared/domain/shift-check/verdict.ts';
import type { CheckRun } from '../../../shared/ipc/shift-check.ts';
import type { MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';
import type { Scene } from './scene-makers.ts';

/** The check before a shift: nothing is played or measured in a gallery. */

const measured = {
  machine: {
    busyPercent: 34.2,
    lateMs: 12,
    freeMegabytes: 48_210,
    writable: true,
    clockOffMs: -40,
    vpn: ['tun0'],
  },
  line: {
    state: 'measured',
    seconds: 10,
    roundTripMs: 62,
    jitterMs: 4.1,
    lossPercent: 0.2,
    mos: 4.34,
  },
  microphone: {
    state: 'heard',
    noiseDbfs: -62.4,
    speechDbfs: -24.8,
    clippedPercent: 0,
    handsFree: false,
  },
  speaker: { played: true, heardBy: 'agent', echoLossDb: null },
  ringer: { played: true, heard: true },
} as const;

type Whole = Required<CheckMeasured>;

const lossy: Whole = {
  ...measured,
  line: { ...measured.line, lossPercent: 7.4, jitterMs: 38, mos: 2.9 },
  microphone: { ...measured.microphone, noiseDbfs: -36 },
};

const checkOf = (at: number, id: number, found: Whole): ShiftCheck => {
  const { word, first, skipped } = judgeCheck(found);
  return {
    ...{ id: uuid(id), at, word, first: first?.what ?? null, skipped },
    measured: { ...found, machine: { ...found.machine, vpn: [...found.machine.vpn] } },
  };
};

const dayMs = 86_400_000;

const historyOf = (now: number): readonly ShiftCheck[] => [
  checkOf(now - dayMs, 851, measured),
  checkOf(now - 2 * dayMs, 852, lossy),
  checkOf(now - 5 * dayMs, 853, measured),
];

const glance = ({ measured: _measured, ...check }: ShiftCheck) => check;

export const checkScenes = {
  'check-offered': (now) => ({
    desk: {
      shiftCheck: {
        condition: 'none',
        last: glance(checkOf(now - dayMs, 851, measured)),
        owed: false,
      },
    },
  }),
  'check-owed': () => ({ desk: { shiftCheck: { condition: 'passed', last: null, owed: true } } }),
} satisfies Record<string, (now: number) => Scene>;

const waiting = { state: 'waiting', word: null } as const;
const running = { state: 'running', word: null } as const;
const good = { state: 'done', word: 'good' } as const;

const begun: CheckRun = {
  runId: uuid(850),
  steps: {
    machine: running,
    line: running,
    microphone: running,
    speaker: waiting,
    ringer: waiting,
  },
  prompt: 'speak',
  ended: null,
  measured: {},
};

export const checkHandlersOf = (
  bridge: Pick<MemoryBridge, 'desk' | 'changeDesk' | 'emit'>,
  now: () => number,
) => {
  const done = { ok: true, value: null } as const;
  let run: CheckRun | null = null;
  const tell = (next: CheckRun): void => {
    run = next;
    bridge.emit('check.changed', next);
  };
  const asked = (): CheckRun => ({
    ...begun,
    steps: { ...begun.steps, microphone: good, speaker: { state: 'asking', word: null } },
    prompt: 'heard_tone',
  });
  const over = (found: Whole): CheckRun => {
    const { findings } = judgeCheck(found);
    const wordOf = (step: keyof CheckRun['steps']) =>
      findings.find((finding) => finding.step === step)?.word ?? 'good';
    const stepOf = (step: keyof CheckRun['steps']) =>
      ({ state: 'done', word: wordOf(step) }) as const;
    return {
      ...begun,
      steps: {
        machine: stepOf('machine'),
        line: stepOf('line'),
        microphone: stepOf('microphone'),
        speaker: stepOf('speaker'),
        ringer: stepOf('ringer'),
      },
      prompt: null,
      ended: 'done',
      measured: checkOf(now(), 850, found).measured,
    };
  };
  return {
    'check.start': () => {
      tell(begun);
      return done;
    },
    /** A voice that is left out brings the next question; a no there brings a bad line, to have something to show. */
    'check.say': ({ word }: { readonly word: 'yes' | 'no' | 'skip' }) => {
      if (word === 'skip') tell(asked());
      else tell(over(word === 'yes' ? measured : lossy));
      return done;
    },
    'check.stop': () => {
      if (run !== null) tell({ ...run, prompt: null, ended: 'stopped' });
      return done;
    },
    'check.run': () => ({ ok: true, value: run }) as const,
    'check.mine': () => {
      const value: OwnShiftChecks = { condition: 'none', checks: historyOf(now()) };
      return { ok: true, value: { ...value, checks: [...value.checks] } } as const;
    },
    'check.ofAgent': () => ({ ok: true, value: { checks: [...historyOf(now())] } }) as const,
  };
};
