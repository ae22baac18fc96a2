import {
  checkSteps,
  type CheckMeasured,
  type CheckStep,
  type RingerMeasured,
  type SpeakerMeasured,
} from '../../shared/domain/shift-check/measured.ts';
import { wordOfStep } from '../../shared/domain/shift-check/verdict.ts';
import type {
  CheckOrder,
  CheckPrompt,
  CheckRun,
  CheckStepView,
  CheckTelling,
} from '../../shared/ipc/shift-check.ts';
import type { MachineLook } from './machine.ts';

export type CheckEnd = NonNullable<CheckRun['ended']>;
export type CheckAnswer = 'yes' | 'no' | 'skip';

/** One check from its first step to its result. */
export type RunningCheck = {
  readonly view: () => CheckRun;
  readonly tell: (telling: CheckTelling) => void;
  readonly say: (step: CheckStep, word: CheckAnswer) => void;
  readonly stop: (why: Exclude<CheckEnd, 'done'>) => void;
};

export type RunPorts = {
  readonly runId: string;
  /** False: there is no phone to do it. */
  readonly order: (order: CheckOrder) => boolean;
  readonly publish: (run: CheckRun) => void;
  readonly machine: MachineLook;
  /** A ring that was heard lately at what rings now needs no other. */
  readonly isRingProven: () => boolean;
  readonly ringHeard: (heard: boolean) => void;
  /** It is over and came to something. */
  readonly done: (measured: CheckMeasured) => void;
};

type Told<Kind extends CheckTelling['kind']> = Extract<CheckTelling, { readonly kind: Kind }>;

/** The phone answers within so long, or never, ms. The line may have to wait for another proof first. */
const patience = { voice: 20_000, tone: 10_000, ring: 8_000, line: 32_000 } as const;

const waiting: CheckStepView = { state: 'waiting', word: null };

export const runCheck = (ports: RunPorts): RunningCheck => {
  const { runId } = ports;
  let run: CheckRun = {
    runId,
    steps: {
      machine: waiting,
      line: waiting,
      microphone: waiting,
      speaker: waiting,
      ringer: waiting,
    },
    prompt: null,
    ended: null,
    measured: {},
  };
  let lateMs = 0;
  /** Who waits for the phone, by what it is to tell; and for the agent, by step. */
  const awaited = new Map<string, (telling: CheckTelling | null) => void>();
  const asked = new Map<CheckStep, (word: CheckAnswer) => void>();
  const skips = new Map<CheckStep, () => void>();

  const isOver = (): boolean => run.ended !== null;
  const change = (part: Partial<CheckRun>): void => {
    if (isOver()) return;
    run = { ...run, ...part };
    ports.publish(run);
  };
  const show = (step: CheckStep, view: CheckStepView, prompt = run.prompt): void =>
    change({ steps: { ...run.steps, [step]: view }, prompt });
  const prompt = (next: CheckPrompt | null): void => change({ prompt: next });

  /** null: it did not tell. */
  const told = <Kind extends keyof typeof patience>(what: Kind): Promise<Told<Kind> | null> =>
    new Promise((resolve) => {
      const settle = (telling: CheckTelling | null): void => {
        clearTimeout(timer);
        awaited.delete(what);
        // Kept by its kind.
        resolve(telling as Told<Kind> | null);
      };
      const timer = setTimeout(() => settle(null), patience[what]);
      awaited.set(what, settle);
      // The phone begins anew just now.
      if (!ports.order({ runId, what })) end('failed');
    });

  const answered = (step: CheckStep): Promise<CheckAnswer> =>
    new Promise((resolve) => {
      asked.set(step, (word) => {
        asked.delete(step);
        resolve(word);
      });
    });

  const put = <Step extends CheckStep>(step: Step, part: CheckMeasured[Step] | null): void => {
    if (part === null || part === undefined) {
      show(step, { state: 'skipped', word: null });
      return;
    }
    run = { ...run, measured: { ...run.measured, [step]: part } };
    show(step, { state: 'done', word: wordOfStep(run.measured, step) });
  };

  /** The agent may leave a step out at any moment of it; what it would have told is not waited for then. */
  const step = async <Step extends CheckStep>(
    name: Step,
    first: CheckPrompt | null,
    act: () => Promise<CheckMeasured[Step] | null>,
  ): Promise<void> => {
    if (run.ended !== null) return;
    show(name, { state: 'running', word: null }, first ?? run.prompt);
    const skipped = new Promise<null>((resolve) => {
      skips.set(name, () => resolve(null));
    });
    const part = await Promise.race([act(), skipped]);
    skips.delete(name);
    asked.delete(name);
    put(name, part);
  };
  const microphone = async () => {
    const voice = await told('voice');
    if (voice === null) return null;
    lateMs = Math.max(lateMs, voice.lateMs);
    return voice.microphone;
  };

  const speaker = async (): Promise<SpeakerMeasured | null> => {
    const tone = await told('tone');
    if (tone === null) return null;
    const { played, heard, echoLossDb } = tone;
    if (heard || !played) return { played, heardBy: heard ? 'microphone' : null, echoLossDb };
    show('speaker', { state: 'asking', word: null }, 'heard_tone');
    const word = await answered('speaker');
    return { played, heardBy: word === 'yes' ? 'agent' : 'nobody', echoLossDb };
  };

  const ringer = async (): Promise<RingerMeasured | null> => {
    if (ports.isRingProven()) return { played: true, heard: true };
    const ring = await told('ring');
    if (ring === null) return null;
    if (!ring.played) return { played: false, heard: null };
    show('ringer', { state: 'asking', word: null }, 'heard_ring');
    const heard = (await answered('ringer')) === 'yes';
    ports.ringHeard(heard);
    return { played: true, heard };
  };

  const line = async () => (await told('line'))?.line ?? null;

  const end = (why: CheckEnd): void => {
    if (run.ended !== null) return;
    change({ prompt: null, ended: why });
    ports.machine.stop();
    ports.order({ runId, what: 'stop' });
    for (const settle of awaited.values()) settle(null);
    for (const skip of skips.values()) skip();
  };

  const go = async (): Promise<void> => {
    show('machine', { state: 'running', word: null });
    // The way of the sound takes ten seconds by itself.
    const lineOver = step('line', null, line);
    await step('microphone', 'quiet', microphone);
    await step('speaker', 'listen', speaker);
    await step('ringer', 'ringing', ringer);
    if (!isOver() && run.steps.line.state === 'running') prompt('line');
    await lineOver;
    if (isOver()) return;
    const machine = await ports.machine.end();
    put('machine', { ...machine, lateMs: Math.max(machine.lateMs, Math.round(lateMs)) });
    if (isOver()) return;
    const { measured } = run;
    end('done');
    if (checkSteps.some((name) => name !== 'machine' && measured[name] !== undefined)) {
      ports.done(measured);
    }
  };
  go().catch(() => end('failed'));

  return {
    view: () => run,
    tell: (telling) => {
      if (telling.runId !== runId || run.ended !== null) return;
      if (telling.kind === 'speak') prompt('speak');
      else if (telling.kind !== 'level') awaited.get(telling.kind)?.(telling);
    },
    say: (name, word) => {
      if (run.ended !== null) return;
      if (word === 'skip') skips.get(name)?.();
      else asked.get(name)?.(word);
    },
    stop: end,
  };
};
