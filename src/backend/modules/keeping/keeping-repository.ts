import type { Queryable, Transaction } from '../../database/database.ts';

/** A recording, and the encrypted file that stands for it once there is one. */
export type KeptRecording = {
  readonly recordingId: string;
  readonly contactId: string;
  readonly state: string;
  readonly seconds: number | null;
  readonly file: EncryptedRow | null;
};

export type EncryptedRow = {
  readonly name: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly encryptedSize: number;
  readonly encryptedSha256: Buffer;
  /** null: destroyed. */
  readonly wrappedKey: Buffer | null;
  readonly keyId: string;
  readonly place: string;
  readonly plainGoneAt: number | null;
};

type JoinedRow = Omit<KeptRecording, 'file'> & { readonly [Key in keyof EncryptedRow]: unknown };

export const findKept = async (
  database: Queryable,
  recordingId: string,
): Promise<KeptRecording | null> => {
  const [row] = await database.query<JoinedRow>(
    `SELECT r.id AS "recordingId", r.contact_id AS "contactId", r.state, r.seconds, f.name, f.size, f.sha256,
       f.encrypted_size AS "encryptedSize", f.encrypted_sha256 AS "encryptedSha256", f.wrapped_key AS "wrappedKey",
       f.key_id AS "keyId", f.place, f.plain_gone_at AS "plainGoneAt"
     FROM recordings r LEFT JOIN recording_files f ON f.recording_id = r.id WHERE r.id = $1`,
    [recordingId],
  );
  if (row === undefined) return null;
  const { recordingId: id, contactId, state, seconds, ...file } = row;
  // All columns of the file are null, or none of those that may not be.
  return {
    recordingId: id,
    contactId,
    state,
    seconds,
    file: file.size === null ? null : (file as EncryptedRow),
  };
};

const idsOf = async (
  database: Queryable,
  statement: string,
  values: readonly unknown[] = [],
): Promise<readonly string[]> =>
  (await database.query<{ readonly id: string }>(statement, values)).map(({ id }) => id);

/** Recordings that are over and have no encrypted file yet. */
export const findUnencrypted = (database: Queryable): Promise<readonly string[]> =>
  idsOf(
    database,
    `SELECT r.id FROM recordings r WHERE r.state IN ('stopped', 'sealed')
       AND NOT EXISTS (SELECT FROM recording_files f WHERE f.recording_id = r.id) ORDER BY r.started_at`,
  );

export type FailedRecording = { readonly recordingId: string; readonly contactId: string };

/** Those of these recordings that failed, in calls that are over. */
export const findFailed = (
  database: Queryable,
  ids: readonly string[],
): Promise<readonly FailedRecording[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : database.query<FailedRecording>(
        `SELECT r.id AS "recordingId", r.contact_id AS "contactId" FROM recordings r
           JOIN contacts k ON k.id = r.contact_id
         WHERE r.state = 'failed' AND r.id::text = ANY($1) AND k.ended_at IS NOT NULL
         ORDER BY r.started_at`,
        [ids],
      );

/** It did not fail after all. Answers false when it is not told as failed any more. */
export const setRecovered = async (
  transaction: Transaction,
  recordingId: string,
  seconds: number,
): Promise<boolean> =>
  (
    await transaction.query<object>(
      `UPDATE recordings SET state = 'stopped', seconds = $2, why = ''
       WHERE id = $1 AND state = 'failed' RETURNING 1`,
      [recordingId, seconds],
    )
  ).length > 0;

/** What is still to be done: `place` is the address of the store that should have the encrypted files. */
export const findUnfinished = (database: Queryable, place: string): Promise<readonly string[]> =>
  idsOf(
    database,
    `SELECT recording_id AS id FROM recording_files
     WHERE wrapped_key IS NOT NULL AND (plain_gone_at IS NULL OR place = 'local' AND $1 <> 'local')
     UNION ALL SELECT recording_id FROM recording_removals WHERE gone_at IS NULL`,
    [place],
  );

export type NewEncrypted = Omit<EncryptedRow, 'place' | 'plainGoneAt' | 'wrappedKey'> & {
  readonly wrappedKey: Buffer;
};

/** Answers false when somebody else was faster, or it was deleted meanwhile. */
export const insertEncrypted = async (
  database: Queryable,
  recordingId: string,
  file: NewEncrypted,
  at: number,
): Promise<boolean> =>
  (
    await database.query<object>(
      `INSERT INTO recording_files
         (recording_id, name, size, sha256, encrypted_size, encrypted_sha256, wrapped_key, key_id, place, encrypted_at)
       SELECT r.id, $2, $3, $4, $5, $6, $7, $8, 'local', $9
       FROM recordings r WHERE r.id = $1 AND r.state IN ('stopped', 'sealed') FOR SHARE
       ON CONFLICT DO NOTHING RETURNING 1`,
      [
        recordingId,
        file.name,
        file.size,
        file.sha256,
        file.encryptedSize,
        file.encryptedSha256,
        file.wrappedKey,
        file.keyId,
        at,
      ],
    )
  ).length > 0;

/** Answers false when it was noted before. */
export const setPlainGone = async (
  database: Queryable,
  recordingId: string,
  at: number,
): Promise<boolean> =>
  (
    await database.query<object>(
      `UPDATE recording_files SET plain_gone_at = $2
       WHERE recording_id = $1 AND plain_gone_at IS NULL AND wrapped_key IS NOT NULL RETURNING 1`,
      [recordingId, at],
    )
  ).length > 0;

export const setPlace = async (
  database: Queryable,
  recordingId: string,
  place: string,
): Promise<void> => {
  await database.query('UPDATE recording_files SET place = $2 WHERE recording_id = $1', [
    recordingId,
    place,
  ]);
};

/** From here on nobody can hear it. Answers false when it cannot be deleted, or was before. */
export const setDeleted = async (
  transaction: Transaction,
  recordingId: string,
  removal: { readonly why: string; readonly by: string | null; readonly at: number },
): Promise<boolean> => {
  const changed = await transaction.query<object>(
    `UPDATE recordings SET state = 'deleted' WHERE id = $1 AND state IN ('stopped', 'sealed', 'failed') RETURNING 1`,
    [recordingId],
  );
  if (changed.length === 0) return false;
  await transaction.query('UPDATE recording_files SET wrapped_key = NULL WHERE recording_id = $1', [
    recordingId,
  ]);
  await transaction.query(
    'INSERT INTO recording_removals (recording_id, why, asked_by, at) VALUES ($1, $2, $3, $4)',
    [recordingId, removal.why, removal.by, removal.at],
  );
  return true;
};

/** Answers false when it was noted before, or is not so. */
export const setGone = async (
  database: Queryable,
  recordingId: string,
  at: number,
): Promise<boolean> =>
  (
    await database.query<object>(
      'UPDATE recording_removals SET gone_at = $2 WHERE recording_id = $1 AND gone_at IS NULL RETURNING 1',
      [recordingId, at],
    )
  ).length > 0;

/** Why nothing of this contact may be deleted; null: it may. */
export const findHold = async (database: Queryable, contactId: string): Promise<string | null> => {
  const [row] = await database.query<{ readonly reason: string }>(
    `SELECT h.reason FROM legal_holds h WHERE h.lifted_at IS NULL AND (h.contact_id = $1
       OR h.customer_id = (SELECT k.customer_id FROM contacts k WHERE k.id = $1)) LIMIT 1`,
    [contactId],
  );
  return row?.reason ?? null;
};

/** Recordings that their queue keeps no longer, the oldest first; those on hold are not among them. */
export const findExpired = (
  database: Queryable,
  now: number,
  atMost: number,
): Promise<readonly string[]> =>
  idsOf(
    database,
    `SELECT r.id FROM recordings r JOIN contacts k ON k.id = r.contact_id JOIN queues q ON q.name = k.queue
     WHERE r.state IN ('stopped', 'sealed')
       AND coalesce(r.ended_at, r.started_at) < $1 - q.recording_retention_days * 86400000::bigint
       AND NOT EXISTS (SELECT FROM legal_holds h WHERE h.lifted_at IS NULL
         AND (h.contact_id = k.id OR h.customer_id = k.customer_id))
     ORDER BY r.started_at LIMIT $2`,
    [now, atMost],
  );
