import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { Extensions } from '../accounts/extensions.ts';
import { createCompactor } from './compactor.ts';
import { createQueueWaits } from './queue-waits.ts';
import { createReports, type Reports } from './reports.ts';

/** Everything that reports are made of and by. */
export type Reporting = {
  readonly reports: Reports;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Resolves when every wait that was told is kept. */
  readonly idle: () => Promise<void>;
  /** Adds up now what would be added up in a moment. */
  readonly fold: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly extensions: Extensions;
  readonly now: Now;
  readonly timeZone: string;
  readonly log: Log;
};

export const createReporting = (needs: Needs): Reporting => {
  const waits = createQueueWaits(needs);
  const compactor = createCompactor(needs);
  let unsubscribe: (() => void) | null = null;
  return {
    reports: createReports(needs),
    start: () => {
      unsubscribe ??= needs.pbx.subscribe(waits.take);
      compactor.start();
    },
    stop: async () => {
      unsubscribe?.();
      unsubscribe = null;
      await waits.idle();
      await compactor.stop();
    },
    idle: waits.idle,
    fold: compactor.fold,
  };
};
