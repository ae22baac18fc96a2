import type { Queryable } from '../../database/database.ts';
import type { Log } from '../../log.ts';

/** Looks at disk and database while anything is recorded, and at no other time. */
export type RecordingWatch = {
  readonly add: (callKey: string) => void;
  readonly remove: (callKey: string) => void;
  readonly callKeys: () => readonly string[];
  readonly stop: () => void;
};

type Needs = {
  readonly database: Queryable;
  readonly hasRoom: () => Promise<boolean>;
  readonly onFull: (callKey: string) => void;
  /** Nobody could take consent back. */
  readonly onDatabaseAway: (callKey: string) => void;
  readonly log: Log;
};

const everyMs = 2_000;

export const createRecordingWatch = (needs: Needs): RecordingWatch => {
  const { database, hasRoom, onFull, onDatabaseAway, log } = needs;
  const watched = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const look = async (): Promise<void> => {
    if (!(await hasRoom())) {
      log.error({}, 'the disk is full: nothing more is recorded');
      for (const callKey of watched) onFull(callKey);
    }
    await database.query('SELECT').catch(() => {
      for (const callKey of watched) onDatabaseAway(callKey);
    });
  };

  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    add: (callKey) => {
      watched.add(callKey);
      timer ??= setInterval(() => void look(), everyMs).unref();
    },
    remove: (callKey) => {
      watched.delete(callKey);
      if (watched.size === 0) stop();
    },
    callKeys: () => [...watched],
    stop,
  };
};
