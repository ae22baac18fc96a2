import type { AgentState, AgentStanding } from '../../../shared/domain/agent/agent.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import type { CallMemory } from './call-memory.ts';

export type StandingRow = {
  readonly standing: AgentStanding;
  readonly since: number;
  readonly revision: number;
  readonly doNotDisturb: boolean;
};

const nobody: StandingRow = {
  standing: { signedIn: false },
  since: 0,
  revision: 0,
  doNotDisturb: false,
};

const standingColumns = 'standing, since, revision, do_not_disturb AS "doNotDisturb"';

export const findStanding = async (database: Queryable, agentId: string): Promise<StandingRow> => {
  const [row] = await database.query<StandingRow>(
    `SELECT ${standingColumns} FROM agent_standings WHERE agent_id = $1`,
    [agentId],
  );
  return row ?? nobody;
};

/** Locks the agent's row until the transaction ends, so that steps are taken one after the other. */
export const lockStanding = async (
  transaction: Transaction,
  agentId: string,
): Promise<StandingRow> => {
  const lock = () =>
    transaction.query<StandingRow>(
      `SELECT ${standingColumns} FROM agent_standings WHERE agent_id = $1 FOR UPDATE`,
      [agentId],
    );
  const [row] = await lock();
  if (row !== undefined) return row;
  await transaction.query(
    `INSERT INTO agent_standings (agent_id, standing, since, revision)
     VALUES ($1, '{"signedIn": false}', 0, 0) ON CONFLICT DO NOTHING`,
    [agentId],
  );
  return (await lock())[0] ?? nobody;
};

export const saveStanding = async (
  transaction: Transaction,
  agentId: string,
  row: StandingRow,
): Promise<void> => {
  await transaction.query(
    `UPDATE agent_standings SET standing = $2, since = $3, revision = $4, do_not_disturb = $5
     WHERE agent_id = $1`,
    [agentId, JSON.stringify(row.standing), row.since, row.revision, row.doNotDisturb],
  );
};

export type LogLine = {
  readonly at: number;
  readonly revision: number;
  readonly source: string;
  readonly event: object;
  readonly state: AgentState;
};

export const appendStateLog = async (
  transaction: Transaction,
  agentId: string,
  lines: readonly LogLine[],
): Promise<void> => {
  await transaction.query(
    `INSERT INTO agent_state_log (agent_id, at, revision, source, event, state)
     SELECT $1, l.at, l.revision, l.source, l.event, l.state
     FROM jsonb_to_recordset($2) AS l (at bigint, revision bigint, source text, event jsonb, state jsonb)`,
    [agentId, JSON.stringify(lines)],
  );
};

export const findCallMemories = (
  database: Queryable,
  agentId: string,
  callKeys: readonly string[],
): Promise<readonly CallMemory[]> =>
  database.query<CallMemory>(
    `SELECT call_key AS "callKey", answered_at AS "answeredAt", ended_at AS "endedAt",
       wrapped_up_at AS "wrappedUpAt", pbx_offered_at AS "pbxOfferedAt", pbx_answered_at AS "pbxAnsweredAt",
       pbx_ended_at AS "pbxEndedAt", is_mailbox AS "isMailbox"
     FROM agent_calls WHERE agent_id = $1 AND call_key = ANY($2)`,
    [agentId, callKeys],
  );

export const saveCallMemories = async (
  transaction: Transaction,
  agentId: string,
  memories: readonly CallMemory[],
): Promise<void> => {
  if (memories.length === 0) return;
  await transaction.query(
    `INSERT INTO agent_calls AS a (agent_id, call_key, answered_at, ended_at, wrapped_up_at,
       pbx_offered_at, pbx_answered_at, pbx_ended_at, is_mailbox)
     SELECT $1, m."callKey", m."answeredAt", m."endedAt", m."wrappedUpAt", m."pbxOfferedAt",
       m."pbxAnsweredAt", m."pbxEndedAt", m."isMailbox"
     FROM json_to_recordset($2) AS m ("callKey" text, "answeredAt" bigint, "endedAt" bigint,
       "wrappedUpAt" bigint, "pbxOfferedAt" bigint, "pbxAnsweredAt" bigint, "pbxEndedAt" bigint,
       "isMailbox" boolean)
     ORDER BY m."callKey"
     ON CONFLICT (agent_id, call_key) DO UPDATE SET (answered_at, ended_at, wrapped_up_at,
       pbx_offered_at, pbx_answered_at, pbx_ended_at, is_mailbox) = ROW (EXCLUDED.answered_at,
       EXCLUDED.ended_at, EXCLUDED.wrapped_up_at, EXCLUDED.pbx_offered_at,
       EXCLUDED.pbx_answered_at, EXCLUDED.pbx_ended_at, EXCLUDED.is_mailbox)`,
    [agentId, jsonRows(memories)],
  );
};

/** Notes with each leg how far the phone's times of these calls are from the PBX's. */
export const compareWithPbx = async (
  transaction: Transaction,
  agentId: string,
  callKeys: readonly string[],
): Promise<void> => {
  if (callKeys.length === 0) return;
  await transaction.query('SELECT compare_with_pbx($1, $2)', [agentId, callKeys]);
};

/** Agents who are signed in, with where they stand. */
export const listStandings = (
  database: Queryable,
): Promise<readonly (StandingRow & { readonly agentId: string })[]> =>
  database.query<StandingRow & { readonly agentId: string }>(
    `SELECT agent_id AS "agentId", ${standingColumns} FROM agent_standings
     WHERE standing->>'signedIn' = 'true' ORDER BY agent_id`,
  );
