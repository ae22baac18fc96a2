import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../src/backend/database/database.ts';
import { appendToChain, withChain } from '../../../src/backend/modules/chain/chain.ts';
import { chainKeyOf } from '../../../src/backend/modules/chain/chain-key.ts';
import { hashOfLine, type ChainLine } from '../../../src/backend/modules/chain/chain-line.ts';
import {
  chainWitnessPath,
  createFileWitness,
  readWitness,
} from '../../../src/backend/modules/chain/chain-witness.ts';
import {
  exportChain,
  readExport,
  verifyExport,
} from '../../../src/backend/modules/chain/export-chain.ts';
import { verifiersOf, verifyChain } from '../../../src/backend/modules/chain/verify-chain.ts';
import { until } from '../../support/backend.ts';
import { startDatabaseServer, testChainKey, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;
let database: Database;
beforeAll(async () => {
  server = await startDatabaseServer(() => Promise.resolve());
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ database } = await server.fresh());
});

const contactId = randomUUID();
const append = (count: number) =>
  database.transaction((transaction) =>
    appendToChain(transaction, { topic: 'consent', contactId, body: { count } }),
  );

const seqs = async () =>
  (await database.query<{ seq: number }>('SELECT seq FROM chain_lines ORDER BY seq')).map(
    ({ seq }) => seq,
  );

test('lines appended at the same time follow one another without a gap', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, count) => append(count)));
  expect(await seqs()).toEqual(Array.from({ length: 13 }, (_, at) => at + 1));
});

test('what was rolled back leaves no line and no gap', async () => {
  await append(1);
  const failing = database.transaction(async (transaction) => {
    await appendToChain(transaction, { topic: 'consent', contactId, body: {} });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await append(2);
  expect(await seqs()).toEqual([1, 2, 3]);
});

const keys = verifiersOf([testChainKey.publicKey]);
const verify = (witnessed: Parameters<typeof verifyChain>[1]['witnessed'] = null) =>
  verifyChain(database, { keys, witnessed });

/** What nobody but the owner of the database can do. */
const tamper = (...statements: readonly string[]) =>
  database.transaction((transaction) =>
    transaction.script(`SET LOCAL session_replication_role = replica; ${statements.join(';')}`),
  );

const month = async (): Promise<void> => {
  for (let day = 0; day < 30; day += 1) {
    await database.transaction((transaction) =>
      appendToChain(
        transaction,
        ...Array.from({ length: 100 }, (_, count) => ({
          topic: 'consent' as const,
          contactId: randomUUID(),
          body: { kind: 'granted', day, count, at: day * 86_400_000 },
        })),
      ),
    );
  }
};

test('a month of facts verifies, and one altered bit of any line is found and named', async () => {
  await month();
  expect(await verify()).toMatchObject({ lines: 3_001, flaws: [], head: { seq: 3_001 } });
  const alterations: readonly (readonly [seq: number, change: string])[] = [
    [5, `body = overlay(body placing 'x' from 3)`],
    [700, 'at = at + 1'],
    [1_300, 'contact_id = gen_random_uuid()'],
    [1_301, 'contact_id = NULL'],
    [1_999, `topic = 'recording'`],
    [2_400, 'hash = set_byte(hash, 31, get_byte(hash, 31) # 1)'],
    [2_600, 'prev = set_byte(prev, 0, get_byte(prev, 0) # 128)'],
    [2_800, 'signature = set_byte(signature, 9, get_byte(signature, 9) # 4)'],
    [3_001, `body = body || ' '`],
  ];
  await tamper(
    ...alterations.map(([seq, change]) => `UPDATE chain_lines SET ${change} WHERE seq = ${seq}`),
  );
  const { flaws } = await verify();
  const named = new Set(flaws.map(({ seq }) => seq));
  for (const [seq] of alterations) expect(named).toContain(seq);
  // Beside them only the line after a hash that was altered.
  expect([...named].filter((seq) => !alterations.some(([altered]) => altered === seq))).toEqual([
    2_401,
  ]);
});

test('a line that was made anew, hash and all, has no signature that fits', async () => {
  for (const count of [1, 2, 3]) await append(count);
  const [line] = await database.query<ChainLine>(
    `SELECT seq, at, topic, contact_id AS "contactId", body, prev, hash, signature, key_id AS "keyId"
     FROM chain_lines WHERE seq = 3`,
  );
  if (line === undefined) throw new Error('there is no such line');
  const body = line.body.replace('2', '7');
  const hash = hashOfLine({ ...line, body }).toString('hex');
  await tamper(
    `UPDATE chain_lines SET body = '${body}', hash = '\\x${hash}' WHERE seq = 3`,
    `UPDATE chain_lines SET prev = '\\x${hash}' WHERE seq = 4`,
  );
  expect((await verify()).flaws).toEqual([
    { seq: 3, what: 'signature' },
    { seq: 4, what: 'altered' },
  ]);
});

test('lines that are missing are named, at the end too, also when the head was set back', async () => {
  for (const count of [1, 2, 3, 4]) await append(count);
  const head = await verify();
  await tamper('DELETE FROM chain_lines WHERE seq = 2');
  expect((await verify()).flaws).toEqual([{ seq: 2, what: 'missing' }]);
  await tamper('DELETE FROM chain_lines WHERE seq >= 4');
  expect((await verify()).flaws).toContainEqual({ seq: 4, what: 'end_missing' });
  await tamper(
    'UPDATE chain_head SET seq = 3, hash = (SELECT hash FROM chain_lines WHERE seq = 3)',
  );
  expect((await verify()).flaws).toEqual([{ seq: 2, what: 'missing' }]);
  expect((await verify(head.head)).flaws).toContainEqual({ seq: 4, what: 'end_missing' });
});

test('a chain that somebody else signed is not taken for ours', async () => {
  await append(1);
  const other = chainKeyOf(Buffer.alloc(32, 5));
  await withChain(database, other, Date.now).transaction((transaction) =>
    appendToChain(transaction, { topic: 'consent', contactId, body: {} }),
  );
  expect((await verify()).flaws).toEqual([
    { seq: 3, what: 'unknown_key' },
    { seq: 4, what: 'unknown_key' },
  ]);
  const both = verifiersOf([testChainKey.publicKey, other.publicKey]);
  expect((await verifyChain(database, { keys: both, witnessed: null })).flaws).toEqual([]);
});

test('an export of one contact is verified without the database, and an altered one is not', async () => {
  for (const count of [1, 2]) await append(count);
  await month();
  const found = await exportChain(database, [contactId], 0);
  const text = JSON.stringify(found);
  const read = readExport(text);
  if (read === null) throw new Error('it cannot be read');
  expect(read.lines.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(verifyExport(read, keys)).toEqual([]);
  const altered = readExport(text.replace(String.raw`{\"count\":2}`, String.raw`{\"count\":3}`));
  expect(altered && verifyExport(altered, keys)).toEqual([{ seq: 3, what: 'altered' }]);
  expect(readExport('{}')).toBeNull();
});

test('the last line is noted outside of the database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-chain-'));
  const path = chainWitnessPath(folder);
  const witness = createFileWitness(path, () => undefined);
  const watched = withChain(database, testChainKey, Date.now, witness);
  for (const count of [1, 2, 3]) {
    await watched.transaction((transaction) =>
      appendToChain(transaction, { topic: 'consent', contactId, body: { count } }),
    );
  }
  await until(() => readWitness(path)?.seq === 4);
  await rm(folder, { recursive: true });
});

test('the database refuses to change or to delete a line', async () => {
  await append(1);
  for (const statement of [
    'UPDATE chain_lines SET at = 0',
    'DELETE FROM chain_lines',
    'TRUNCATE chain_lines',
    'DELETE FROM chain_head',
  ]) {
    await expect(database.query(statement)).rejects.toThrow('only ever added to');
  }
});
