import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../platform/problem.ts';
import type { Child, Exit } from './child.ts';

type Running = { readonly child: Child; readonly stop: () => Promise<void> };

export type Supervised<Service extends Running> = {
  readonly name: string;
  /** The one that runs now; after a restart it is another. */
  readonly current: () => Service;
  /** Ends it as a crash would (SIGKILL), and keeps it away until the answer is called, which waits until it runs. */
  readonly crash: () => Promise<() => Promise<void>>;
  readonly stop: () => Promise<void>;
};

export type ServiceReport = (text: string) => void;

const RETRY_DELAYS_MS = [200, 1000, 3000, 10_000] as const;

const describeExit = ({ code, signal }: Exit): string => signal ?? `code ${code ?? 'unknown'}`;

/** Starts a service, and again whenever it ends without having been asked to. */
export const supervise = async <Service extends Running>({
  name,
  start,
  report,
}: {
  readonly name: string;
  readonly start: () => Promise<Service>;
  readonly report: ServiceReport;
}): Promise<Supervised<Service>> => {
  let current = await start();
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();
  let mayReturn: Promise<void> = Promise.resolve();
  let release = (): void => undefined;

  const startAgain = async (): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      await pause(RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)]);
      await mayReturn;
      if (isStopping) return;
      try {
        current = await start();
        watch(current);
        report(`${name} runs again`);
        return;
      } catch (error) {
        report(`${name} could not be started again: ${messageOf(error)}`);
      }
    }
  };

  const watch = (service: Service): void => {
    void service.child.exited.then((exit) => {
      if (isStopping) return;
      report(`${name} ended by itself (${describeExit(exit)}); starting it again`);
      restarting = startAgain();
    });
  };
  watch(current);

  return {
    name,
    current: () => current,
    crash: async () => {
      const hold = Promise.withResolvers<void>();
      mayReturn = hold.promise;
      release = hold.resolve;
      process.kill(current.child.pid, 'SIGKILL');
      await current.child.exited;
      return async () => {
        hold.resolve();
        await restarting;
      };
    },
    stop: async () => {
      isStopping = true;
      release();
      await restarting;
      await current.stop();
    },
  };
};
