import { backOffMs } from '../../shared/back-off.ts';
import type { PutReadiness } from '../../shared/api/readiness.ts';
import type { HindranceCause } from '../../shared/domain/readiness/hindrance.ts';

const retryLimits = { firstMs: 300, longestMs: 5_000 };

/** Tells the backend what stands in the way, whole, until it was heard; the latest word is the one that counts. */
export type ReadinessTeller = {
  readonly tell: (hindrance: HindranceCause | null) => void;
  /** The line to the backend is there (again): what it knows may be of another time. */
  readonly again: () => void;
  /** Whether the backend has the latest word. */
  readonly isHeard: () => boolean;
  /** Resolves when it has, or after so long. */
  readonly heard: (withinMs: number) => Promise<void>;
  /** Nobody is signed in any more. */
  readonly stop: () => void;
};

export const createReadinessTeller = (ports: {
  /** False: it was not heard, and may be when it is said once more. */
  readonly put: (word: PutReadiness) => Promise<boolean>;
  readonly random: () => number;
  readonly onChange: () => void;
}): ReadinessTeller => {
  /** undefined: nothing was ever told. */
  let word: HindranceCause | null | undefined;
  let revision = 0;
  let heardRevision = 0;
  let attempt = 0;
  let underWay = false;
  let generation = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let waiting: (() => void)[] = [];

  const isHeard = (): boolean => heardRevision === revision;
  const release = (): void => {
    const released = waiting;
    waiting = [];
    for (const each of released) each();
  };

  const send = async (): Promise<void> => {
    if (underWay || word === undefined || isHeard()) return;
    if (retry !== null) clearTimeout(retry);
    retry = null;
    underWay = true;
    const mine = generation;
    const sent = { revision, hindrance: word };
    const wasHeard = await ports.put(sent);
    if (mine !== generation) return;
    underWay = false;
    if (wasHeard) {
      attempt = 0;
      heardRevision = Math.max(heardRevision, sent.revision);
      if (isHeard()) release();
      ports.onChange();
      void send();
      return;
    }
    retry = setTimeout(() => void send(), backOffMs(attempt, retryLimits, ports.random()));
    attempt += 1;
    ports.onChange();
  };

  const say = (hindrance: HindranceCause | null): void => {
    word = hindrance;
    revision += 1;
    void send();
  };

  return {
    tell: (hindrance) => {
      if (hindrance !== word) say(hindrance);
    },
    again: () => {
      attempt = 0;
      if (word !== undefined) say(word);
    },
    isHeard,
    heard: (withinMs) =>
      new Promise((resolve) => {
        if (isHeard()) {
          resolve();
          return;
        }
        const timer = setTimeout(resolve, withinMs);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    stop: () => {
      generation += 1;
      if (retry !== null) clearTimeout(retry);
      retry = null;
      word = undefined;
      [revision, heardRevision, attempt, underWay] = [0, 0, 0, false];
      release();
    },
  };
};
