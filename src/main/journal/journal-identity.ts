import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { createLogger, reasonOf } from '../log/logger.ts';

const log = createLogger('journal');

/** From `fromSeq` on, events are of this journal. */
type Span = { readonly journalId: string; readonly fromSeq: number };

export type JournalIdentity = {
  readonly deviceId: string;
  /** The file is a copy of another, which may be in use elsewhere: it has begun a journal of its own. */
  readonly isCopy: boolean;
  /** The journal that an event with this number is of. */
  readonly journalIdOf: (seq: number) => string;
};

const machineIdPath = '/etc/machine-id';

/**
 * Tells this file from every copy of it: where the file system keeps it, since when, and on which machine. Moving a
 * profile within one file system changes nothing of that; copying or restoring it does.
 */
const fingerprintOf = (path: string): string => {
  const { ino, birthtimeMs } = statSync(path);
  const machine = existsSync(machineIdPath) ? readFileSync(machineIdPath, 'utf8').trim() : '';
  return createHash('sha256')
    .update(`${machine} ${String(ino)} ${String(birthtimeMs)}`)
    .digest('hex');
};

export const readMeta = (database: DatabaseSyncInstance, key: string): string | null => {
  const row = database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as
    { value: string } | undefined;
  return row?.value ?? null;
};

export const writeMeta = (database: DatabaseSyncInstance, key: string, value: string): void => {
  database
    .prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    .run(key, value);
};

const spansOf = (database: DatabaseSyncInstance): readonly Span[] => {
  const kept = readMeta(database, 'journals');
  // Written below, by this program only.
  if (kept !== null) return JSON.parse(kept) as readonly Span[];
  return [{ journalId: readMeta(database, 'journalId') ?? randomUUID(), fromSeq: 1 }];
};

/**
 * Who writes this journal. A copy numbers its events under a journal of its own from here on, or two machines would give
 * one number to two events; what waited in it stays what it was, and is stored once whoever sends it. `path` null: no
 * file.
 */
export const openIdentity = (
  database: DatabaseSyncInstance,
  path: string | null,
): JournalIdentity => {
  const fingerprint = path === null ? '' : fingerprintOf(path);
  const known = readMeta(database, 'fingerprint');
  const isCopy = known !== null && known !== fingerprint;
  let spans = spansOf(database);
  let deviceId = readMeta(database, 'deviceId') ?? randomUUID();
  if (isCopy) {
    const fromSeq = Number(readMeta(database, 'lastSeq') ?? 0) + 1;
    spans = [...spans, { journalId: randomUUID(), fromSeq }];
    deviceId = randomUUID();
  }
  const isNew = readMeta(database, 'journals') === null;
  if (isNew || isCopy || known === null) {
    // Nothing of it where the disk is full: appends will say so, and the next start tries again.
    database.exec('BEGIN IMMEDIATE');
    try {
      writeMeta(database, 'journals', JSON.stringify(spans));
      writeMeta(database, 'deviceId', deviceId);
      writeMeta(database, 'fingerprint', fingerprint);
      database.exec('COMMIT');
    } catch (thrown) {
      log.error('The journal could not be given its name', { why: reasonOf(thrown) });
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  }
  return {
    deviceId,
    isCopy,
    journalIdOf: (seq) => {
      const span = spans.findLast(({ fromSeq }) => fromSeq <= seq) ?? spans[0];
      if (span === undefined) throw new Error('A journal without an id');
      return span.journalId;
    },
  };
};
