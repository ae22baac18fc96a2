import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { Database } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { appendToChain } from '../chain/chain.ts';
import type { KeyService } from './key-service.ts';
import {
  insertEncrypted,
  setPlace,
  setPlainGone,
  type KeptRecording,
} from './keeping-repository.ts';
import { removePlainFiles } from './plain-files.ts';
import type { FolderStore, RecordingStore, StoreFailure } from './recording-store.ts';
import { encryptFile, newDataKey, readEncrypted, type EncryptedFacts } from './encrypted-file.ts';

export type KeepingNeeds = {
  readonly database: Database;
  readonly pbx: Pick<Pbx, 'recordingFile'>;
  readonly keys: KeyService;
  readonly local: FolderStore;
  /** null: encrypted files stay on this machine. */
  readonly remote: RecordingStore | null;
  /** Where recordings are in clear until they are encrypted. */
  readonly plainFolder: string;
  readonly now: () => number;
};

/** SHA-256 of what the encrypted file says when it is opened. */
const hashOfOpened = async (
  store: RecordingStore,
  file: { readonly name: string; readonly recordingId: string; readonly size: number },
  key: Buffer,
): Promise<Buffer> => {
  const hash = createHash('sha256');
  const read = async (range: { readonly start: number; readonly end: number }) => {
    const pieces = await store.read(file.name, range);
    if (!pieces.ok) throw new Error(pieces.why.message);
    return pieces.value;
  };
  const whole = { start: 0, end: file.size - 1 };
  for await (const piece of readEncrypted(file, key, read, whole)) hash.update(piece);
  return hash.digest();
};

/**
 * Encrypts what the PBX recorded and notes it. The audio in clear is still there afterwards. Answers where it is, or
 * that there is none. Being interrupted leaves nothing but a file that nobody knows.
 */
export const encryptRecording = async (
  needs: KeepingNeeds,
  recordingId: string,
): Promise<Result<string, 'absent' | 'not_now'>> => {
  const { database, pbx, keys, local, now } = needs;
  const wav = await pbx.recordingFile(recordingId);
  if (!wav.ok) return failure(wav.why.code === 'no_such_call' ? 'absent' : 'not_now');
  await mkdir(local.folder, { recursive: true, mode: 0o700 });
  // A name of its own for each try: two backends never write into one file.
  const name = `${recordingId}.${randomBytes(4).toString('hex')}.encrypted`;
  const path = join(local.folder, name);
  const key = newDataKey();
  const file = { name, ...(await write(needs, wav.value, { recordingId, path, key })) };
  const opened = await hashOfOpened(local, { recordingId, name, size: file.size }, key);
  if (!opened.equals(file.sha256)) throw new Error('the encrypted file does not open as it was');
  const wrappedKey = await keys.wrap(key, recordingId);
  // Where this fails nobody knows whether the row is there: the file stays, and costs nothing but room.
  const isOurs = await insertEncrypted(
    database,
    recordingId,
    { ...file, wrappedKey, keyId: keys.currentId },
    now(),
  );
  if (!isOurs) await rm(path, { force: true });
  return success(wav.value);
};

/** The file and its name are on disk when this resolves: what it was made of is removed next. */
const write = async (
  { local }: KeepingNeeds,
  wav: string,
  given: { readonly recordingId: string; readonly path: string; readonly key: Buffer },
): Promise<EncryptedFacts> => {
  const { recordingId, path, key } = given;
  try {
    const facts = await encryptFile(wav, `${path}.part`, recordingId, key);
    await rename(`${path}.part`, path);
    // Windows opens no folders, and writes their entries through.
    if (process.platform !== 'win32') {
      await using folder = await open(local.folder, 'r');
      await folder.sync();
    }
    return facts;
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw error;
  }
};

/** Removes what is still there in clear, sees that it is gone, and says so in the chain. */
export const finishEncrypting = async (
  { database, local, plainFolder, now }: KeepingNeeds,
  { recordingId, contactId, seconds, file }: KeptRecording,
  wav: string | null,
): Promise<void> => {
  if (file?.plainGoneAt !== null) return;
  const there = await local.sizeOf(file.name);
  if (!there.ok || there.value !== file.encryptedSize) {
    throw new Error('the encrypted file is not there: what is in clear stays');
  }
  await removePlainFiles(plainFolder, recordingId, wav);
  await database.transaction(async (transaction) => {
    if (!(await setPlainGone(transaction, recordingId, now()))) return;
    await appendToChain(transaction, {
      topic: 'keeping',
      contactId,
      body: {
        what: 'encrypted',
        recordingId,
        seconds,
        bytes: file.size,
        sha256: file.sha256.toString('hex'),
        encryptedBytes: file.encryptedSize,
        encryptedSha256: file.encryptedSha256.toString('hex'),
        keyId: file.keyId,
        plainGone: true,
      },
    });
  });
};

/** Takes the encrypted file from this machine to the store. */
export const carryToStore = async (
  { database, local, remote }: KeepingNeeds,
  { recordingId, file }: KeptRecording,
): Promise<Result<null, StoreFailure>> => {
  if (remote === null || file?.place !== local.place) return success(null);
  const facts = { size: file.encryptedSize, sha256: file.encryptedSha256 };
  const put = await remote.put(file.name, join(local.folder, file.name), facts);
  if (!put.ok) return put;
  const size = await remote.sizeOf(file.name);
  if (!size.ok) return size;
  if (size.value !== file.encryptedSize) {
    return failure({ code: 'store_refused', message: 'the store does not have the whole file' });
  }
  await setPlace(database, recordingId, remote.place);
  return local.remove(file.name);
};
