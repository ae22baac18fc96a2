import { createHash } from 'node:crypto';
import { Pool, types, type PoolClient, type QueryConfig } from 'pg';
import type { Log } from '../log.ts';

/** One statement. `Row` is what its select list says; the caller answers for the two to agree. */
export interface Queryable {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** Statements that take effect together or not at all. */
export interface Transaction extends Queryable {
  readonly inTransaction: true;
  /** Several statements at once, without values. */
  script(text: string): Promise<void>;
}

export interface Database extends Queryable {
  transaction<Value>(work: (transaction: Transaction) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** Epoch milliseconds and counts are far below 2^53. */
types.setTypeParser(types.builtins.INT8, Number);

const deadlockDetected = '40P01';
const serializationFailure = '40001';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';

// PostgreSQL's classes 08 (connection), 40 (a rival was faster, again and again), 53 (no disk, memory or connection left),
// 57 (shutting down, starting up, out of time) and 58 (the system under it failed), and what the operating system and the
// driver say when there is nobody to talk to.
const awayCodes =
  /^(?:(?:08|40|53|57|58)...|3D000|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/u;
const awayMessages =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after calling end/u;

/** True when the database could not be talked to, or could not work: nothing is wrong with what was asked. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (awayCodes.test(codeOf(error))) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return error instanceof Error && awayMessages.test(error.message);
};

const names = new Map<string, string>();

/**
 * Every statement is prepared once per connection: planning the larger ones takes longer than running them. Texts are
 * constants of the program, so their number is small.
 */
const prepared = (text: string, values: readonly unknown[]): QueryConfig => {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    names.set(text, name);
  }
  return { name, text, values: [...values] };
};

const queryableOf = (client: PoolClient): Transaction => ({
  inTransaction: true,
  query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(prepared(text, values))).rows,
  script: async (text) => {
    await client.query(text);
  },
});

/** A pool that outlives its server: broken connections are dropped and made anew when next needed. */
export const createDatabase = (url: string, log: Log): Database => {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    // A call after a quiet hour must not wait for connections to be made.
    min: 4,
    connectionTimeoutMillis: 3_000,
    // A server that vanished without a word must not hold a request for ever.
    query_timeout: 10_000,
    statement_timeout: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'ringside',
  });
  pool.on('error', (error) => {
    log.warn({ error }, 'an idle database connection broke');
  });

  const attempt = async <Value>(work: (transaction: Transaction) => Promise<Value>) => {
    const client = await pool.connect();
    // An error event without a listener would end the process; the query in flight rejects by itself.
    const onError = (error: Error) => {
      log.warn({ error }, 'a database connection broke');
    };
    client.on('error', onError);
    let broken = false;
    try {
      await client.query('BEGIN');
      const value = await work(queryableOf(client));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      try {
        await client.query('ROLLBACK');
      } catch {
        // The connection is gone, and the transaction with it.
        broken = true;
      }
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  };

  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(prepared(text, values))).rows,
    transaction: async (work) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(work);
        } catch (error) {
          const code = codeOf(error);
          if (tries === 3 || (code !== deadlockDetected && code !== serializationFailure)) {
            throw error;
          }
        }
      }
    },
    close: () => pool.end(),
  };
};
