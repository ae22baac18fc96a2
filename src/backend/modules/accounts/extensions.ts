import type { User } from '../../../shared/api/records.ts';
import type { Database } from '../../database/database.ts';
import { findUserByExtension, listUsers } from './accounts-repository.ts';

/** Who has which extension, remembered: a ringing call must not wait for a query. */
export type Extensions = {
  /** What is remembered; undefined: nothing yet. */
  readonly known: (extension: string) => User | undefined;
  readonly find: (extension: string) => Promise<User | null>;
  /** Reads everybody anew. */
  readonly load: () => Promise<void>;
};

export const createExtensions = (database: Database): Extensions => {
  const users = new Map<string, User>();
  return {
    known: (extension) => users.get(extension),
    find: async (extension) => {
      const user = users.get(extension) ?? (await findUserByExtension(database, extension));
      if (user !== null) users.set(extension, user);
      return user;
    },
    load: async () => {
      const all = await listUsers(database);
      users.clear();
      for (const user of all) users.set(user.extension, user);
    },
  };
};
