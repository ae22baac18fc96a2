import { Type, type Static } from 'typebox';
import type { User } from '../../../shared/api/records.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** Who may play recordings, as the file of a centre has it. */
export const listeningPolicySchema = Type.Object(
  {
    /** Agents may play the recordings of contacts that they had a part in; they may unless said otherwise. */
    agentsOwn: Type.Boolean(),
  },
  { additionalProperties: false },
);

type ListeningPolicy = Immutable<Static<typeof listeningPolicySchema>>;
type Rules = { readonly listening?: ListeningPolicy | undefined };

const usual: ListeningPolicy = { agentsOwn: true };

export const saveListeningPolicy = async (
  transaction: Transaction,
  { listening }: Rules,
): Promise<void> => {
  if (listening === undefined) return;
  await transaction.query(
    `INSERT INTO centre_settings (name, value) VALUES ('listening', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(listening)],
  );
};

const readPolicy = async (database: Queryable): Promise<ListeningPolicy> => {
  const [row] = await database.query<{ readonly value: ListeningPolicy }>(
    `SELECT value FROM centre_settings WHERE name = 'listening'`,
  );
  return row?.value ?? usual;
};

/** Left out where it is as usual. */
export const showListeningPolicy = async (
  database: Queryable,
): Promise<{ readonly listening?: ListeningPolicy }> => {
  const listening = await readPolicy(database);
  return listening.agentsOwn === usual.agentsOwn ? {} : { listening };
};

/**
 * An administrator may play every recording; a supervisor those of contacts in which an agent of the own team had a
 * part, and everybody's where the supervisor is of no team; an agent the own ones, where the centre says so.
 */
export const mayListen = async (
  database: Queryable,
  user: Pick<User, 'id' | 'role'>,
  contactId: string,
): Promise<boolean> => {
  if (user.role === 'administrator') return true;
  if (user.role === 'agent' && !(await readPolicy(database)).agentsOwn) return false;
  const [found] = await database.query(
    `SELECT 1 AS found FROM contact_agents a JOIN users u ON u.id = a.agent_id
       JOIN users me ON me.id = $2
     WHERE a.contact_id = $1
       AND (u.id = me.id OR ($3 AND (me.team IS NULL OR u.team = me.team))) LIMIT 1`,
    [contactId, user.id, user.role === 'supervisor'],
  );
  return found !== undefined;
};
