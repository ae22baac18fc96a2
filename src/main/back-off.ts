/** Exponential back-off with full jitter: many clients that lost the same server come back spread out. */
export type BackOff = {
  /** The delay before the next try, ms. */
  readonly nextDelayMs: () => number;
  readonly reset: () => void;
};

export const createBackOff = (
  limits: { readonly firstMs: number; readonly longestMs: number },
  random: () => number,
): BackOff => {
  let tries = 0;
  return {
    nextDelayMs: () => {
      const window = Math.min(limits.longestMs, limits.firstMs * 2 ** Math.min(tries, 30));
      tries += 1;
      return Math.round(random() * window);
    },
    reset: () => {
      tries = 0;
    },
  };
};
