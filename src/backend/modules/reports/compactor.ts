import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import {
  findTopicPlaces,
  foldDeltas,
  hasWork,
  judgeRepeats,
  takeMarks,
  tryFoldLock,
  writeFirstContacts,
} from './fold-repository.ts';

/**
 * Adds deltas to the roll-ups behind everybody's back. Reports are right without it, only slower: it may be killed at
 * any time, and of several backends one does it.
 */
export type Compactor = {
  readonly start: () => void;
  /** All that is there now; resolves when it is done or another backend does it. */
  readonly fold: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A fold is short, so that it never holds up the clean-up of the tables. */
const deltasAtOnce = 20_000;
const marksAtOnce = 500;
const restMs = 5_000;

type Needs = { readonly database: Database; readonly log: Log };

export const createCompactor = ({ database, log }: Needs): Compactor => {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  /** Answers whether there may be more. */
  const judgeSome = (): Promise<boolean> =>
    database.transaction(async (transaction) => {
      if (!(await tryFoldLock(transaction))) return false;
      const { marks, contactIds } = await takeMarks(transaction, marksAtOnce);
      if (marks === 0) return false;
      const before = await findTopicPlaces(transaction, contactIds);
      await writeFirstContacts(transaction, contactIds);
      const after = await findTopicPlaces(transaction, contactIds);
      await judgeRepeats(transaction, [...before, ...after]);
      return marks === marksAtOnce;
    });

  const foldSome = (): Promise<boolean> =>
    database.transaction(async (transaction) => {
      if (!(await tryFoldLock(transaction))) return false;
      return (await foldDeltas(transaction, deltasAtOnce)) === deltasAtOnce;
    });

  const foldAll = async (): Promise<void> => {
    while (!stopped && (await judgeSome()));
    while (!stopped && (await foldSome()));
  };

  const fold = (): Promise<void> => {
    running = running.then(foldAll, foldAll);
    return running;
  };

  const rest = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      hasWork(database)
        .then((has) => (has ? fold() : undefined))
        .catch((error: unknown) => {
          log.warn({ error }, 'reports were not added up; they are read from their parts');
        })
        .finally(rest);
    }, restMs);
    timer.unref();
  };

  return {
    start: () => {
      if (timer === null) rest();
    },
    fold,
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running.catch(() => undefined);
    },
  };
};
