import type { Queryable } from '../../database/database.ts';

/**
 * A wrap-up is asked for at the next sign-in if its call ended at most so long before: the shift before a weekend. Of an
 * older call an agent remembers nothing; a supervisor finishes what is left of it.
 */
export const owedForMs = 72 * 3_600_000;

/** Calls of this agent whose wrap-up the ledger still waits for, the oldest first. */
export const findOwedCalls = async (
  database: Queryable,
  agentId: string,
  sinceMs: number,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly callKey: string }>(
      `SELECT k.call_key AS "callKey" FROM legs g JOIN contacts k ON k.id = g.contact_id
       WHERE g.agent_id = $1 AND g.finished_at IS NULL AND g.answered_at IS NOT NULL
         AND g.ended_at >= $2 AND NOT g.is_consult AND NOT g.is_mailbox
       GROUP BY k.call_key ORDER BY min(g.ended_at)`,
      [agentId, sinceMs],
    )
  ).map((row) => row.callKey);
