import type { BoardAgent, BoardCall, BoardTerms } from '../../../shared/api/board.ts';
import type { Queryable } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';

export type BoardPerson = Pick<
  BoardAgent,
  'id' | 'name' | 'extension' | 'role' | 'team' | 'queues'
>;

/** Everybody who may sign in. */
export const listBoardPeople = (database: Queryable): Promise<readonly BoardPerson[]> =>
  database.query<BoardPerson>(
    `SELECT u.id, u.name, u.extension, u.role, u.team,
       coalesce(array_agg(q.queue ORDER BY q.queue) FILTER (WHERE q.queue IS NOT NULL), '{}') AS queues
     FROM users u LEFT JOIN queue_agents q ON q.user_id = u.id
     WHERE u.active GROUP BY u.id`,
  );

export const readBoardTerms = async (
  database: Queryable,
): Promise<Pick<BoardTerms, 'queues' | 'teams' | 'reasons'>> => {
  const [queues, teams, reasons] = await Promise.all([
    database.query<BoardTerms['queues'][number]>(
      `SELECT name, label, target_handle_ms AS "targetHandleMs", service_level_ms AS "serviceLevelMs",
         service_level_percent / 100.0::float8 AS "serviceLevelTarget"
       FROM queues ORDER BY position, name`,
    ),
    database.query<BoardTerms['teams'][number]>(
      'SELECT name, label FROM teams ORDER BY position, name',
    ),
    database.query<BoardTerms['reasons'][number]>(
      `SELECT code, label, maximum_minutes AS "maximumMinutes" FROM not_ready_reasons ORDER BY position, code`,
    ),
  ]);
  return { queues, teams, reasons };
};

/** A call in which an agent is, by the agent's state. */
export type CallAt = {
  readonly agentId: string;
  readonly callKey: string;
  readonly stage: BoardCall['stage'];
};

export type BoardCallRow = CallAt &
  Pick<BoardCall, 'contactId' | 'queue' | 'since' | 'waitedMs' | 'holds' | 'onHoldSince'> & {
    readonly direction: BoardCall['direction'] | null;
    readonly consulting: boolean;
    readonly customerName: string | null;
    readonly remoteNumber: string | null;
    readonly remoteName: string | null;
    readonly isDeleted: boolean;
  };

/** What phone and PBX have told of these calls; the phone's word before the PBX's. */
export const readBoardCalls = (
  database: Queryable,
  calls: readonly CallAt[],
): Promise<readonly BoardCallRow[]> =>
  database.query<BoardCallRow>(
    `SELECT p."agentId", p."callKey", p.stage, k.id AS "contactId", k.direction,
       coalesce(g.queue, k.queue) AS queue,
       CASE p.stage WHEN 'ringing' THEN coalesce(g.started_at, m.pbx_offered_at)
         WHEN 'talking' THEN coalesce(g.answered_at, m.answered_at, m.pbx_answered_at, g.started_at)
         ELSE coalesce(g.ended_at, m.ended_at, m.pbx_ended_at) END AS since,
       w.wait_ms AS "waitedMs", coalesce(h.holds, 0)::int AS holds,
       CASE WHEN o.kind IN ('hold', 'consult') THEN h.latest END AS "onHoldSince",
       coalesce(o.kind = 'consult', false) AS consulting,
       CASE WHEN k.match IN ('exact', 'confirmed') THEN c.name END AS "customerName",
       k.remote_number AS "remoteNumber", k.remote_name AS "remoteName",
       coalesce(k.match = 'deleted', false) AS "isDeleted"
     FROM jsonb_to_recordset($1) AS p ("agentId" uuid, "callKey" text, stage text)
     LEFT JOIN contacts k ON k.call_key = p."callKey"
     LEFT JOIN customers c ON c.id = k.customer_id
     LEFT JOIN agent_calls m ON m.agent_id = p."agentId" AND m.call_key = p."callKey"
     LEFT JOIN LATERAL (SELECT * FROM legs l WHERE l.contact_id = k.id AND l.agent_id = p."agentId"
       ORDER BY l.is_consult, l.started_at DESC NULLS LAST LIMIT 1) g ON true
     LEFT JOIN LATERAL (SELECT q.wait_ms FROM queue_waits q
       WHERE q.call_key = p."callKey" AND q.wait_ms IS NOT NULL ORDER BY q.id DESC LIMIT 1) w ON true
     -- A consult is part of the hold that it began in.
     LEFT JOIN LATERAL (SELECT count(*) AS holds, max(s.started_at) AS latest FROM segments s
       LEFT JOIN segments b ON b.call_id = s.call_id AND b.position = s.position - 1
         AND b.kind IN ('hold', 'consult')
       WHERE s.call_id = g.call_id AND s.kind IN ('hold', 'consult') AND b.call_id IS NULL) h ON true
     LEFT JOIN LATERAL (SELECT s.kind FROM segments s
       WHERE s.call_id = g.call_id AND s.ended_at IS NULL LIMIT 1) o ON true`,
    [jsonRows(calls)],
  );

export type WaitingRow = {
  readonly queue: string;
  readonly waiting: number;
  readonly since: number;
};

export const readWaiting = (database: Queryable): Promise<readonly WaitingRow[]> =>
  database.query<WaitingRow>(
    `SELECT queue, count(*)::int AS waiting, min(entered_at) AS since
     FROM queue_waits WHERE left_at IS NULL GROUP BY queue`,
  );

export type RecentRow = {
  readonly queue: string;
  readonly counted: number;
  readonly inTime: number;
};

/** Contacts that entered since then: short abandons count for nothing, nor does who waits and may still be in time. */
export const readRecent = (
  database: Queryable,
  since: number,
  now: number,
): Promise<readonly RecentRow[]> =>
  database.query<RecentRow>(
    `SELECT q.name AS queue, r.counted, r."inTime" FROM queues q CROSS JOIN LATERAL (SELECT
       count(*) FILTER (WHERE CASE WHEN w.left_at IS NULL THEN w.entered_at + w.target_ms <= $2::bigint
         ELSE NOT (w.how = 'abandoned' AND w.wait_ms < w.short_ms) END)::int AS counted,
       count(*) FILTER (WHERE w.how = 'answered' AND w.wait_ms <= w.target_ms)::int AS "inTime"
     FROM queue_waits w
     WHERE w.queue = q.name AND w.bucket >= report_bucket($1::bigint) AND w.entered_at >= $1::bigint) r`,
    [since, now],
  );
