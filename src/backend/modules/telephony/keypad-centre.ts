import { Type, type Static } from 'typebox';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** That a queue's callers are asked about recording by keypad before they wait, as the file of a centre has it. */
export const queueKeypadSchema = Type.Object(
  {
    /** Of the words that are played; `customer`: the caller's own, as far as there are words in it. */
    language: Type.Enum(['customer', 'en', 'es', 'pt']),
  },
  { additionalProperties: false },
);

export type QueueKeypad = Immutable<Static<typeof queueKeypadSchema>>;
type Queue = { readonly name: string; readonly keypadPrompt?: QueueKeypad | undefined };

export const saveKeypads = async (
  transaction: Transaction,
  queues: readonly Queue[],
): Promise<void> => {
  for (const { name, keypadPrompt } of queues) {
    await transaction.query('UPDATE queues SET keypad_language = $2 WHERE name = $1', [
      name,
      keypadPrompt?.language ?? null,
    ]);
  }
};

/** By queue; those that ask nobody are left out. */
export const showKeypads = async (
  database: Queryable,
): Promise<ReadonlyMap<string, QueueKeypad>> => {
  const rows = await database.query<QueueKeypad & { readonly name: string }>(
    `SELECT name, keypad_language AS language FROM queues WHERE keypad_language IS NOT NULL`,
  );
  return new Map(rows.map(({ name, language }) => [name, { language }]));
};
