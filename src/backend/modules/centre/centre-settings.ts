import type { Queryable, Transaction } from '../../database/database.ts';

/** Parts of the centre's file that are one value each, kept as they were given. */
export type CentreSetting =
  | 'guidanceVersion'
  | 'callLogs'
  | 'callBacks'
  | 'help'
  | 'lineEvidence'
  | 'outbox'
  | 'listening'
  | 'macros'
  | 'missesBeforeNotReady'
  | 'payment'
  | 'place'
  | 'recordingByService'
  | 'shiftCheck'
  | 'summaries'
  | 'supervision';

/** What the file does not say (undefined) stays as it was. */
export const saveCentreSetting = async (
  transaction: Transaction,
  name: CentreSetting,
  value: unknown,
): Promise<void> => {
  if (value === undefined) return;
  await transaction.query(
    `INSERT INTO centre_settings (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [name, JSON.stringify(value)],
  );
};

/** As its module saved it; undefined: nothing was said. */
export const readCentreSetting = async <Value>(
  database: Queryable,
  name: CentreSetting,
): Promise<Value | undefined> => {
  const [row] = await database.query<{ readonly value: Value }>(
    'SELECT value FROM centre_settings WHERE name = $1',
    [name],
  );
  return row?.value;
};
