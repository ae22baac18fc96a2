import { create } from 'zustand';
import type { CheckStep } from '../../../../shared/domain/shift-check/measured.ts';
import type { CheckRun } from '../../../../shared/ipc/shift-check.ts';
import { bridge } from '../../bridge/bridge.ts';
import { ask, order } from '../../state/orders.ts';

/** The check under way, or the last of this start; null: none. */
export const useCheckRun = create<{ readonly run: CheckRun | null }>(() => ({ run: null }));

type Levels = Readonly<Record<'check', number>>;
const listeners = new Set<(levels: Levels) => void>();

export const onCheckLevel = (listener: (levels: Levels) => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Follows the check while its page is open; whoever leaves the page ends it. */
export const followCheck = (): (() => void) => {
  const stops = [
    bridge().on('check.changed', (run) => {
      useCheckRun.setState({ run });
    }),
    bridge().on('check.level', (peak) => {
      for (const listener of listeners) listener({ check: peak });
    }),
  ];
  void ask('check.run', null).then((answer) => {
    if (answer.ok && useCheckRun.getState().run === null)
      useCheckRun.setState({ run: answer.value });
  });
  return () => {
    for (const stop of stops) stop();
    if (useCheckRun.getState().run?.ended === null) void ask('check.stop', null);
    useCheckRun.setState({ run: null });
  };
};

export const startCheck = (): void => {
  void order('check.start', null);
};

export const stopCheck = (): void => {
  void order('check.stop', null);
};

export const sayOfStep = (step: CheckStep, word: 'yes' | 'no' | 'skip'): void => {
  void order('check.say', { step, word });
};
