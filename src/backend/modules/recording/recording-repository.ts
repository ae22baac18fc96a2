import type { Queryable } from '../../database/database.ts';
import type { RecordingRow } from '../contacts/card.ts';

const columns = `id, call_key AS "callKey", agent_id AS "agentId", state, started_at AS "startedAt",
  ended_at AS "endedAt", seconds, channels, why`;

export type LiveLeg = { readonly agentId: string; readonly extension: string };

/** Answered legs of a call, by the PBX's own word and of agents who have a part in it. */
export const findLiveLegs = (database: Queryable, callKey: string): Promise<readonly LiveLeg[]> =>
  database.query<LiveLeg>(
    `SELECT c.agent_id AS "agentId", u.extension
     FROM agent_calls c JOIN users u ON u.id = c.agent_id
       JOIN contacts k ON k.call_key = c.call_key
       JOIN contact_agents a ON a.contact_id = k.id AND a.agent_id = c.agent_id
     WHERE c.call_key = $1 AND c.pbx_answered_at IS NOT NULL AND c.pbx_ended_at IS NULL
     ORDER BY c.pbx_answered_at`,
    [callKey],
  );

export const findRunning = async (
  database: Queryable,
  callKey: string,
): Promise<RecordingRow | null> => {
  const [row] = await database.query<RecordingRow>(
    `SELECT ${columns} FROM recordings WHERE call_key = $1 AND state IN ('starting', 'recording')`,
    [callKey],
  );
  return row ?? null;
};

export const listRunning = (database: Queryable): Promise<readonly RecordingRow[]> =>
  database.query<RecordingRow>(
    `SELECT ${columns} FROM recordings WHERE state IN ('starting', 'recording')`,
  );

export type NewRecording = {
  readonly id: string;
  readonly contactId: string;
  readonly callKey: string;
  readonly agentId: string;
  readonly at: number;
};

/** Answers false when the call is being recorded already. */
export const insertRecording = async (
  database: Queryable,
  recording: NewRecording,
): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      `INSERT INTO recordings (id, contact_id, call_key, agent_id, state, started_at)
       VALUES ($1, $2, $3, $4, 'starting', $5) ON CONFLICT DO NOTHING RETURNING id`,
      [recording.id, recording.contactId, recording.callKey, recording.agentId, recording.at],
    )
  ).length > 0;

export const setRecordingStarted = async (
  database: Queryable,
  recordingId: string,
  at: number,
): Promise<void> => {
  await database.query(
    `UPDATE recordings SET state = 'recording', started_at = $2 WHERE id = $1 AND state = 'starting'`,
    [recordingId, at],
  );
};

export const setRecordingOver = async (
  database: Queryable,
  recordingId: string,
  over: {
    readonly state: 'stopped' | 'failed';
    readonly at: number;
    readonly seconds: number | null;
    readonly why: RecordingRow['why'];
  },
): Promise<void> => {
  await database.query(
    'UPDATE recordings SET state = $2, ended_at = $3, seconds = $4, why = $5 WHERE id = $1',
    [recordingId, over.state, over.at, over.seconds, over.why],
  );
};

/** Those of the calls in which the PBX has an agent speaking, or a recording runs. */
export const findLiveCalls = async (
  database: Queryable,
  callKeys: readonly string[],
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly callKey: string }>(
      `SELECT call_key AS "callKey" FROM agent_calls WHERE call_key = ANY($1)
         AND pbx_answered_at IS NOT NULL AND pbx_ended_at IS NULL
       UNION SELECT call_key FROM recordings WHERE call_key = ANY($1)
         AND state IN ('starting', 'recording')`,
      [callKeys],
    )
  ).map(({ callKey }) => callKey);
