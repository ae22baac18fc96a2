import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { Database } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { ByteRange } from '../recording/byte-range.ts';
import type { KeyFailure, KeyService } from './key-service.ts';
import { findKept, type EncryptedRow } from './keeping-repository.ts';
import type { RecordingStore, StoreFailure } from './recording-store.ts';
import { readEncrypted } from './encrypted-file.ts';

export type OpenFailure =
  | KeyFailure
  | StoreFailure
  /** `withdrawn`: consent was taken back, and the recording is locked away. */
  | { readonly code: 'deleted' | 'withdrawn'; readonly message: string };

/** A recording in clear, whatever it is kept as: a WAV, the agent on the left and the customer on the right. */
export type OpenedRecording = {
  /** Bytes of the WAV. */
  readonly size: number;
  /** null: not known. */
  readonly seconds: number | null;
  /** Bytes `start` to `end`, both counted; without a range all of them. A stream that breaks was tampered with or cut. */
  readonly read: (range?: ByteRange) => Promise<Result<Readable, OpenFailure>>;
};

export type OpenRecording = (
  recordingId: string,
  options?: {
    /** Also what is locked away because consent was taken back. */
    readonly evenWithdrawn?: boolean;
  },
) => Promise<Result<OpenedRecording, OpenFailure>>;

type Needs = {
  readonly database: Pick<Database, 'query'>;
  readonly pbx: Pick<Pbx, 'recordingFile'>;
  readonly keys: KeyService;
  readonly local: RecordingStore;
  /** null: encrypted files stay on this machine. */
  readonly remote: RecordingStore | null;
};

const absent = (message: string) => failure({ code: 'absent', message } as const);

/** What opens recordings. Where the audio is at the moment, and how, is nobody else's business. */
export const createOpenRecording = (needs: Needs): OpenRecording => {
  const { database, pbx, keys, local, remote } = needs;

  const storeOf = ({ place }: EncryptedRow): RecordingStore | null =>
    [local, remote].find((store) => store?.place === place) ?? null;

  const openEncryptedFile = async (
    recordingId: string,
    file: EncryptedRow,
  ): Promise<Result<OpenedRecording['read'], OpenFailure>> => {
    if (file.wrappedKey === null) {
      return failure({ code: 'deleted', message: 'the recording was deleted' });
    }
    const store = storeOf(file);
    if (store === null) return absent(`it is in ${file.place}, which the settings do not name`);
    const key = await keys.unwrap(file.keyId, file.wrappedKey, recordingId);
    if (!key.ok) return key;
    const name = { recordingId, size: file.size };
    return success(async (range = { start: 0, end: file.size - 1 }) => {
      // The first bytes are asked for here, so that a store that is away is said and not a broken stream.
      const refusals: StoreFailure[] = [];
      const stream = readEncrypted(
        name,
        key.value,
        async (encryptedRange) => {
          const pieces = await store.read(file.name, encryptedRange);
          if (pieces.ok) return pieces.value;
          refusals.push(pieces.why);
          throw new Error(pieces.why.message);
        },
        range,
      );
      try {
        const first = await stream.next();
        return success(
          Readable.from(
            (async function* () {
              if (first.done !== true) yield first.value;
              yield* stream;
            })(),
            { objectMode: false },
          ),
        );
      } catch (error) {
        const [refusal] = refusals;
        if (refusal !== undefined) return failure(refusal);
        const message = error instanceof Error ? error.message : String(error);
        return failure({ code: 'key_wrong', message });
      }
    });
  };

  const openPlain = async (path: string) => {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const read: OpenedRecording['read'] = async (range = { start: 0, end: size - 1 }) => {
      try {
        const again = await open(path, 'r');
        return success(again.createReadStream(range));
      } catch {
        // Encrypted meanwhile; whoever opens it anew has it.
        return absent('the file is not there any more');
      }
    };
    return { size, read };
  };

  const openOnce: OpenRecording = async (recordingId, options = {}) => {
    const kept = await findKept(database, recordingId);
    if (kept === null) return absent('there is no such recording');
    if (kept.state === 'deleted') {
      return failure({ code: 'deleted', message: 'the recording was deleted' });
    }
    if (kept.state === 'sealed' && options.evenWithdrawn !== true) {
      return failure({ code: 'withdrawn', message: 'consent was taken back: it is locked away' });
    }
    const { seconds } = kept;
    if (kept.file !== null) {
      const read = await openEncryptedFile(recordingId, kept.file);
      return read.ok ? success({ size: kept.file.size, seconds, read: read.value }) : read;
    }
    const plain = await pbx.recordingFile(recordingId);
    if (!plain.ok) return absent(plain.why.message);
    try {
      return success({ ...(await openPlain(plain.value)), seconds });
    } catch {
      return absent('the file cannot be read');
    }
  };

  return async (recordingId, options) => {
    const opened = await openOnce(recordingId, options);
    // It may have been encrypted between the look at the database and the look at the folder.
    return !opened.ok && opened.why.code === 'absent' ? openOnce(recordingId, options) : opened;
  };
};
