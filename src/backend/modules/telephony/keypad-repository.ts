import type { Queryable } from '../../database/database.ts';

/** What decides about a prompt, beside the facts and the rule. */
export type KeypadTerms = {
  /** null: this queue asks nobody. */
  readonly language: string | null;
  /** Of the contact's record; null: nobody's. */
  readonly customerLanguage: string | null;
  /** Whoever of the queue may come to hear the caller. */
  readonly agentIds: readonly string[];
};

export const findKeypadTerms = async (
  database: Queryable,
  queue: string,
  customerId: string | null,
): Promise<KeypadTerms> => {
  const [row] = await database.query<KeypadTerms>(
    `SELECT q.keypad_language AS language,
       (SELECT language FROM customers WHERE id = $2) AS "customerLanguage",
       ARRAY(SELECT a.user_id FROM queue_agents a JOIN users u ON u.id = a.user_id
         WHERE a.queue = q.name AND u.active) AS "agentIds"
     FROM queues q WHERE q.name = $1`,
    [queue, customerId],
  );
  return row ?? { language: null, customerLanguage: null, agentIds: [] };
};

/** Which queues ask, by name. */
export const findKeypadQueues = async (
  database: Queryable,
): Promise<ReadonlyMap<string, boolean>> => {
  const rows = await database.query<{ readonly name: string; readonly asks: boolean }>(
    'SELECT name, keypad_language IS NOT NULL AS asks FROM queues',
  );
  return new Map(rows.map(({ name, asks }) => [name, asks]));
};
