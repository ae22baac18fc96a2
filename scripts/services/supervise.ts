import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../platform/problem.ts';
import type { Child, Exit } from './child.ts';

type Running = { readonly child: Child; readonly stop: () => Promise<void> };

export type Supervised<Service extends Running> = {
  readonly name: string;
  /** The one that runs now; after a restart it is another. */
  readonly current: () => Service;
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

  const startAgain = async (): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      await pause(RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)]);
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
    stop: async () => {
      isStopping = true;
      await restarting;
      await current.stop();
    },
  };
};
