import type { AgentState, AgentStanding } from '../../../shared/domain/agent/agent.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
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
  await transaction.query(
    `INSERT INTO agent_standings (agent_id, standing, since, revision)
     VALUES ($1, '{"signedIn": false}', 0, 0) ON CONFLICT DO NOTHING`,
    [agentId],
  );
  const [row] = await transaction.query<StandingRow>(
    `SELECT ${standingColumns} FROM agent_standings WHERE agent_id = $1 FOR UPDATE`,
    [agentId],
  );
  return row ?? nobody;
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
       wrapped_up_at AS "wrappedUpAt", pbx_answered_at AS "pbxAnsweredAt",
       pbx_ended_at AS "pbxEndedAt"
     FROM agent_calls WHERE agent_id = $1 AND call_key = ANY($2)`,
    [agentId, callKeys],
  );

export const saveCallMemories = async (
  transaction: Transaction,
  agentId: string,
  memories: readonly CallMemory[],
): Promise<void> => {
  for (const memory of memories) {
    await transaction.query(
      `INSERT INTO agent_calls (agent_id, call_key, answered_at, ended_at, wrapped_up_at,
         pbx_answered_at, pbx_ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (agent_id, call_key) DO UPDATE SET answered_at = $3, ended_at = $4,
         wrapped_up_at = $5, pbx_answered_at = $6, pbx_ended_at = $7`,
      [
        agentId,
        memory.callKey,
        memory.answeredAt,
        memory.endedAt,
        memory.wrappedUpAt,
        memory.pbxAnsweredAt,
        memory.pbxEndedAt,
      ],
    );
  }
};

/** Agents who are signed in, with where they stand. */
export const listStandings = (
  database: Queryable,
): Promise<readonly (StandingRow & { readonly agentId: string })[]> =>
  database.query<StandingRow & { readonly agentId: string }>(
    `SELECT agent_id AS "agentId", ${standingColumns} FROM agent_standings
     WHERE standing->>'signedIn' = 'true' ORDER BY agent_id`,
  );
