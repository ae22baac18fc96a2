import { uptime } from 'node:os';

/** Epoch ms of the server's clock, an integer that never goes back. */
export type Now = () => number;

type Sources = {
  /** Epoch ms. */
  readonly wallMs: () => number;
  readonly monotonicMs: () => number;
  /** Seconds since the machine started, its sleep included. */
  readonly uptimeSeconds: () => number;
};

const systemSources: Sources = {
  wallMs: Date.now,
  monotonicMs: () => performance.now(),
  uptimeSeconds: uptime,
};

/** Below this, a difference between the sources is their resolution, not a sleep. */
const shortestSleepMs = 1_500;
const sleepCheckEveryMs = 1_000;

/**
 * The clock that facts are dated by. It reads the machine's wall clock once and counts on from there, so that setting
 * that clock moves nothing; time that the machine slept is added from its uptime.
 */
export const createClock = (sources: Sources = systemSources): Now => {
  const startedAt = sources.wallMs();
  const monotonicAtStart = sources.monotonicMs();
  const uptimeAtStart = sources.uptimeSeconds();
  let sleptMs = 0;
  let checkedAt = monotonicAtStart;
  let latest = startedAt;
  return () => {
    const monotonic = sources.monotonicMs();
    const runMs = monotonic - monotonicAtStart;
    if (monotonic - checkedAt >= sleepCheckEveryMs) {
      checkedAt = monotonic;
      const awayMs = (sources.uptimeSeconds() - uptimeAtStart) * 1000 - runMs;
      if (awayMs - sleptMs > shortestSleepMs) sleptMs = awayMs;
    }
    latest = Math.max(latest, Math.round(startedAt + runMs + sleptMs));
    return latest;
  };
};
