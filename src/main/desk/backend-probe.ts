import { Type } from 'typebox';
import { backOffMs } from '../../shared/back-off.ts';
import { demoUsersSchema, type DemoUsers } from '../../shared/api/routes.ts';
import type { ApiClient } from './api-client.ts';
import type { DeskClock } from './desk-clock.ts';

const timeSchema = Type.Object({ serverTime: Type.Integer() });
const probeTimeoutMs = 4_000;
const everyMs = 10_000;
const retryLimits = { firstMs: 1_000, longestMs: 10_000 };
const exchangesPerSync = 3;

export type ProbePorts = {
  readonly api: ApiClient;
  readonly clock: DeskClock;
  readonly monotonicMs: () => number;
  readonly random: () => number;
};

/**
 * Asks the server for its time and gives the exchanges to the clock; null when it answered, otherwise why it did not.
 * With `anew` what the clock believed before is dropped, once there is something better.
 */
export const syncClock = async (ports: ProbePorts, anew: boolean): Promise<string | null> => {
  let first = true;
  for (let count = 0; count < exchangesPerSync; count += 1) {
    const sentAtMonotonicMs = ports.monotonicMs();
    const answer = await ports.api.call({
      method: 'GET',
      path: '/time',
      token: null,
      answer: timeSchema,
      timeoutMs: probeTimeoutMs,
    });
    if (!answer.ok) return first ? answer.why.detail : null;
    if (first && anew) ports.clock.mistrust();
    first = false;
    ports.clock.observe({
      sentAtMonotonicMs,
      receivedAtMonotonicMs: ports.monotonicMs(),
      serverTime: answer.value.serverTime,
    });
  }
  return null;
};

export type Probe = { readonly stop: () => void };

/** While nobody is signed in: watches whether the backend is there, and what a demo shows on its sign-in screen. */
export const startBackendProbe = (
  ports: ProbePorts,
  seen: {
    readonly onThere: (demoUsers: DemoUsers['users'] | null) => void;
    readonly onAway: (why: string) => void;
  },
): Probe => {
  let attempt = 0;
  let stopped = false;
  const isStopped = (): boolean => stopped;
  let there = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const probe = async (): Promise<void> => {
    const problem = await syncClock(ports, false);
    if (isStopped()) return;
    if (problem !== null) {
      there = false;
      seen.onAway(problem);
      timer = setTimeout(run, 250 + backOffMs(attempt, retryLimits, ports.random()));
      attempt += 1;
      return;
    }
    attempt = 0;
    if (!there) {
      const demo = await ports.api.call({
        method: 'GET',
        path: '/demo',
        token: null,
        answer: demoUsersSchema,
        timeoutMs: probeTimeoutMs,
      });
      if (isStopped()) return;
      there = true;
      seen.onThere(demo.ok ? demo.value.users : null);
    }
    timer = setTimeout(run, everyMs);
  };
  const run = (): void => void probe();
  run();

  return {
    stop: () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
};
