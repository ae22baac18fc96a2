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

/** Further apart than this, one of the two that bridge a sleep was set meanwhile. */
const agreeWithinMs = 2_000;

export type DeskClockSources = {
  /** Stands still while the machine sleeps, and drifts. */
  readonly monotonicMs: () => number;
  /** Exact, but people and time servers set it. Epoch ms. */
  readonly wallNow: () => number;
  /** Since the machine started, its sleep included; to the second on some systems. */
  readonly uptimeMs: () => number;
};

/**
 * The server's clock over a long day. A sleep is bridged by the wall clock as it stood to the server, or by the uptime
 * where the two disagree: somebody set the clock. The next exchange puts right what is left.
 */
export const createDeskClock = ({
  monotonicMs,
  wallNow,
  uptimeMs,
}: DeskClockSources): DeskClock => {
  let clock: ServerClock = createServerClock(monotonicMs, wallNow());
  let serverMinusWallMs = 0;
  let serverMinusUptimeMs = wallNow() - uptimeMs();
  let latest = Number.NEGATIVE_INFINITY;
  return {
    now: () => {
      latest = Math.max(latest, clock.now());
      return latest;
    },
    mistrust: () => {
      const byWall = wallNow() + serverMinusWallMs;
      const byUptime = uptimeMs() + serverMinusUptimeMs;
      const guess = Math.abs(byWall - byUptime) < agreeWithinMs ? byWall : byUptime;
      clock = createServerClock(monotonicMs, guess);
      serverMinusWallMs = guess - wallNow();
      serverMinusUptimeMs = guess - uptimeMs();
    },
    observe: (exchange) => {
      clock.observe(exchange);
      const now = monotonicMs() + clock.offsetMs();
      serverMinusWallMs = now - wallNow();
      serverMinusUptimeMs = now - uptimeMs();
    },
  };
};
