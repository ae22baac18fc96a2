import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { Keeping } from '../keeping/keeping.ts';
import { createImports, type Imports } from './import/import-customers.ts';
import { findLiveCallKeys } from './record-repository.ts';
import { createDirectoryRecords, type DirectoryRecords } from './records.ts';
import { createDirectoryTokens, type DirectoryTokens } from './tokens.ts';

/** How customers come into the directory other than by hand: files, and other systems. */
export type OwnDirectory = {
  readonly imports: Imports;
  readonly tokens: DirectoryTokens;
  readonly records: DirectoryRecords;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Pick<Contacts, 'changedAll'>;
  readonly keeping: Pick<Keeping, 'remove'>;
  readonly now: Now;
  readonly mintId: MintId;
  readonly country: string;
};

export const createOwnDirectory = (needs: Needs): OwnDirectory => {
  const { database, contacts } = needs;
  const onChanged = async (customerIds: readonly string[]): Promise<void> => {
    if (customerIds.length === 0) return;
    await contacts.changedAll(await findLiveCallKeys(database, customerIds));
  };
  return {
    imports: createImports({ ...needs, onChanged }),
    tokens: createDirectoryTokens(needs),
    records: createDirectoryRecords({ ...needs, onChanged, onGone: contacts.changedAll }),
  };
};
