/** When a page that died may be born again: at once, unless it keeps dying before it was of any use. */
export type Rebirth = {
  /** The page did its work: it asked for its state. */
  readonly useful: () => void;
  /** It died; the delay until the next, ms. */
  readonly nextDelayMs: () => number;
};

const afterFruitless = [0, 250, 1_000, 3_000, 10_000] as const;
const slowestMs = 30_000;

export const createRebirth = (): Rebirth => {
  let fruitless = 0;
  return {
    useful: () => {
      fruitless = 0;
    },
    nextDelayMs: () => {
      const delayMs = afterFruitless[fruitless] ?? slowestMs;
      fruitless += 1;
      return delayMs;
    },
  };
};
