import type { AgentQueues } from '../../../shared/api/acting.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

type QueueRow = Omit<AgentQueues['queues'][number], 'usually'>;

export type ForToday = { readonly usual: readonly string[]; readonly endsAt: number };

export const findForToday = async (
  database: Queryable,
  agentId: string,
): Promise<ForToday | null> => {
  const [row] = await database.query<ForToday>(
    'SELECT usual, ends_at AS "endsAt" FROM queues_for_today WHERE agent_id = $1',
    [agentId],
  );
  return row ?? null;
};

export const readAgentQueues = async (
  database: Queryable,
  agentId: string,
): Promise<AgentQueues> => {
  const [queues, today] = await Promise.all([
    database.query<QueueRow>(
      `SELECT q.name, q.label, a.user_id IS NOT NULL AS serves
       FROM queues q LEFT JOIN queue_agents a ON a.queue = q.name AND a.user_id = $1
       ORDER BY q.position, q.name`,
      [agentId],
    ),
    findForToday(database, agentId),
  ]);
  return {
    queues: queues.map((queue) => ({
      ...queue,
      usually: today === null ? queue.serves : today.usual.includes(queue.name),
    })),
    until: today?.endsAt ?? null,
  };
};

/** Until the transaction ends nobody else changes this agent's queues. */
export const lockAgent = async (transaction: Transaction, agentId: string): Promise<void> => {
  await transaction.query('SELECT 1 AS locked FROM users WHERE id = $1 FOR NO KEY UPDATE', [
    agentId,
  ]);
};

/** Names that are no queue, or not any more, are left out. */
export const replaceQueues = async (
  transaction: Transaction,
  agentId: string,
  queues: readonly string[],
): Promise<void> => {
  await transaction.query(
    'DELETE FROM queue_agents WHERE user_id = $1 AND NOT queue = ANY($2::text[])',
    [agentId, queues],
  );
  await transaction.query(
    `INSERT INTO queue_agents (queue, user_id) SELECT name, $1 FROM queues WHERE name = ANY($2::text[])
     ON CONFLICT DO NOTHING`,
    [agentId, queues],
  );
};

/** null: what the agent serves now is for good. */
export const putForToday = async (
  transaction: Transaction,
  agentId: string,
  today: ForToday | null,
): Promise<void> => {
  await transaction.query(
    today === null
      ? 'DELETE FROM queues_for_today WHERE agent_id = $1'
      : `INSERT INTO queues_for_today (agent_id, usual, ends_at) VALUES ($1, $2, $3)
         ON CONFLICT (agent_id) DO UPDATE SET usual = excluded.usual, ends_at = excluded.ends_at`,
    today === null ? [agentId] : [agentId, today.usual, today.endsAt],
  );
};

export const listOver = async (database: Queryable, at: number): Promise<readonly string[]> =>
  (
    await database.query<{ readonly agentId: string }>(
      'SELECT agent_id AS "agentId" FROM queues_for_today WHERE ends_at <= $1',
      [at],
    )
  ).map(({ agentId }) => agentId);
