import type { Queue, Today } from '../../../shared/api/records.ts';
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
          AND answered_at IS NOT NULL AND NOT is_consult AND NOT is_mailbox) AS contacts,
       (SELECT count(*) FROM missed_offers WHERE agent_id = $1 AND at >= $2 AND counted) AS missed,
       (SELECT count(*) FROM missed_offers WHERE agent_id = $1 AND at >= $2 AND NOT counted)
         AS "missedTechnical",
       (SELECT coalesce(sum(handle_ms), 0)::bigint FROM legs WHERE agent_id = $1
          AND finished_at >= $2 AND answered_at IS NOT NULL AND NOT is_consult AND NOT is_mailbox) AS "handleMs",
       (SELECT coalesce(avg(q.target_handle_ms), $3)::bigint FROM queues q
          JOIN queue_agents a ON a.queue = q.name WHERE a.user_id = $1) AS "targetHandleMs"`,
    [agentId, sinceMs, usualTargetHandleMs],
  );
  return row ?? { contacts: 0, missed: 0, handleMs: 0, targetHandleMs: usualTargetHandleMs };
};
