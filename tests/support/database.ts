import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from '../../scripts/services/postgres.ts';
import { createDatabase, type Database } from '../../src/backend/database/database.ts';
import { migrate, migrationsFolder, readMigrations } from '../../src/backend/database/migrate.ts';
import { createLog } from '../../src/backend/log.ts';
import { withChain } from '../../src/backend/modules/chain/chain.ts';
import { chainKeyOf } from '../../src/backend/modules/chain/chain-key.ts';

/** A real PostgreSQL for one test file; each test takes a fresh database of it. */
export type DatabaseServer = {
  /** A new database with the schema and whatever `prepare` put there. */
  readonly fresh: () => Promise<FreshDatabase>;
  readonly urlOf: (database: string) => string;
  /** The same server goes away, as in a power cut, and comes back on the same port. */
  readonly crash: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type FreshDatabase = { readonly url: string; readonly database: Database };

const template = 'template_of_tests';
export const testChainSeed = Buffer.alloc(32, 1);
export const testChainKey = chainKeyOf(testChainSeed);
export const quietLog = createLog(process.env['RINGSIDE_TEST_LOG'] ?? 'silent');

const urlOf = (server: RunningPostgres, database: string): string => {
  const url = new URL(server.databaseUrl);
  url.pathname = `/${database}`;
  return url.href;
};

const administer = async (server: RunningPostgres, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: urlOf(server, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

export const startDatabaseServer = async (
  prepare: (database: Database) => Promise<void>,
  { durable = false }: { readonly durable?: boolean } = {},
): Promise<DatabaseServer> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ringside-test-'));
  let server = await startPostgres({ dataDir });
  if (!durable) {
    // No power is cut here: what the server wrote survives its own death without being forced to disk.
    await administer(server, 'ALTER SYSTEM SET fsync = off');
    await administer(server, 'SELECT pg_reload_conf()');
  }
  await administer(server, `CREATE DATABASE ${template}`);
  const first = createDatabase(urlOf(server, template), quietLog);
  await migrate(first, await readMigrations(migrationsFolder));
  await prepare(first);
  await first.close();
  const open: Database[] = [];
  let count = 0;
  return {
    fresh: async () => {
      count += 1;
      const name = `test_${String(count)}`;
      await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
      const url = urlOf(server, name);
      const pool = withChain(createDatabase(url, quietLog), testChainKey, Date.now);
      let closed: Promise<void> | null = null;
      const database: Database = { ...pool, close: () => (closed ??= pool.close()) };
      open.push(database);
      return { url, database };
    },
    urlOf: (name) => urlOf(server, name),
    crash: async () => {
      const { pid } = server.child;
      process.kill(pid, 'SIGKILL');
      await server.child.exited;
    },
    restart: async () => {
      server = await startPostgres({ dataDir });
    },
    stop: async () => {
      await Promise.all(open.map((database) => database.close()));
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
