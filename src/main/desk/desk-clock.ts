import {
  createServerClock,
  type ClockExchange,
  type ServerClock,
} from '../../shared/server-clock.ts';

export type DeskClock = {
  /** Server's clock, epoch ms, an integer that never goes back. */
  readonly now: () => number;
  /** Begins anew from exchanges that are younger than this call: the monotonic source stands still while a machine sleeps, and drifts. */
  readonly mistrust: () => void;
  readonly observe: (exchange: ClockExchange) => void;
};

/**
 * The server's clock over a long day. `wallNow` bridges a sleep: until the next exchange its distance to the server,
 * as last known, is believed.
 */
export const createDeskClock = (monotonicMs: () => number, wallNow: () => number): DeskClock => {
  let clock: ServerClock = createServerClock(monotonicMs, wallNow());
  let serverMinusWallMs = 0;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    now: () => {
      latest = Math.max(latest, clock.now());
      return latest;
    },
    mistrust: () => {
      clock = createServerClock(monotonicMs, wallNow() + serverMinusWallMs);
    },
    observe: (exchange) => {
      clock.observe(exchange);
      serverMinusWallMs = monotonicMs() + clock.offsetMs() - wallNow();
    },
  };
};
