/**
 * The server's clock as this process knows it: a monotonic source plus an offset, so that a change of the machine's
 * wall clock moves nothing.
 */
export type ServerClock = {
  /** Epoch ms of the server's clock, an integer that never goes back. */
  readonly now: () => number;
  /** Takes in one exchange: the server said `serverTime` between two readings of the monotonic source. */
  readonly observe: (exchange: ClockExchange) => void;
  /** Server's time minus the monotonic source, ms. */
  readonly offsetMs: () => number;
};

export type ClockExchange = {
  readonly sentAtMonotonicMs: number;
  readonly receivedAtMonotonicMs: number;
  /** Epoch ms. */
  readonly serverTime: number;
};

/**
 * `monotonicMs` is a source such as `performance.now`; until the first exchange the clock starts at `guess` (epoch ms).
 * Of the exchanges seen, the one with the shortest round trip is believed (its error is at most half of that trip).
 */
export const createServerClock = (monotonicMs: () => number, guess: number): ServerClock => {
  let offsetMs = guess - monotonicMs();
  let bestTripMs = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    now: () => {
      latest = Math.max(latest, Math.round(monotonicMs() + offsetMs));
      return latest;
    },
    observe: ({ sentAtMonotonicMs, receivedAtMonotonicMs, serverTime }) => {
      const tripMs = receivedAtMonotonicMs - sentAtMonotonicMs;
      if (tripMs < 0 || tripMs > bestTripMs) return;
      bestTripMs = tripMs;
      offsetMs = serverTime - (sentAtMonotonicMs + tripMs / 2);
    },
    offsetMs: () => offsetMs,
  };
};
