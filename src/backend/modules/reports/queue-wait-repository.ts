import type { Queryable } from '../../database/database.ts';

export type WaitBegin = { readonly callKey: string; readonly queue: string; readonly at: number };
export type WaitEnd = WaitBegin & {
  readonly how: 'answered' | 'abandoned' | 'timed_out';
};

/** A call that is told to wait a second time (the PBX was seen again) goes on waiting. */
export const beginWait = async (database: Queryable, wait: WaitBegin): Promise<void> => {
  await database.query(
    `INSERT INTO queue_waits (call_key, queue, entered_at, target_ms, short_ms)
     SELECT $1, $2, $3, coalesce(q.service_level_ms, 20000), coalesce(q.short_abandon_ms, 5000)
     FROM (SELECT 1) one LEFT JOIN queues q ON q.name = $2
     ON CONFLICT (call_key, queue) WHERE left_at IS NULL DO NOTHING`,
    [wait.callKey, wait.queue, wait.at],
  );
};

export const endWait = async (
  database: Queryable,
  { callKey, queue, at, how }: WaitEnd,
  agentId: string | null,
): Promise<void> => {
  await database.query(
    `UPDATE queue_waits SET left_at = greatest(entered_at, $3), how = $4, agent_id = $5
     WHERE call_key = $1 AND queue = $2 AND left_at IS NULL`,
    [callKey, queue, at, how, agentId],
  );
};

/** Who answered came to be known after the wait was over. */
export const correctAnswer = async (
  database: Queryable,
  callKey: string,
  agentId: string,
): Promise<void> => {
  await database.query(
    `UPDATE queue_waits SET agent_id = $2
     WHERE id = (SELECT max(id) FROM queue_waits WHERE call_key = $1)
       AND how = 'answered' AND agent_id IS NULL`,
    [callKey, agentId],
  );
};

/**
 * Waits that ended while nobody was listening. Where a phone told that it answered, that ended the wait; of the others
 * nobody can say how.
 */
export const closeVanishedWaits = async (
  database: Queryable,
  stillWaiting: readonly string[],
  at: number,
): Promise<void> => {
  await database.query(
    `UPDATE queue_waits w SET how = CASE WHEN a.answered_at IS NULL THEN 'vanished' ELSE 'answered' END,
       left_at = greatest(w.entered_at, coalesce(a.answered_at, $2)), agent_id = a.agent_id
     FROM queue_waits o LEFT JOIN LATERAL (
       SELECT g.answered_at, g.agent_id FROM legs g JOIN contacts k ON k.id = g.contact_id
       WHERE k.call_key = o.call_key AND g.answered_at >= o.entered_at AND NOT g.is_consult
       ORDER BY g.answered_at LIMIT 1) a ON true
     WHERE o.left_at IS NULL AND o.entered_at < $2
       AND o.queue || ' ' || o.call_key <> ALL ($1::text[]) AND w.id = o.id`,
    [stillWaiting, at],
  );
};
