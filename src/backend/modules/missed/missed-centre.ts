import type { Queryable, Transaction } from '../../database/database.ts';
import { saveCentreSetting } from '../centre/centre-settings.ts';
import { readMissesBeforeNotReady } from './missed-repository.ts';

/** What a centre says of missed calls, as its file has it. */
type Rules = { readonly missesBeforeNotReady?: number | undefined };

export const saveMissedRules = async (
  transaction: Transaction,
  { missesBeforeNotReady }: Rules,
): Promise<void> => {
  await saveCentreSetting(transaction, 'missesBeforeNotReady', missesBeforeNotReady);
};

export const showMissedRules = async (
  database: Queryable,
): Promise<{ readonly missesBeforeNotReady: number }> => ({
  missesBeforeNotReady: await readMissesBeforeNotReady(database),
});
