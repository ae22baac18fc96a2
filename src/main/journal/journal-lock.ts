import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

export type JournalLock = { readonly release: () => void };

/** What this process holds, and how many times over. */
const held = new Map<string, { readonly database: DatabaseSyncInstance; holders: number }>();

const take = (path: string): DatabaseSyncInstance | null => {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return database;
  } catch (thrown) {
    database.close();
    if (/locked|busy/iu.test(String(thrown))) return null;
    throw thrown;
  }
};

/**
 * Holds the journal at `path` for this process: a lock of the system's, beside it, which ends with the process however
 * that ends. null: another process has it.
 */
export const lockJournal = (path: string): JournalLock | null => {
  const lockPath = `${path}.lock`;
  const database = held.get(lockPath)?.database ?? take(lockPath);
  if (database === null) return null;
  const hold = held.get(lockPath) ?? { database, holders: 0 };
  hold.holders += 1;
  held.set(lockPath, hold);
  return {
    release: () => {
      hold.holders -= 1;
      if (hold.holders > 0) return;
      held.delete(lockPath);
      database.close();
    },
  };
};
