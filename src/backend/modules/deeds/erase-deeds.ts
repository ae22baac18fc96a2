import type { Transaction } from '../../database/database.ts';

/**
 * Takes what is personal out of deeds of these contacts, and cancels what is not done; answers how many there were. Other systems
 * have what is theirs, and answer for it: where it is stays known here, so that they can be asked.
 */
export const eraseDeeds = async (
  transaction: Transaction,
  contactIds: readonly string[],
): Promise<number> => {
  await transaction.query('DELETE FROM contact_tickets WHERE contact_id = ANY($1)', [contactIds]);
  const erased = await transaction.query<object>(
    `UPDATE deeds SET body = '{}', attempt_body = NULL, lease_id = NULL, lease_until = NULL,
       state = CASE state WHEN 'done' THEN 'done' ELSE 'cancelled' END
     WHERE contact_id = ANY($1) AND (body <> '{}' OR state IN ('waiting', 'sending', 'dead')) RETURNING 1`,
    [contactIds],
  );
  return erased.length;
};
