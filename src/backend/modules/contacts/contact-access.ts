import type { User } from '../../../shared/api/records.ts';
import type { Queryable } from '../../database/database.ts';

/**
 * Those of the contacts that the user may see: an administrator all; everybody those that they had a part in; a
 * supervisor also those in which an agent of the own team had a part, and those that nobody took in a queue which that
 * team serves; everybody's where the supervisor is of no team.
 */
export const findVisible = async (
  database: Queryable,
  user: Pick<User, 'id' | 'role'>,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (user.role === 'administrator') return new Set(contactIds);
  const rows = await database.query<{ readonly id: string }>(
    `SELECT k.id FROM contacts k JOIN users me ON me.id = $2
     WHERE k.id = ANY($1::uuid[]) AND (
       EXISTS (SELECT FROM contact_agents a WHERE a.contact_id = k.id AND a.agent_id = me.id)
       OR ($3 AND (me.team IS NULL
         OR EXISTS (SELECT FROM contact_agents a JOIN users u ON u.id = a.agent_id
           WHERE a.contact_id = k.id AND u.team = me.team)
         OR (NOT EXISTS (SELECT FROM contact_agents a WHERE a.contact_id = k.id)
           AND EXISTS (SELECT FROM queue_agents q JOIN users u ON u.id = q.user_id
             WHERE q.queue = k.queue AND u.team = me.team)))))`,
    [contactIds, user.id, user.role === 'supervisor'],
  );
  return new Set(rows.map(({ id }) => id));
};

export const maySee = async (
  database: Queryable,
  user: Pick<User, 'id' | 'role'>,
  contactId: string,
): Promise<boolean> => (await findVisible(database, user, [contactId])).has(contactId);
