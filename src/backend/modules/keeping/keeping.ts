import { backOffMs, type BackOffLimits } from '../../../shared/back-off.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import {
  findExpired,
  findKept,
  findUnfinished,
  findUnencrypted,
  type KeptRecording,
} from './keeping-repository.ts';
import { findFailedOnDisk, settleFailed } from './failed-recordings.ts';
import { createOpenRecording, type OpenRecording } from './open-recording.ts';
import {
  deleteRecording,
  destroyUnknown,
  removeFiles,
  type Removal,
  type RemoveFailure,
} from './remove-recording.ts';
import { rewrapKeys } from './rewrap.ts';
import {
  carryToStore,
  finishEncrypting,
  encryptRecording,
  type KeepingNeeds,
} from './encrypt-recording.ts';

/** What becomes of recordings once they are over. */
export type Keeping = {
  readonly open: OpenRecording;
  /** This recording is over: from now on it is kept, encrypted. */
  readonly finished: (recordingId: string) => void;
  /** Resolves when nobody can hear it any more; files in a store that is away are removed later. */
  readonly remove: (recordingId: string, removal: Removal) => Promise<Result<null, RemoveFailure>>;
  /** Of a recording that was stopped and is not in the database, since nobody allowed it: what the PBX wrote. */
  readonly destroyUnknown: (recordingId: string) => Promise<void>;
  /** Deletes what its queue keeps no longer. Answers how many. */
  readonly expire: () => Promise<number>;
  readonly status: () => KeepingStatus;
  /** Takes up what an earlier process left, and looks every hour for what is kept no longer. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Resolves when all that can be done now is done. */
  readonly idle: () => Promise<void>;
};

export type KeepingStatus = {
  /** Recordings that are not yet where they should be. */
  readonly waiting: number;
  /** The latest that went wrong; empty: nothing. */
  readonly problem: string;
};

const usualRetry: BackOffLimits = { shortestMs: 1_000, firstMs: 5_000, longestMs: 300_000 };
const expiryEveryMs = 3_600_000;
const expiredAtOnce = 200;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

type Needs = KeepingNeeds & {
  readonly log: Log;
  /** How long to wait before what failed is tried again. */
  readonly retry?: BackOffLimits;
};

export const createKeeping = (needs: Needs): Keeping => {
  const { database, keys, local, remote, now, log, retry = usualRetry } = needs;
  /** What went wrong, by recording. */
  const problems = new Map<string, string>();
  /** Recordings of which there is no file: nothing will ever come of them. */
  const lost = new Set<string>();
  let attempt = 0;
  let retryTimer: NodeJS.Timeout | null = null;
  let expiryTimer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const encrypt = async (kept: KeptRecording): Promise<string> => {
    const { recordingId } = kept;
    let wav: string | null = null;
    if (kept.file === null) {
      if (lost.has(recordingId)) return '';
      const encrypted = await encryptRecording(needs, recordingId);
      if (!encrypted.ok && encrypted.why === 'absent') {
        lost.add(recordingId);
        log.error({ recordingId }, 'there is no file of a recording');
        return '';
      }
      if (!encrypted.ok) return 'the PBX cannot give the recording now';
      wav = encrypted.value;
    }
    const file = await findKept(database, recordingId);
    if (file === null) return '';
    await finishEncrypting(needs, file, wav);
    const carried = await carryToStore(needs, file);
    return carried.ok ? '' : `${remote?.place ?? ''}: ${carried.why.message}`;
  };

  /** Does what is to be done for this recording; answers what keeps it from being done, or nothing. */
  const settle = async (recordingId: string): Promise<string> => {
    const kept = await findKept(database, recordingId);
    if (kept === null) return '';
    if (kept.state === 'deleted') {
      const removed = await removeFiles(needs, kept);
      return removed.ok ? '' : removed.why.message;
    }
    return kept.state === 'stopped' || kept.state === 'sealed' ? encrypt(kept) : '';
  };

  const retryLater = (): void => {
    if (isStopped || retryTimer !== null) return;
    retryTimer = setTimeout(
      () => {
        retryTimer = null;
        attempt += 1;
        takeUp();
      },
      backOffMs(attempt, retry, Math.random()),
    );
    retryTimer.unref();
  };

  const work = async (recordingId: string): Promise<void> => {
    const problem = await settle(recordingId).catch(messageOf);
    if (problem === '') {
      if (problems.delete(recordingId)) attempt = 0;
      return;
    }
    if (problems.get(recordingId) !== problem) {
      log.error({ recordingId, why: problem }, 'a recording is not yet where it should be');
    }
    problems.set(recordingId, problem);
    retryLater();
  };

  // One after the other: calls come first, and a disk has one head.
  const queue = createKeyedQueue((error) => {
    log.warn({ error }, 'recordings could not be looked through');
    retryLater();
  });
  const soon = (task: () => Promise<void>): Promise<void> => queue.add('', task);

  const takeUp = (): void => {
    void soon(async () => {
      const unencrypted = await findUnencrypted(database);
      const unfinished = await findUnfinished(database, (remote ?? local).place);
      for (const recordingId of [...unencrypted, ...unfinished]) {
        if (isStopped) return;
        await work(recordingId);
      }
    });
  };

  /** What was told as failed and is on the disk all the same must not stay there in clear. */
  const lookAtFailed = async (): Promise<void> => {
    for (const failed of await findFailedOnDisk(needs)) {
      if (isStopped) return;
      const outcome = await settleFailed(needs, failed, log);
      if (outcome === 'recovered') await work(failed.recordingId);
    }
  };

  const rewrap = async (): Promise<void> => {
    const { done, missing } = await rewrapKeys(database, keys);
    if (done > 0) log.info({ files: done, keyId: keys.currentId }, 'keys were wrapped anew');
    if (missing.length > 0) {
      log.error({ keyIds: missing }, 'recordings cannot be opened: their keys are not at hand');
    }
  };

  const remove = async (
    recordingId: string,
    removal: Removal,
  ): Promise<Result<null, RemoveFailure>> => {
    const kept = await findKept(database, recordingId);
    if (kept === null) return failure({ code: 'absent', message: 'there is no such recording' });
    const deleted = await deleteRecording(needs, kept, removal);
    if (!deleted.ok) return deleted;
    log.info({ recordingId, why: removal.why }, 'a recording was deleted');
    await soon(() => work(recordingId));
    return success(null);
  };

  const expire = async (): Promise<number> => {
    let count = 0;
    for (;;) {
      const expired = await findExpired(database, now(), expiredAtOnce);
      let deleted = 0;
      for (const recordingId of expired) {
        const removed = await remove(recordingId, { why: 'retention', by: null });
        if (removed.ok) deleted += 1;
      }
      count += deleted;
      if (isStopped || deleted === 0 || expired.length < expiredAtOnce) return count;
    }
  };

  const expireNow = (): void => {
    expire().catch((error: unknown) => {
      log.warn({ error }, 'recordings that are kept no longer were not deleted');
    });
  };

  return {
    open: createOpenRecording(needs),
    finished: (recordingId) =>
      void soon(async () => {
        await work(recordingId);
        await lookAtFailed();
      }),
    remove,
    destroyUnknown: (recordingId) =>
      soon(async () => {
        if ((await findKept(database, recordingId)) === null) {
          await destroyUnknown(needs, recordingId);
        }
      }),
    expire,
    status: () => ({ waiting: problems.size, problem: [...problems.values()].at(-1) ?? '' }),
    start: () => {
      takeUp();
      void soon(rewrap);
      void soon(lookAtFailed);
      expireNow();
      expiryTimer = setInterval(() => {
        expireNow();
        void soon(lookAtFailed);
      }, expiryEveryMs);
      expiryTimer.unref();
    },
    stop: async () => {
      isStopped = true;
      if (retryTimer !== null) clearTimeout(retryTimer);
      if (expiryTimer !== null) clearInterval(expiryTimer);
      await queue.idle();
    },
    idle: queue.idle,
  };
};
