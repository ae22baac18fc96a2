import type { Levels } from '../../../shared/ipc/phone.ts';

type Listener = (levels: Levels) => void;

const silence: Levels = { microphone: 0, speaker: 0 };
const listeners = new Set<Listener>();

/** Sound levels go straight to the meters that show them: some a second are no matter for React. */
export const publishLevels = (levels: Levels): void => {
  for (const listener of listeners) listener(levels);
};

export const onLevels = (listener: Listener): (() => void) => {
  listeners.add(listener);
  listener(silence);
  return () => {
    listeners.delete(listener);
  };
};
