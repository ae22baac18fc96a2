import { Type, type Static } from 'typebox';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';

/** Summaries that go out by themselves, as the file of a centre has them. */
export const summaryGivenSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9_]{1,64}$' }),
    /** `day`: of yesterday; `week`: on Monday, of the week before. */
    every: Type.Enum(['day', 'week']),
    /** By the clock on the wall of the centre's zone. */
    at: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
    /** Absent: English. */
    language: Type.Optional(Type.Enum(['en', 'es', 'pt'])),
    /** That team's agents and the queues that it serves; absent: everything. */
    team: Type.Optional(Type.String({ pattern: '^[a-z0-9_]{1,64}$' })),
    /** Who gets it by e-mail. */
    mail: Type.Optional(
      Type.Array(
        Type.String({ pattern: '^[^@\\s<>,;:"()\\[\\]\\\\]+@[^@\\s<>,;:"()\\[\\]\\\\]+$' }),
        {
          maxItems: 100,
        },
      ),
    ),
    /** Whether it is written to the backend's folder of summaries. */
    file: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

export type SummaryGiven = Immutable<Static<typeof summaryGivenSchema>>;
type Rules = { readonly summaries?: readonly SummaryGiven[] | undefined };

/** What of a file cannot be done, in words. */
export const summaryContradictions = ({ summaries = [] }: Rules): readonly string[] =>
  summaries.flatMap(({ name, mail = [], file = false }, index) => [
    ...(summaries.findIndex((other) => other.name === name) < index
      ? [`summaries: "${name}" is there twice`]
      : []),
    ...(mail.length === 0 && !file
      ? [`summaries: "${name}" goes nowhere: "mail" or "file" is needed`]
      : []),
  ]);

export const saveSummaries = async (
  transaction: Transaction,
  { summaries }: Rules,
): Promise<void> => {
  await saveCentreSetting(transaction, 'summaries', summaries);
};

export const readSummaries = async (database: Queryable): Promise<readonly SummaryGiven[]> => {
  const value = await readCentreSetting<readonly SummaryGiven[]>(database, 'summaries');
  return value ?? [];
};

/** Left out where there are none. */
export const showSummaries = async (
  database: Queryable,
): Promise<{ summaries?: SummaryGiven[] }> => {
  const summaries = await readSummaries(database);
  return summaries.length === 0 ? {} : { summaries: [...summaries] };
};
