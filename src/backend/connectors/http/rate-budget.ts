export type RateLimit = {
  readonly requests: number;
  readonly perMs: number;
  /** Requests at the same time. */
  readonly atOnce: number;
};

/**
 * How many requests a connection may still make: a bucket that fills evenly. What an agent waits for takes from all of it;
 * what can wait leaves a quarter, so that a backlog of logged calls never makes a ringing call wait.
 */
export type RateBudget = {
  /** Resolves to 0 when it may go, else to how long nothing is free, ms; takes what it grants. */
  readonly take: (urgency: Urgency, cost: number) => number;
  readonly done: () => void;
  /** The vendor said to wait. */
  readonly holdOff: (ms: number) => void;
  /** Until when the vendor wants nothing, ms from now; 0: it takes requests. */
  readonly heldForMs: () => number;
};

export type Urgency = 'now' | 'later';

const reserve = 0.25;
/** So long waits whoever finds every place taken, before it looks again. */
const placeLookMs = 50;

export const createRateBudget = (limit: RateLimit, monotonicMs: () => number): RateBudget => {
  const perMs = limit.requests / limit.perMs;
  // A bucket of ten seconds: vendors count in windows, and a whole minute's worth at once would be a burst.
  const capacity = Math.max(1, Math.min(limit.requests, perMs * 10_000));
  let level = capacity;
  let filledAt = monotonicMs();
  let underWay = 0;
  let heldUntil = 0;
  const fill = (): void => {
    const at = monotonicMs();
    level = Math.min(capacity, level + (at - filledAt) * perMs);
    filledAt = at;
  };
  return {
    take: (urgency, cost) => {
      fill();
      const heldForMs = heldUntil - filledAt;
      if (heldForMs > 0) return Math.ceil(heldForMs);
      if (underWay >= limit.atOnce) return placeLookMs;
      const needed = Math.min(cost, capacity) + (urgency === 'later' ? capacity * reserve : 0);
      // A cost above what would ever be left is granted by a full bucket.
      const enough = Math.min(needed, capacity);
      if (level < enough) return Math.max(1, Math.ceil((enough - level) / perMs));
      level -= cost;
      underWay += 1;
      return 0;
    },
    done: () => {
      underWay -= 1;
    },
    holdOff: (ms) => {
      heldUntil = Math.max(heldUntil, monotonicMs() + ms);
    },
    heldForMs: () => Math.max(0, heldUntil - monotonicMs()),
  };
};
