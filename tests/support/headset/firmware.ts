import { setTimeout as pause } from 'node:timers/promises';
import type { Headset } from './headset-bed.ts';
import { type Button, type HeadsetModel, lightsIn } from './headset-model.ts';
import { epos, generic, jabra, jabraConstant, poly, yealink } from './models.ts';

/** What a headset does by itself, beyond what its descriptor says. */
type Habits = {
  /** `state`: the bit says whether it is muted. `spring`: it is set at the press and cleared at the release. */
  readonly mute: 'state' | 'spring';
  /** It tells of what was written to it, as if it had been pressed. */
  readonly echoes: boolean;
  /** Mute does nothing on-hook, and goes back where its light does not follow. */
  readonly mutesOffHookOnly?: true;
  /** So long after a hang-up by its button it says once more that it is on-hook. */
  readonly saysAgainMs?: number;
  /** It goes on-hook while a call is on hold. */
  readonly holdClearsHook?: true;
  /** A report in which nothing is set comes before the hook of an answer. */
  readonly emptyBeforeAnswer?: true;
};

const habits: ReadonlyMap<HeadsetModel, Habits> = new Map<HeadsetModel, Habits>([
  [jabra, { mute: 'spring', echoes: true, mutesOffHookOnly: true, saysAgainMs: 2_000 }],
  [jabraConstant, { mute: 'spring', echoes: true, mutesOffHookOnly: true }],
  [poly, { mute: 'spring', echoes: true }],
  [epos, { mute: 'state', echoes: true }],
  [yealink, { mute: 'state', echoes: true, holdClearsHook: true }],
  [generic, { mute: 'spring', echoes: false, emptyBeforeAnswer: true }],
]);

/** How long a finger rests on a button. */
const pressMs = 40;

/** A headset with somebody's finger on it: it keeps a state, and answers what is written to it. */
export type LivingHeadset = Headset & {
  /** Answers when the report left that says it, epoch ms. */
  readonly press: (button: Button) => Promise<number>;
  readonly isOffHook: () => boolean;
};

/** Lets the headset behave as headsets of its make are said to. */
export const bringToLife = (headset: Headset): LivingHeadset => {
  const { model } = headset;
  const habit = habits.get(model) ?? { mute: 'spring', echoes: false };
  let hook = false;
  let muted = false;

  const state = (): Button[] => [
    ...(hook ? (['hook'] as const) : []),
    ...(muted ? (['mute'] as const) : []),
  ];
  const tell = (...pressed: readonly Button[]): Promise<number> => {
    const all: readonly Button[] = [...state(), ...pressed];
    return all.length === 0 ? headset.send() : headset.send(...all);
  };
  /** Nobody waits for it; a headset that was unplugged meanwhile says nothing. */
  const tellSoon = (): void => {
    if (headset.isPlugged()) tell().catch(() => undefined);
  };

  headset.onReport(({ bytes }) => {
    const told = lightsIn(model, bytes);
    const wasHook = hook;
    const wasMuted = muted;
    if (habit.holdClearsHook === true && told.get('hold') === true) hook = false;
    else hook = told.get('offHook') ?? hook;
    if (habit.mute === 'state') muted = told.get('mute') ?? muted;
    if (habit.echoes && (hook !== wasHook || muted !== wasMuted)) tellSoon();
  });

  const pressHook = async (): Promise<number> => {
    const isAnswer = !hook && headset.lights().ring === true;
    if (isAnswer && habit.emptyBeforeAnswer === true) await tell();
    hook = !hook;
    const at = await tell();
    if (!hook && habit.saysAgainMs !== undefined) setTimeout(tellSoon, habit.saysAgainMs).unref();
    return at;
  };

  const pressMute = async (): Promise<number> => {
    if (habit.mutesOffHookOnly === true && !hook) return tell();
    if (habit.mute === 'state') {
      muted = !muted;
      return tell();
    }
    const at = await tell('mute');
    await pause(pressMs);
    if (headset.isPlugged()) await tell();
    return at;
  };

  return {
    ...headset,
    plug: async () => {
      hook = muted = false;
      await headset.plug();
    },
    press: async (button) => {
      if (button === 'hook') return pressHook();
      if (button === 'mute') return pressMute();
      const at = await tell(button);
      await pause(pressMs);
      if (headset.isPlugged()) await tell();
      return at;
    },
    isOffHook: () => hook,
  };
};
