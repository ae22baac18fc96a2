import { Worker } from 'node:worker_threads';
import type { ReadOptions } from './draft.ts';
import type { Schedule } from './read-schedule.ts';

export type Reading = { readonly content: string; readonly options: ReadOptions };

/** The largest file takes a few seconds on a slow machine. */
const patienceMs = 30_000;
const refusedAs = (why: string): Schedule => ({
  format: 'csv',
  drafts: [],
  bad: [{ line: 0, why }],
});

/**
 * Reads a schedule in a thread of its own: a large file holds up nobody's calls, and one that is made to take for ever
 * is given up.
 */
export const readApart = (reading: Reading): Promise<Schedule> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: reading,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const timer = setTimeout(() => {
      resolve(refusedAs('it takes too long to read'));
      void worker.terminate();
    }, patienceMs);
    worker.once('message', (schedule: Schedule) => {
      resolve(schedule);
    });
    worker.once('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(refusedAs('it takes too much memory'));
      else reject(error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the reader ended without an answer'));
    });
  });
