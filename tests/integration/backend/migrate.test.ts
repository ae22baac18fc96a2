import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  migrate,
  migrationsFolder,
  readMigrations,
} from '../../../src/backend/database/migrate.ts';
import { seedDemo } from '../../../src/backend/modules/demo/seed.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { parsePhoneNumber } from '../../../src/shared/domain/phone-number/phone-number.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;

beforeAll(async () => {
  server = await startDatabaseServer(() => Promise.resolve());
});
afterAll(() => server.stop());

const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-migrations-'));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  return folder;
};

test('a schema that is up to date is left as it is', async () => {
  const { database } = await server.fresh();
  expect(await migrate(database, await readMigrations(migrationsFolder))).toBe(0);
});

test('a changed migration, a missing number and a newer database are refused', async () => {
  const { database } = await server.fresh();
  const [first] = await readMigrations(migrationsFolder);
  if (first === undefined) throw new Error('there is no migration');
  await expect(migrate(database, [{ ...first, checksum: 'other' }])).rejects.toThrow(
    /was changed/u,
  );
  await expect(migrate(database, [])).rejects.toThrow(/newer than this program/u);
  const folder = await folderWith({ '0001-a.sql': 'SELECT 1', '0003-c.sql': 'SELECT 1' });
  await expect(readMigrations(folder)).rejects.toThrow(/0003-c.sql should be number 2/u);
  await rm(folder, { recursive: true });
});

test('two backends that start at once migrate one after the other; what fails leaves nothing behind', async () => {
  const { database } = await server.fresh();
  const known = await readMigrations(migrationsFolder);
  const next = (sql: string) => [
    ...known,
    { number: known.length + 1, name: 'next.sql', sql, checksum: sql },
  ];
  await expect(
    migrate(database, next('CREATE TABLE a (x int); SELECT nonsense')),
  ).rejects.toThrow();
  const good = next('SELECT pg_sleep(0.3); CREATE TABLE a (x int)');
  expect((await Promise.all([migrate(database, good), migrate(database, good)])).sort()).toEqual([
    0, 1,
  ]);
});

test('the demo centre is made once, also by two at once, and makes sense', async () => {
  const { database } = await server.fresh();
  const now = Date.now;
  const seed = () => seedDemo(database, now, createMintId(now));
  expect((await Promise.all([seed(), seed()])).sort()).toEqual([false, true]);
  expect(await seed()).toBe(false);
  const [counts] = await database.query(
    `SELECT (SELECT count(*) FROM customers) AS customers,
       (SELECT count(*) FROM wrap_up_codes) >= 12 AS codes,
       (SELECT count(*) FROM tickets WHERE status = 'open') > 10 AS tickets,
       (SELECT count(*) FROM contacts) > 150 AS contacts,
       (SELECT count(*) FROM legs WHERE handle_ms <> talk_ms + hold_ms + wrap_up_ms) AS wrong,
       (SELECT count(*) FROM legs WHERE finished_at > $1) AS future`,
    [now()],
  );
  expect(counts).toEqual({
    customers: 122,
    codes: true,
    tickets: true,
    contacts: true,
    wrong: 0,
    future: 0,
  });
  const numbers = await database.query<{ readonly number: string; readonly country: string }>(
    `SELECT n.number, c.country FROM customer_numbers n JOIN customers c ON c.id = n.customer_id`,
  );
  for (const { number, country } of numbers) {
    expect(parsePhoneNumber(number, 'US')).toMatchObject({ e164: number, country });
  }
  const shared = await database.query(
    'SELECT number FROM customer_numbers GROUP BY number HAVING count(*) > 1',
  );
  expect(shared).toEqual([{ number: '+442079460120' }]);
}, 40_000);

test('legs that two backends counted are one after the update, and each is its agent’s', async () => {
  const { database } = await server.fresh();
  const known = await readMigrations(migrationsFolder);
  await database.transaction((transaction) =>
    transaction.script('DROP SCHEMA public CASCADE; CREATE SCHEMA public'),
  );
  await migrate(database, known.slice(0, 27));
  const [agent] = await database.query<{ readonly id: string; readonly extension: string }>(
    `INSERT INTO users (id, username, name, role, extension, password_hash)
     VALUES (gen_random_uuid(), 'ana', 'Ana', 'agent', '1001', '') RETURNING id, extension`,
  );
  const legs = [
    ['k', '', 1_000, '{"lost":1}'],
    ['k', '', 1_004, '{"lost":1}'],
    ['k', '', 90_000, '{"lost":1}'],
    ['k', agent?.extension, 1_000, '{"lost":2}'],
    ['k', '999999', 1_000, '{"lost":3}'],
  ];
  for (const leg of legs) {
    await database.query(
      `INSERT INTO leg_counts (id, call_key, extension, at, is_bad, counts)
       VALUES (gen_random_uuid(), $1, $2, $3, false, $4)`,
      leg,
    );
  }
  await migrate(database, known);
  const kept = await database.query(
    'SELECT agent_id AS "agentId", counts FROM leg_counts ORDER BY counts, at',
  );
  expect(kept).toEqual([
    { agentId: null, counts: '{"lost":1}' },
    { agentId: null, counts: '{"lost":1}' },
    { agentId: agent?.id, counts: '{"lost":2}' },
  ]);
});
