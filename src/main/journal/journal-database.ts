import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

const schemaVersion = 1;

const schema = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    agent_id TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    offset_ms INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX outbox_by_agent ON outbox (agent_id, seq);
  CREATE TABLE refused (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    agent_id TEXT NOT NULL,
    body BLOB NOT NULL,
    why TEXT NOT NULL,
    refused_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE drafts (
    call_id TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** Made wherever it is missing: a program that does not know it goes on with the same file. */
const writingTable = `
  CREATE TABLE IF NOT EXISTS writing (
    agent_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (agent_id, contact_id, kind)
  ) STRICT, WITHOUT ROWID;
`;

const migrate = (database: DatabaseSyncInstance): void => {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (row.user_version > schemaVersion) {
    throw new Error(`The journal was written by a newer version (${row.user_version})`);
  }
  if (row.user_version === schemaVersion) return;
  database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`);
};

const open = (path: string): DatabaseSyncInstance => {
  const database = new DatabaseSync(path);
  try {
    // FULL: a commit is on the disk before it is answered; WAL's own default (NORMAL) loses rows in a power cut.
    database.exec(
      'PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL',
    );
    const check = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (check.quick_check !== 'ok') throw new Error(check.quick_check);
    migrate(database);
    database.exec(writingTable);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
};

/** Renames the database and its side files out of the way; returns the new name. */
const moveAside = (path: string, at: number): string => {
  const aside = `${path}.unreadable-${at}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
};

export type OpenedDatabase = {
  readonly database: DatabaseSyncInstance;
  /** Where an unreadable file was moved to; null when all was well. */
  readonly movedTo: string | null;
  /** Why nothing outlives this process; null when the file is being written. */
  readonly problem: string | null;
};

/** A database that dies with the process, because of `problem`. */
export const openMemoryDatabase = (problem: string): OpenedDatabase => ({
  database: open(':memory:'),
  movedTo: null,
  problem,
});

/**
 * Opens the file at `path`. What cannot be read is kept aside and a new file begun; where no file can be written the
 * database lives in memory, and `problem` says so. `readable` proves that the content can be opened.
 */
export const openJournalDatabase = (
  path: string,
  at: number,
  readable: (database: DatabaseSyncInstance) => boolean,
): OpenedDatabase => {
  let why: unknown;
  try {
    const database = open(path);
    if (readable(database)) return { database, movedTo: null, problem: null };
    database.close();
    why = new Error('The journal was sealed with another key');
  } catch (thrown) {
    why = thrown;
  }
  try {
    const movedTo = existsSync(path) && isUnreadable(why) ? moveAside(path, at) : null;
    return { database: open(path), movedTo, problem: null };
  } catch (thrown) {
    return openMemoryDatabase(String(thrown));
  }
};

// A full or read-only disk is no reason to give up a sound file.
const isUnreadable = (why: unknown): boolean =>
  !/readonly|read-only|unable to open|disk is full|locked|permission|newer version/iu.test(
    String(why),
  );
