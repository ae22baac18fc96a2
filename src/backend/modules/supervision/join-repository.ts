import type { JoinRecord, JoinsQuery } from '../../../shared/api/supervision.ts';
import type { User } from '../../../shared/api/records.ts';
import type {
  AgentSees,
  JoinEnd,
  SupervisionMode,
} from '../../../shared/domain/supervision/join.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

export type JoinRow = {
  readonly id: string;
  readonly supervisorId: string;
  readonly callKey: string;
  readonly contactId: string | null;
  readonly queue: string | null;
  readonly agentIds: readonly string[];
  readonly covert: boolean;
  readonly agentSees: AgentSees;
  readonly startedAt: number;
};

export type OpenJoin = JoinRow & {
  readonly modes: JoinRecord['modes'];
};

const columns = `id, supervisor_id AS "supervisorId", call_key AS "callKey", contact_id AS "contactId", queue,
  agent_ids AS "agentIds", covert, agent_sees AS "agentSees", started_at AS "startedAt"`;

/** False: a join of this id is there already. */
export const insertJoin = async (transaction: Transaction, row: JoinRow): Promise<boolean> =>
  (
    await transaction.query(
      `INSERT INTO supervision_joins (id, supervisor_id, call_key, contact_id, queue, agent_ids, covert,
         agent_sees, started_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        row.id,
        row.supervisorId,
        row.callKey,
        row.contactId,
        row.queue,
        row.agentIds,
        row.covert,
        row.agentSees,
        row.startedAt,
      ],
    )
  ).length > 0;

/** A mode that the PBX confirmed; the first one is when the supervisor began to hear. */
export const addMode = async (
  database: Queryable,
  joinId: string,
  mode: SupervisionMode,
  at: number,
): Promise<void> => {
  await database.query(
    `UPDATE supervision_joins SET modes = modes || jsonb_build_object('mode', $2::text, 'at', $3::bigint),
       heard_at = coalesce(heard_at, $3::bigint), spoke = spoke OR $2::text <> 'listen'
     WHERE id = $1`,
    [joinId, mode, at],
  );
};

export const addAgentToJoin = async (
  transaction: Transaction,
  joinId: string,
  agentId: string,
): Promise<void> => {
  await transaction.query(
    'UPDATE supervision_joins SET agent_ids = array_append(agent_ids, $2) WHERE id = $1',
    [joinId, agentId],
  );
};

/** False: it was over. */
export const endJoin = async (
  transaction: Transaction,
  joinId: string,
  why: JoinEnd,
  at: number,
): Promise<boolean> =>
  (
    await transaction.query(
      `UPDATE supervision_joins SET ended_at = $3, why = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id`,
      [joinId, why, at],
    )
  ).length > 0;

export const listOpenJoins = (database: Queryable): Promise<readonly OpenJoin[]> =>
  database.query<OpenJoin>(
    `SELECT ${columns}, modes FROM supervision_joins WHERE ended_at IS NULL ORDER BY started_at`,
  );

/** What users, in which part of it, may read of the ledger. */
const visible = `(
  $1 = 'administrator'
  OR ($1 = 'supervisor' AND (j.supervisor_id = $2 OR EXISTS (
    SELECT 1 FROM users me JOIN users u ON u.id = ANY(j.agent_ids)
    WHERE me.id = $2 AND u.id <> me.id AND (me.team IS NULL OR u.team = me.team))))
  OR ($2 = ANY(j.agent_ids)
    AND (j.spoke OR (NOT j.covert AND (j.agent_sees = 'always'
      OR (j.agent_sees = 'afterwards' AND j.ended_at IS NOT NULL))))))`;

/** The newest first, one more than asked for where there are more. An agent is told of no other agent. */
export const listJoins = (
  database: Queryable,
  user: Pick<User, 'id' | 'role'>,
  query: JoinsQuery,
  limit: number,
): Promise<readonly JoinRecord[]> =>
  database.query<JoinRecord>(
    `SELECT j.id AS "joinId", json_build_object('id', s.id, 'name', s.name) AS supervisor,
       (SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY part.position)
        FROM unnest(j.agent_ids) WITH ORDINALITY AS part (id, position) JOIN users u ON u.id = part.id
        WHERE $1 <> 'agent' OR u.id = $2) AS agents,
       j.contact_id AS "contactId", j.queue, j.started_at AS "startedAt", j.heard_at AS "heardAt",
       j.ended_at AS "endedAt", j.why, j.covert, j.agent_sees AS "agentSees", j.modes
     FROM supervision_joins j JOIN users s ON s.id = j.supervisor_id
     WHERE ${visible}
       AND ($3::uuid IS NULL OR j.contact_id = $3)
       AND ($4::uuid IS NULL OR $4 = ANY(j.agent_ids))
       AND ($5::uuid IS NULL OR j.supervisor_id = $5)
       AND ($6::bigint IS NULL OR j.started_at >= $6)
       AND ($7::bigint IS NULL OR j.started_at < $7)
       AND ($8::boolean IS NULL OR j.covert = $8)
       AND ($9::uuid IS NULL OR (j.started_at, j.id) <
         (SELECT b.started_at, b.id FROM supervision_joins b WHERE b.id = $9))
     ORDER BY j.started_at DESC, j.id DESC LIMIT $10`,
    [
      user.role,
      user.id,
      query.contactId ?? null,
      query.agentId ?? null,
      query.supervisorId ?? null,
      query.from ?? null,
      query.to ?? null,
      query.covert ?? null,
      query.before ?? null,
      limit,
    ],
  );

export const mayListenCovertly = async (database: Queryable, userId: string): Promise<boolean> => {
  const [row] = await database.query<{ readonly may: boolean }>(
    'SELECT may_listen_covertly AS may FROM users WHERE id = $1',
    [userId],
  );
  return row?.may ?? false;
};

/** Answers whether that changed anything. */
export const setMayListenCovertly = async (
  transaction: Transaction,
  userId: string,
  granted: boolean,
): Promise<boolean> =>
  (
    await transaction.query(
      'UPDATE users SET may_listen_covertly = $2 WHERE id = $1 AND may_listen_covertly <> $2 RETURNING id',
      [userId, granted],
    )
  ).length > 0;

/** Where an agent works: the own place, else the team's, else the centre's. */
export const placeOfAgent = async (
  database: Queryable,
  agentId: string,
): Promise<string | null> => {
  const [row] = await database.query<{ readonly place: string | null }>(
    `SELECT coalesce(u.place, t.place,
       (SELECT value #>> '{}' FROM centre_settings WHERE name = 'place')) AS place
     FROM users u LEFT JOIN teams t ON t.name = u.team WHERE u.id = $1`,
    [agentId],
  );
  return row?.place ?? null;
};
