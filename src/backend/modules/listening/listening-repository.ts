import type { RecordingComment } from '../../../shared/api/listening.ts';
import type { Queryable } from '../../database/database.ts';
import type { PauseSpan } from './markers.ts';
import type { Wave } from './wave.ts';

export const findWave = async (database: Queryable, recordingId: string): Promise<Wave | null> => {
  const [row] = await database.query<{
    readonly seconds: number;
    readonly peaks: Uint8Array;
    readonly channels: number;
    readonly silences: Wave['silences'];
  }>('SELECT seconds, peaks, channels, silences FROM recording_waves WHERE recording_id = $1', [
    recordingId,
  ]);
  if (row === undefined) return null;
  const { seconds, peaks, channels, silences } = row;
  const length = peaks.length / channels;
  return {
    seconds,
    peaks: Array.from({ length: channels }, (_, channel) =>
      peaks.subarray(channel * length, (channel + 1) * length),
    ),
    silences,
  };
};

/** Only of a recording that is there still: one that was deleted meanwhile leaves nothing behind. */
export const keepWave = async (
  database: Queryable,
  recordingId: string,
  { seconds, peaks, silences }: Wave,
): Promise<void> => {
  await database.query(
    `INSERT INTO recording_waves (recording_id, seconds, peaks, channels, silences)
     SELECT id, $2, $3, $4, $5 FROM recordings WHERE id = $1 AND state = 'stopped'
     ON CONFLICT DO NOTHING`,
    [recordingId, seconds, Buffer.concat(peaks), peaks.length, JSON.stringify(silences)],
  );
};

export const findPauses = (
  database: Queryable,
  recordingId: string,
): Promise<readonly PauseSpan[]> =>
  database.query<PauseSpan>(
    `SELECT p.why, p.paused_at AS "pausedAt", p.resumed_at AS "resumedAt",
       s.not_zero = 0 AS proven
     FROM recording_pauses p LEFT JOIN silence_proofs s
       ON s.recording_id = p.recording_id AND s.paused_at = p.paused_at
     WHERE p.recording_id = $1`,
    [recordingId],
  );

export const listComments = (
  database: Queryable,
  recordingId: string,
): Promise<readonly RecordingComment[]> =>
  database.query<RecordingComment>(
    `SELECT c.id, c.at_ms AS "atMs", c.written_at AS "writtenAt", c.text,
       json_build_object('id', u.id, 'name', u.name) AS author
     FROM recording_comments c JOIN users u ON u.id = c.author
     WHERE c.recording_id = $1 ORDER BY c.at_ms, c.written_at`,
    [recordingId],
  );

export const insertComment = async (
  database: Queryable,
  recordingId: string,
  { id, atMs, author, writtenAt, text }: RecordingComment,
): Promise<void> => {
  await database.query(
    `INSERT INTO recording_comments (id, recording_id, at_ms, author, written_at, text)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, recordingId, atMs, author.id, writtenAt, text],
  );
};

/** Answers false where there is no such comment of this author; null: whoever wrote it. */
export const deleteComment = async (
  database: Queryable,
  recordingId: string,
  commentId: string,
  author: string | null,
): Promise<boolean> =>
  (
    await database.query(
      `DELETE FROM recording_comments
       WHERE id = $1 AND recording_id = $2 AND ($3::uuid IS NULL OR author = $3) RETURNING id`,
      [commentId, recordingId, author],
    )
  ).length > 0;
