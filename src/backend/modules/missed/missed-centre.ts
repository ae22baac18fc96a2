import type { Queryable, Transaction } from '../../database/database.ts';
import { readMissesBeforeNotReady } from './missed-repository.ts';

/** What a centre says of missed calls, as its file has it. */
type Rules = { readonly missesBeforeNotReady?: number | undefined };

export const saveMissedRules = async (
  transaction: Transaction,
  { missesBeforeNotReady }: Rules,
): Promise<void> => {
  if (missesBeforeNotReady === undefined) return;
  await transaction.query(
    `INSERT INTO centre_settings (name, value) VALUES ('missesBeforeNotReady', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(missesBeforeNotReady)],
  );
};

export const showMissedRules = async (
  database: Queryable,
): Promise<{ readonly missesBeforeNotReady: number }> => ({
  missesBeforeNotReady: await readMissesBeforeNotReady(database),
});
