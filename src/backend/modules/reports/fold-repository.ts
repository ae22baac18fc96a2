import type { Queryable, Transaction } from '../../database/database.ts';
import { addedSums, sumColumns, sumsOf } from './sum-columns.ts';

/** Any number that no other program locks by: one backend folds at a time. */
const lockKey = 7_214_410;

/** Until the transaction ends. */
export const tryFoldLock = async (transaction: Transaction): Promise<boolean> => {
  const [row] = await transaction.query<{ readonly mine: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1) AS mine',
    [lockKey],
  );
  return row?.mine === true;
};

export const hasWork = async (database: Queryable): Promise<boolean> => {
  const [row] = await database.query<{ readonly has: boolean }>(
    `SELECT EXISTS (SELECT FROM report_deltas) OR EXISTS (SELECT FROM report_marks) AS has`,
  );
  return row?.has === true;
};

/**
 * Moves deltas into the roll-ups: one statement, so that whoever reads both sees each of them once. Answers how many.
 */
export const foldDeltas = async (database: Queryable, limit: number): Promise<number> => {
  const [row] = await database.query<{ readonly folded: number }>(
    `WITH taken AS (
       DELETE FROM report_deltas
       WHERE id IN (SELECT id FROM report_deltas ORDER BY id LIMIT $1) RETURNING *),
     stepped AS (
       SELECT s.step, t.bucket - t.bucket % s.ms AS place, t.* FROM taken t,
         (VALUES (15, 900000), (60, 3600000)) AS s (step, ms)),
     by_agent AS (
       INSERT INTO report_rollups AS r (step, bucket, agent_id, queue, cause, ${sumColumns})
       SELECT step, place, agent_id, queue, cause, ${sumsOf('t')} FROM stepped t
       GROUP BY step, place, agent_id, queue, cause
       ON CONFLICT (step, bucket, agent_id, queue, cause) DO UPDATE SET ${addedSums('r')}),
     by_queue AS (
       INSERT INTO report_queue_rollups AS r (step, bucket, queue, code, cause, ${sumColumns})
       SELECT step, place, queue, code, cause, ${sumsOf('t')} FROM stepped t
       GROUP BY step, place, queue, code, cause
       ON CONFLICT (step, bucket, queue, code, cause) DO UPDATE SET ${addedSums('r')})
     SELECT count(*) AS folded FROM taken`,
    [limit],
  );
  return row?.folded ?? 0;
};

/** Contacts of which it is to be found out anew whether they resolved what they were about. */
export const takeMarks = async (
  transaction: Transaction,
  limit: number,
): Promise<{ readonly marks: number; readonly contactIds: readonly string[] }> => {
  const rows = await transaction.query<{ readonly contactId: string }>(
    `DELETE FROM report_marks WHERE id IN (SELECT id FROM report_marks ORDER BY id LIMIT $1)
     RETURNING contact_id AS "contactId"`,
    [limit],
  );
  return { marks: rows.length, contactIds: [...new Set(rows.map((row) => row.contactId))] };
};

/** A place in a customer's history of one topic. */
export type TopicPlace = {
  readonly customerId: string;
  readonly queue: string;
  readonly code: string;
  readonly startedAt: number;
};

export const findTopicPlaces = (
  database: Queryable,
  contactIds: readonly string[],
): Promise<readonly TopicPlace[]> =>
  database.query<TopicPlace>(
    `SELECT customer_id AS "customerId", queue, code, started_at AS "startedAt"
     FROM first_contacts WHERE contact_id = ANY($1::uuid[])`,
    [contactIds],
  );

/** What stands of these contacts is as their rows are now. Whether the customer came back is found out next. */
export const writeFirstContacts = async (
  transaction: Transaction,
  contactIds: readonly string[],
): Promise<void> => {
  await transaction.query(
    `WITH facts AS (
       SELECT k.id, k.customer_id, k.started_at, last.agent_id, last.finished_at,
         coalesce(last.queue, '') AS queue, coalesce(last.code, '') AS code
       FROM contacts k CROSS JOIN LATERAL (
         SELECT g.agent_id, g.finished_at, g.queue, g.code FROM legs g
         WHERE g.contact_id = k.id AND g.finished_at IS NOT NULL AND g.answered_at IS NOT NULL
           AND NOT g.is_consult AND NOT g.is_mailbox
         ORDER BY g.finished_at DESC, g.call_id LIMIT 1) last
       WHERE k.id = ANY($1::uuid[]) AND k.customer_id IS NOT NULL AND k.direction = 'inbound'),
     gone AS (
       DELETE FROM first_contacts f WHERE f.contact_id = ANY($1::uuid[])
         AND NOT EXISTS (SELECT FROM facts WHERE facts.id = f.contact_id))
     INSERT INTO first_contacts AS f (contact_id, customer_id, queue, code, started_at, agent_id, finished_at)
     SELECT id, customer_id, queue, code, started_at, agent_id, finished_at FROM facts
     ON CONFLICT (contact_id) DO UPDATE SET customer_id = EXCLUDED.customer_id, queue = EXCLUDED.queue,
       code = EXCLUDED.code, started_at = EXCLUDED.started_at, agent_id = EXCLUDED.agent_id,
       finished_at = EXCLUDED.finished_at
     WHERE (f.customer_id, f.queue, f.code, f.started_at, f.agent_id, f.finished_at)
       IS DISTINCT FROM (EXCLUDED.customer_id, EXCLUDED.queue, EXCLUDED.code, EXCLUDED.started_at,
         EXCLUDED.agent_id, EXCLUDED.finished_at)`,
    [contactIds],
  );
};

/** Says of every contact near these places whether the same customer called again about the same topic in time. */
export const judgeRepeats = async (
  transaction: Transaction,
  places: readonly TopicPlace[],
): Promise<void> => {
  await transaction.query(
    `WITH place AS (
       SELECT DISTINCT p.*, coalesce(q.repeat_days, 7) * 86400000::bigint AS window_ms
       FROM jsonb_to_recordset($1)
         AS p ("customerId" uuid, queue text, code text, "startedAt" bigint)
       LEFT JOIN queues q ON q.name = p.queue),
     judged AS (
       SELECT DISTINCT f.contact_id, EXISTS (
         SELECT FROM first_contacts o
         WHERE o.customer_id = f.customer_id AND o.queue = f.queue AND o.code = f.code
           AND (o.started_at, o.contact_id) > (f.started_at, f.contact_id)
           AND o.started_at <= f.started_at + p.window_ms) AS repeated
       FROM place p JOIN first_contacts f ON f.customer_id = p."customerId" AND f.queue = p.queue
         AND f.code = p.code AND f.started_at BETWEEN p."startedAt" - p.window_ms AND p."startedAt")
     UPDATE first_contacts f SET repeated = j.repeated
     FROM judged j WHERE j.contact_id = f.contact_id AND f.repeated IS DISTINCT FROM j.repeated`,
    [JSON.stringify(places)],
  );
};
