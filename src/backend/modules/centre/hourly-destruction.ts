import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';

/** What is destroyed by itself once it is older than the centre keeps it. */
export type HourlyDestruction = {
  /** Destroys what is older than that; done at most once an hour. */
  readonly sweep: () => Promise<void>;
};

type Needs = { readonly database: Database; readonly now: Now };

type What = {
  readonly readKeepDays: (database: Database) => Promise<number>;
  /** Each deletes what is older than `$1` (epoch ms), at most `$2` rows, and answers a row for each. */
  readonly statements: readonly string[];
};

/** A first sweep finds years: no statement is to hold locks for long. */
const atOnce = 5_000;
const sweepEveryMs = 3_600_000;
export const dayMs = 86_400_000;

export const createHourlyDestruction = (
  { database, now }: Needs,
  { readKeepDays, statements }: What,
): HourlyDestruction => {
  let sweptAt = -Infinity;
  return {
    sweep: async () => {
      if (now() - sweptAt < sweepEveryMs) return;
      sweptAt = now();
      const before = now() - (await readKeepDays(database)) * dayMs;
      for (const statement of statements) {
        for (;;) {
          const gone = await database.query<object>(statement, [before, atOnce]);
          if (gone.length < atOnce) break;
        }
      }
    },
  };
};
