import { Type, type Static } from 'typebox';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';
import type { CallLanguage } from './call-words.ts';

/** The part of a contact centre's file that says how calls are written in other systems. */
export const callLogsCentreSchema = Type.Object(
  { language: Type.Enum(['en', 'es', 'pt']) },
  { additionalProperties: false },
);

type CallLogsPart = { readonly callLogs?: Immutable<Static<typeof callLogsCentreSchema>> };

export const saveCallLogs = async (
  transaction: Transaction,
  { callLogs }: CallLogsPart,
): Promise<void> => {
  await saveCentreSetting(transaction, 'callLogs', callLogs);
};

/** English unless said otherwise. */
export const readCallLanguage = async (database: Queryable): Promise<CallLanguage> => {
  const value = await readCentreSetting<NonNullable<CallLogsPart['callLogs']>>(
    database,
    'callLogs',
  );
  return value?.language ?? 'en';
};

/** Left out where nothing was said. */
export const showCallLogs = async (database: Queryable): Promise<CallLogsPart> => {
  const value = await readCentreSetting<NonNullable<CallLogsPart['callLogs']>>(
    database,
    'callLogs',
  );
  return value === undefined ? {} : { callLogs: value };
};
