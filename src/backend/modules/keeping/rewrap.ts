import type { Database } from '../../database/database.ts';
import { appendToChain } from '../chain/chain.ts';
import type { KeyService } from './key-service.ts';

type Wrapped = {
  readonly recordingId: string;
  readonly keyId: string;
  readonly wrappedKey: Buffer;
};

const atOnce = 500;

export type Rewrapped = {
  readonly done: number;
  /** Ids of keys that are not at hand: what they wrapped stays as it is. */
  readonly missing: readonly string[];
};

/** Wraps the keys of files anew that another key than the present one wrapped; the files stay as they are. */
export const rewrapKeys = async (database: Database, keys: KeyService): Promise<Rewrapped> => {
  const missing = new Set<string>();
  let done = 0;
  for (;;) {
    const others = await database.query<Wrapped>(
      `SELECT recording_id AS "recordingId", key_id AS "keyId", wrapped_key AS "wrappedKey" FROM recording_files
       WHERE wrapped_key IS NOT NULL AND key_id <> $1 AND key_id <> ALL ($2) LIMIT ${String(atOnce)}`,
      [keys.currentId, [...missing]],
    );
    for (const { recordingId, keyId, wrappedKey } of others) {
      const dataKey = await keys.unwrap(keyId, wrappedKey, recordingId);
      if (!dataKey.ok) {
        missing.add(keyId);
        continue;
      }
      const anew = await keys.wrap(dataKey.value, recordingId);
      await database.query(
        `UPDATE recording_files SET wrapped_key = $3, key_id = $4
         WHERE recording_id = $1 AND key_id = $2 AND wrapped_key IS NOT NULL`,
        [recordingId, keyId, anew, keys.currentId],
      );
      done += 1;
    }
    if (others.length < atOnce) break;
  }
  if (done > 0) {
    await database.transaction((transaction) =>
      appendToChain(transaction, {
        topic: 'keeping',
        contactId: null,
        body: { what: 'rewrapped', files: done, keyId: keys.currentId },
      }),
    );
  }
  return { done, missing: [...missing] };
};
