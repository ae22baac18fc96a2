/** Longer than a timer of Node can wait (2^31 - 1 ms) is never waited for at once. */
const longestMs = 2_000_000_000;
/** After an end that could not be written. */
const againMs = 2_000;

type Ports = {
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly nextEndAt: () => number | null;
  readonly expire: () => void;
};

/** Waits for the next wrap-up that ends by itself; while none does, nothing ticks. */
export type WrapUpTimer = {
  /** What is owed, its rules or the clock may have changed, or the machine has slept. */
  readonly arm: () => void;
  readonly stop: () => void;
};

export const createWrapUpTimer = ({ now, nextEndAt, expire }: Ports): WrapUpTimer => {
  let waiting: ReturnType<typeof setTimeout> | null = null;

  const stop = (): void => {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
  };
  const wait = (endAt: number, atLeastMs: number): void => {
    stop();
    const ms = Math.min(longestMs, Math.max(atLeastMs, endAt - now()));
    waiting = setTimeout(() => {
      stop();
      expire();
      const next = nextEndAt();
      if (next !== null) wait(next, next <= now() ? againMs : 0);
    }, ms);
  };

  return {
    arm: () => {
      const endAt = nextEndAt();
      if (endAt === null) stop();
      else wait(endAt, 0);
    },
    stop,
  };
};
