import type {
  PauseWhy,
  RecordingPolicy,
} from '../../../shared/domain/consent/recording-decision.ts';
import type { Queryable } from '../../database/database.ts';
import type { RecordingRow } from '../contacts/card.ts';

const columns = `id, call_key AS "callKey", agent_id AS "agentId", state, started_at AS "startedAt",
  ended_at AS "endedAt", seconds, channels, why`;
const isRunning = `state IN ('starting', 'recording', 'paused')`;

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
    `SELECT ${columns} FROM recordings WHERE call_key = $1 AND ${isRunning}`,
    [callKey],
  );
  return row ?? null;
};

export const listRunning = (database: Queryable): Promise<readonly RecordingRow[]> =>
  database.query<RecordingRow>(`SELECT ${columns} FROM recordings WHERE ${isRunning}`);

export type QueuePolicy = {
  readonly policy: RecordingPolicy;
  readonly onWithdrawal: 'seal' | 'delete';
};

const usual: QueuePolicy = { policy: 'on_consent', onWithdrawal: 'seal' };

/** A call of no queue is recorded once the customer agreed. */
export const findPolicy = async (
  database: Queryable,
  queue: string | null,
): Promise<QueuePolicy> => {
  if (queue === null) return usual;
  const [row] = await database.query<QueuePolicy>(
    `SELECT recording_policy AS policy, recording_withdrawn AS "onWithdrawal" FROM queues WHERE name = $1`,
    [queue],
  );
  return row ?? usual;
};

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

/** False: it was not being started. */
export const setRecordingStarted = async (
  database: Queryable,
  recordingId: string,
  at: number,
): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      `UPDATE recordings SET state = 'recording', started_at = $2 WHERE id = $1 AND state = 'starting'
       RETURNING id`,
      [recordingId, at],
    )
  ).length > 0;

/** From here on the PBX is known to keep silence. False: it was so, or the recording is over. */
export const setRecordingPaused = async (
  database: Queryable,
  recordingId: string,
  why: PauseWhy,
  at: number,
): Promise<boolean> => {
  const changed = await database.query<{ readonly id: string }>(
    `UPDATE recordings SET state = 'paused' WHERE id = $1 AND state IN ('starting', 'recording') RETURNING id`,
    [recordingId],
  );
  if (changed.length === 0) return false;
  await database.query(
    `INSERT INTO recording_pauses (recording_id, why, paused_at) VALUES ($1, $2, $3)
     ON CONFLICT (recording_id, paused_at) DO UPDATE SET resumed_at = NULL`,
    [recordingId, why, at],
  );
  return true;
};

const endPauses = async (database: Queryable, recordingId: string, at: number): Promise<void> => {
  await database.query(
    'UPDATE recording_pauses SET resumed_at = $2 WHERE recording_id = $1 AND resumed_at IS NULL',
    [recordingId, at],
  );
};

/** From here on nobody counts on silence. False: there was none, or the recording is over. */
export const setRecordingResumed = async (
  database: Queryable,
  recordingId: string,
  at: number,
): Promise<boolean> => {
  const changed = await database.query<{ readonly id: string }>(
    `UPDATE recordings SET state = 'recording' WHERE id = $1 AND state = 'paused' RETURNING id`,
    [recordingId],
  );
  await endPauses(database, recordingId, at);
  return changed.length > 0;
};

/** False: it was over. */
export const setRecordingOver = async (
  database: Queryable,
  recordingId: string,
  over: {
    readonly state: 'stopped' | 'failed';
    readonly at: number;
    readonly seconds: number | null;
    readonly why: RecordingRow['why'];
  },
): Promise<boolean> => {
  const changed = await database.query<{ readonly id: string }>(
    `UPDATE recordings SET state = $2, ended_at = $3, seconds = $4, why = $5
     WHERE id = $1 AND ${isRunning} RETURNING id`,
    [recordingId, over.state, over.at, over.seconds, over.why],
  );
  await endPauses(database, recordingId, over.at);
  return changed.length > 0;
};

/** What was recorded of this call and can be heard still. */
export const findStopped = (
  database: Queryable,
  callKey: string,
): Promise<readonly RecordingRow[]> =>
  database.query<RecordingRow>(
    `SELECT ${columns} FROM recordings WHERE call_key = $1 AND state = 'stopped'`,
    [callKey],
  );

/** What can be heard is sealed, and what is sealed deleted. False: somebody was faster. */
export const setRecordingWithdrawn = async (
  database: Queryable,
  recordingId: string,
  state: 'sealed' | 'deleted',
): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      `UPDATE recordings SET state = $2 WHERE id = $1 AND state = $3 RETURNING id`,
      [recordingId, state, state === 'sealed' ? 'stopped' : 'sealed'],
    )
  ).length > 0;

type CallKeyRow = { readonly callKey: string };

/** Those of the calls in which the PBX has an agent speaking, or of which there is a recording that can be heard. */
export const findLiveCalls = async (
  database: Queryable,
  callKeys: readonly string[],
): Promise<readonly string[]> =>
  (
    await database.query<CallKeyRow>(
      `SELECT call_key AS "callKey" FROM agent_calls WHERE call_key = ANY($1)
         AND pbx_answered_at IS NOT NULL AND pbx_ended_at IS NULL
       UNION SELECT call_key FROM recordings WHERE call_key = ANY($1)
         AND state IN ('starting', 'recording', 'paused', 'stopped')`,
      [callKeys],
    )
  ).map(({ callKey }) => callKey);

/** The calls in which the PBX has this agent speaking. */
export const findCallsOfAgent = async (
  database: Queryable,
  agentId: string,
): Promise<readonly string[]> =>
  (
    await database.query<CallKeyRow>(
      `SELECT call_key AS "callKey" FROM agent_calls WHERE agent_id = $1
         AND pbx_answered_at IS NOT NULL AND pbx_ended_at IS NULL`,
      [agentId],
    )
  ).map(({ callKey }) => callKey);

/** The calls in which the PBX has any agent speaking. */
export const listLiveCalls = async (database: Queryable): Promise<readonly string[]> =>
  (
    await database.query<CallKeyRow>(
      `SELECT DISTINCT call_key AS "callKey" FROM agent_calls
       WHERE pbx_answered_at IS NOT NULL AND pbx_ended_at IS NULL`,
    )
  ).map(({ callKey }) => callKey);
