import { Type, type Static } from 'typebox';
import type { User } from '../../../shared/api/records.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';
import { maySee } from '../contacts/contact-access.ts';

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
  await saveCentreSetting(transaction, 'listening', listening);
};

const readPolicy = async (database: Queryable): Promise<ListeningPolicy> => {
  const value = await readCentreSetting<ListeningPolicy>(database, 'listening');
  return value ?? usual;
};

/** Left out where it is as usual. */
export const showListeningPolicy = async (
  database: Queryable,
): Promise<{ readonly listening?: ListeningPolicy }> => {
  const listening = await readPolicy(database);
  return listening.agentsOwn === usual.agentsOwn ? {} : { listening };
};

/** Whoever may see the contact may play it; agents the own ones, where the centre says so. */
export const mayListen = async (
  database: Queryable,
  user: Pick<User, 'id' | 'role'>,
  contactId: string,
): Promise<boolean> =>
  (user.role !== 'agent' || (await readPolicy(database)).agentsOwn) &&
  (await maySee(database, user, contactId));
