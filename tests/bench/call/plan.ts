/** How much is measured: so many starts, rounds, calls, kills, and seconds of the processor. */
export type Plan = {
  readonly starts: number;
  readonly calls: number;
  readonly backToBack: number;
  readonly kills: number;
  readonly idleSeconds: number;
  readonly inCallSeconds: number;
};

export const plans: Readonly<Record<'full' | 'quick', Plan>> = {
  full: { starts: 7, calls: 30, backToBack: 50, kills: 20, idleSeconds: 60, inCallSeconds: 30 },
  quick: { starts: 3, calls: 8, backToBack: 8, kills: 5, idleSeconds: 20, inCallSeconds: 10 },
};

/** A program that has just been left alone still tidies up. */
export const settleMs = 4_000;

/** A call rings so long before somebody answers it. */
export const ringMs = 400;
