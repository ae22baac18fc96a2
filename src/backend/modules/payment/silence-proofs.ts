import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import { appendToChain } from '../chain/chain.ts';
import type { OpenRecording } from '../keeping/open-recording.ts';
import { findSilence, type ReadableWav } from './silence-proof.ts';

/** Looks into finished recordings whether they are silent where they were to be, and keeps what was found. */
export type SilenceProofs = {
  /** Of this call; what is still being made waits for `all`. */
  readonly ofCall: (callKey: string) => void;
  readonly all: () => void;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly openRecording: OpenRecording;
  readonly now: Now;
  readonly log: Log;
};

type Unproven = {
  readonly recordingId: string;
  readonly contactId: string;
  readonly callKey: string;
  readonly startedAt: number;
  readonly pausedAt: number;
  readonly resumedAt: number;
  /** The recording is so much shorter than it lasted. */
  readonly missingMs: number;
};

const findUnproven = (database: Database, callKey: string | null): Promise<readonly Unproven[]> =>
  database.query<Unproven>(
    `SELECT r.id AS "recordingId", r.contact_id AS "contactId", r.call_key AS "callKey",
       r.started_at AS "startedAt", p.paused_at AS "pausedAt", p.resumed_at AS "resumedAt",
       greatest(0, r.ended_at - r.started_at - round(coalesce(r.seconds, 0) * 1000))::bigint AS "missingMs"
     FROM recordings r JOIN recording_pauses p ON p.recording_id = r.id
     WHERE r.state IN ('stopped', 'sealed') AND p.resumed_at IS NOT NULL
       AND ($1::text IS NULL OR r.call_key = $1)
       AND NOT EXISTS (SELECT FROM silence_proofs s
         WHERE s.recording_id = p.recording_id AND s.paused_at = p.paused_at)
     ORDER BY p.paused_at`,
    [callKey],
  );

/** What cannot be read breaks here, and is looked at again another time. */
const readable = async (
  open: OpenRecording,
  recordingId: string,
): Promise<ReadableWav | { readonly why: string }> => {
  const opened = await open(recordingId, { evenWithdrawn: true });
  if (!opened.ok) return { why: opened.why.code };
  return {
    size: opened.value.size,
    read: async (range) => {
      const stream = await opened.value.read(range);
      if (!stream.ok) throw new Error(stream.why.message);
      return stream.value as AsyncIterable<Uint8Array>;
    },
  };
};

export const createSilenceProofs = ({
  database,
  openRecording,
  now,
  log,
}: Needs): SilenceProofs => {
  const prove = async ({ recordingId, contactId, callKey, ...times }: Unproven): Promise<void> => {
    const wav = await readable(openRecording, recordingId);
    if ('why' in wav) {
      log.warn({ callKey, recordingId, why: wav.why }, 'a silence could not be looked at');
      return;
    }
    const fromMs = times.pausedAt - times.startedAt;
    const toMs = times.resumedAt - times.startedAt;
    const found = (await findSilence(wav, { fromMs, toMs }, times.missingMs)) ?? {
      fromMs: Math.max(0, fromMs),
      toMs: Math.max(0, toMs),
      samples: 0,
      notZero: 0,
    };
    await database.transaction(async (transaction) => {
      const kept = await transaction.query(
        `INSERT INTO silence_proofs (recording_id, paused_at, from_ms, to_ms, samples, not_zero, proven_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING recording_id`,
        [
          recordingId,
          times.pausedAt,
          found.fromMs,
          found.toMs,
          found.samples,
          found.notZero,
          now(),
        ],
      );
      if (kept.length === 0) return;
      const body = { did: 'silence_checked', recordingId, pausedAt: times.pausedAt, ...found };
      await appendToChain(transaction, { topic: 'payment', contactId, body });
    });
    if (found.notZero > 0) {
      log.error({ callKey, recordingId, ...found }, 'a recording was to be silent and is not');
    } else log.info({ callKey, recordingId, ...found }, 'a recording is silent where it was to be');
  };

  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a silence could not be looked at');
  });

  const look = (callKey: string | null): void => {
    // One at a time: whoever talks comes first.
    void queue.add('', async () => {
      for (const unproven of await findUnproven(database, callKey)) await prove(unproven);
    });
  };

  return {
    ofCall: look,
    all: () => {
      look(null);
    },
    idle: queue.idle,
  };
};
