import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Transaction } from './database.ts';

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
};

/** Any number that no other program locks by: two backends that start together migrate one after the other. */
const lockKey = 7_214_401;

export const migrationsFolder = join(import.meta.dirname, '..', 'migrations');

/** Reads `NNNN-name.sql` files; numbers begin at 1 and have no gap. */
export const readMigrations = async (folder: string): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/u.exec(name)?.[1] ?? Number.NaN);
      if (number !== index + 1) {
        throw new Error(`migration ${name} should be number ${String(index + 1)}`);
      }
      const sql = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
      return { number, name, sql, checksum };
    }),
  );
};

const checkEncoding = async (transaction: Transaction): Promise<void> => {
  const [row] = await transaction.query<{ readonly encoding: string }>(
    `SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()`,
  );
  if (row?.encoding !== 'UTF8') {
    throw new Error(
      `the database's encoding is ${row?.encoding ?? 'unknown'}; it must be made with ENCODING 'UTF8'`,
    );
  }
};

/** Brings the schema up to date; only ever forward. Answers how many migrations were run. */
export const migrate = async (
  database: Database,
  migrations: readonly Migration[],
): Promise<number> =>
  database.transaction(async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    await checkEncoding(transaction);
    await transaction.query(
      `CREATE TABLE IF NOT EXISTS migrations (
         number integer PRIMARY KEY,
         name text NOT NULL,
         checksum text NOT NULL,
         run_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
    const done = await transaction.query<Migration>(
      'SELECT number, name, checksum FROM migrations ORDER BY number',
    );
    for (const { number, name, checksum } of done) {
      const known = migrations[number - 1];
      if (known === undefined) {
        throw new Error(`the database is newer than this program: it has migration ${name}`);
      }
      if (known.checksum !== checksum) {
        throw new Error(`migration ${name} was changed after it had been run`);
      }
    }
    const missing = migrations.slice(done.length);
    for (const { number, name, sql, checksum } of missing) {
      await transaction.script(sql);
      await transaction.query(
        'INSERT INTO migrations (number, name, checksum) VALUES ($1, $2, $3)',
        [number, name, checksum],
      );
    }
    return missing.length;
  });
