import type { Queue, Reason, Today, WrapUpCode } from '../../../shared/api/records.ts';
import type { Queryable } from '../../database/database.ts';

export const listQueuesWithLabels = (
  database: Queryable,
  userId: string,
): Promise<readonly Queue[]> =>
  database.query<Queue>(
    `SELECT q.name, q.label, q.auto_answer AS "autoAnswer" FROM queues q JOIN queue_agents a ON a.queue = q.name
     WHERE a.user_id = $1 ORDER BY q.position, q.name`,
    [userId],
  );

export const listAllQueues = (
  database: Queryable,
): Promise<readonly Pick<Queue, 'name' | 'label'>[]> =>
  database.query('SELECT name, label FROM queues ORDER BY position, name');

/** null: there is no such queue. */
export const setAutoAnswer = async (
  database: Queryable,
  queue: string,
  autoAnswer: boolean,
): Promise<Queue | null> => {
  const [row] = await database.query<Queue>(
    `UPDATE queues SET auto_answer = $2 WHERE name = $1
     RETURNING name, label, auto_answer AS "autoAnswer"`,
    [queue, autoAnswer],
  );
  return row ?? null;
};

export const listReasons = (database: Queryable): Promise<readonly Reason[]> =>
  database.query<Reason>(
    'SELECT code, label FROM not_ready_reasons WHERE active ORDER BY position, code',
  );

export const isReason = async (database: Queryable, code: string): Promise<boolean> =>
  (
    await database.query<{ readonly code: string }>(
      'SELECT code FROM not_ready_reasons WHERE code = $1 AND active',
      [code],
    )
  ).length > 0;

export const listWrapUpCodes = (database: Queryable): Promise<readonly WrapUpCode[]> =>
  database.query<WrapUpCode>(
    'SELECT code, label, queue FROM wrap_up_codes WHERE active ORDER BY position, code',
  );

/** For an agent who serves no queue. */
const usualTargetHandleMs = 240_000;

export const readToday = async (
  database: Queryable,
  agentId: string,
  sinceMs: number,
): Promise<Today> => {
  const [row] = await database.query<Today>(
    `SELECT
       (SELECT count(*) FROM legs WHERE agent_id = $1 AND finished_at >= $2
          AND answered_at IS NOT NULL AND NOT is_consult) AS contacts,
       (SELECT count(*) FROM agent_state_log WHERE agent_id = $1 AND at >= $2
          AND event @> '{"kind": "offer_ended", "how": "missed"}') AS missed,
       (SELECT coalesce(sum(handle_ms), 0)::bigint FROM legs WHERE agent_id = $1
          AND finished_at >= $2 AND answered_at IS NOT NULL AND NOT is_consult) AS "handleMs",
       (SELECT coalesce(avg(q.target_handle_ms), $3)::bigint FROM queues q
          JOIN queue_agents a ON a.queue = q.name WHERE a.user_id = $1) AS "targetHandleMs"`,
    [agentId, sinceMs, usualTargetHandleMs],
  );
  return row ?? { contacts: 0, missed: 0, handleMs: 0, targetHandleMs: usualTargetHandleMs };
};
