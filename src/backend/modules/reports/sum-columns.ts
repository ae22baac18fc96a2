import { sumNames, type SumName } from '../../../shared/domain/reporting/sums.ts';

/** `answerWaitMs` is kept as `answer_wait_ms`. */
const columnOf = (name: string): string =>
  name.replaceAll(/[A-Z]/gu, (capital) => `_${capital.toLowerCase()}`);

const columns = sumNames.map(columnOf);

/** All sums, for a select list or an insert. */
export const sumColumns = columns.join(', ');

/** A sum of nothing is null: a roll-up keeps no room for it. */
export const sumsOf = (alias: string): string =>
  columns.map((column) => `nullif(sum(${alias}.${column}), 0)::bigint AS ${column}`).join(', ');

/** The same under the names of the domain (PostgreSQL's own are in lower case); what nobody asks for is not added up. */
export const namedSumsOf = (alias: string, without: readonly SumName[]): string =>
  sumNames
    .map((name) =>
      without.includes(name)
        ? `0 AS "${name}"`
        : `coalesce(sum(${alias}.${columnOf(name)}), 0)::bigint AS "${name}"`,
    )
    .join(', ');

/** What stands grows by what comes. */
export const addedSums = (standing: string): string =>
  columns
    .map(
      (column) =>
        `${column} = nullif(coalesce(${standing}.${column}, 0) + coalesce(EXCLUDED.${column}, 0), 0)`,
    )
    .join(', ');
