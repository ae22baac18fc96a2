import type { Queryable } from '../../database/database.ts';

/**
 * Where no PBX tells when a call is over, it is over with its last leg. A leg that begins later (a colleague who was
 * called for the customer's sake) takes the end back.
 */
export const endWithLegs = async (
  database: Queryable,
  callKeys: readonly string[],
): Promise<void> => {
  await database.query(
    `UPDATE contacts k SET ended_at = l.ended_at
     FROM (SELECT g.contact_id, CASE WHEN bool_and(g.ended_at IS NOT NULL) THEN max(g.ended_at) END
             AS ended_at
           FROM legs g JOIN contacts c ON c.id = g.contact_id
           WHERE c.call_key = ANY($1) GROUP BY g.contact_id) l
     WHERE k.id = l.contact_id AND k.ended_at IS DISTINCT FROM l.ended_at`,
    [callKeys],
  );
};
