import type { Call } from '../../shared/domain/call/call.ts';

/** The record of a caller is on the screen long before. */
const ringWaitsMs = 150;

const factsBeyondRinging = (calls: readonly Call[]): number =>
  calls.reduce((sum, call) => sum + (call.state === 'offered' ? 0 : call.facts.length), 0);

export type UnhurriedRing = {
  readonly take: (calls: readonly Call[]) => void;
  /** Passes on what waits. */
  readonly flush: () => void;
};

/**
 * Passes calls on to the disk: at once, but for the news that a call rings. It loses nothing by waiting a moment, while
 * the disk, and what follows from it, would hold up the caller's record on its way to the screen.
 */
export const createUnhurriedRing = (
  pass: (calls: readonly Call[]) => void,
  /** Nobody but this phone tells the backend who calls: the record waits for the news. */
  isOnlyWord: () => boolean,
): UnhurriedRing => {
  let passedOn = 0;
  let waiting: readonly Call[] | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting === null) return;
    const calls = waiting;
    waiting = null;
    pass(calls);
  };

  return {
    take: (calls) => {
      waiting = calls;
      const beyondRinging = factsBeyondRinging(calls);
      const isUrgent = beyondRinging !== passedOn || calls.length === 0;
      passedOn = beyondRinging;
      if (isUrgent || isOnlyWord()) flush();
      else timer ??= setTimeout(flush, ringWaitsMs);
    },
    flush,
  };
};
