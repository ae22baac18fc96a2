import { failure, success, type Result } from '../../../shared/result.ts';
import { appendToChain, type ChainEntry } from '../chain/chain.ts';
import { findHold, setDeleted, setGone, type KeptRecording } from './keeping-repository.ts';
import { removePlainFiles } from './plain-files.ts';
import type { RecordingStore, StoreFailure } from './recording-store.ts';
import type { KeepingNeeds } from './encrypt-recording.ts';

export type Removal = {
  readonly why: 'retention' | 'withdrawn' | 'erasure';
  /** The user who asked; null: the rule of the queue, or whoever may run commands on the server. */
  readonly by: string | null;
};

export type RemoveFailure = {
  /** `held`: a legal hold stands; `running`: it is being made. */
  readonly code: 'held' | 'running' | 'absent';
  readonly message: string;
};

const lineOf = (
  what: 'deleted' | 'gone',
  { recordingId, contactId, file }: KeptRecording,
  details: Readonly<Record<string, unknown>>,
): ChainEntry => ({
  topic: 'keeping',
  contactId,
  body: {
    what,
    recordingId,
    sha256: file?.sha256.toString('hex') ?? null,
    encryptedSha256: file?.encryptedSha256.toString('hex') ?? null,
    ...details,
  },
});

/** Deletes a recording for everybody's ears, at once: its key is destroyed. Its files are removed afterwards. */
export const deleteRecording = async (
  { database, now }: Pick<KeepingNeeds, 'database' | 'now'>,
  recording: KeptRecording,
  { why, by }: Removal,
): Promise<Result<null, RemoveFailure>> => {
  const { recordingId, contactId, state } = recording;
  if (state === 'deleted') return success(null);
  return database.transaction(async (transaction): Promise<Result<null, RemoveFailure>> => {
    // Nobody sets a hold meanwhile.
    await transaction.query('LOCK TABLE legal_holds IN SHARE MODE');
    const hold = await findHold(transaction, contactId);
    if (hold !== null) return failure({ code: 'held', message: hold });
    if (!(await setDeleted(transaction, recordingId, { why, by, at: now() }))) {
      return failure({ code: 'running', message: 'the recording is still being made' });
    }
    await appendToChain(transaction, lineOf('deleted', recording, { why, by, keyDestroyed: true }));
    return success(null);
  });
};

/** Removes the encrypted file from wherever it may be, and looks whether it is gone. */
const removeEncrypted = async (
  stores: readonly RecordingStore[],
  name: string,
): Promise<Result<null, StoreFailure>> => {
  for (const store of stores) {
    const removed = await store.remove(name);
    if (!removed.ok) return removed;
    const size = await store.sizeOf(name);
    if (!size.ok) return size;
    if (size.value !== null) {
      return failure({ code: 'store_refused', message: `it is still in ${store.place}` });
    }
  }
  return success(null);
};

/** Of a recording that was deleted, the files; and the chain is told once all of them are seen to be gone. */
export const removeFiles = async (
  { database, pbx, local, remote, plainFolder, now }: KeepingNeeds,
  recording: KeptRecording,
): Promise<Result<null, StoreFailure>> => {
  const { recordingId, file } = recording;
  const wav = await pbx.recordingFile(recordingId);
  await removePlainFiles(plainFolder, recordingId, wav.ok ? wav.value : null);
  if (file !== null) {
    const removed = await removeEncrypted(remote === null ? [local] : [local, remote], file.name);
    if (!removed.ok) return removed;
  }
  await database.transaction(async (transaction) => {
    if (!(await setGone(transaction, recordingId, now()))) return;
    await appendToChain(
      transaction,
      lineOf('gone', recording, { plainGone: true, encryptedGone: true }),
    );
  });
  return success(null);
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** What the PBX wrote of a recording that nobody allowed. */
export const destroyUnknown = async (
  { database, plainFolder }: Pick<KeepingNeeds, 'database' | 'plainFolder'>,
  recordingId: string,
): Promise<void> => {
  if (!uuid.test(recordingId)) return;
  await removePlainFiles(plainFolder, recordingId, null);
  await database.transaction((transaction) =>
    appendToChain(transaction, {
      topic: 'keeping',
      contactId: null,
      body: { what: 'destroyed', recordingId, why: 'unknown' },
    }),
  );
};
