import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { wavHeader } from '../../../src/backend/wav-header.ts';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { readExport, verifyExport } from '../../../src/backend/modules/chain/export-chain.ts';
import { verifiersOf } from '../../../src/backend/modules/chain/verify-chain.ts';
import { findObstacle } from '../../../src/backend/modules/privacy/erase-customer.ts';
import { liftHold, setHold } from '../../../src/backend/modules/privacy/legal-holds.ts';
import {
  startBackend,
  testConfig,
  until,
  type Client,
  type TestBackend,
} from '../../support/backend.ts';
import { customers, makeCentre, people } from '../../support/centre.ts';
import {
  startDatabaseServer,
  testChainKey,
  testChainSeed,
  type DatabaseServer,
  type FreshDatabase,
} from '../../support/database.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

let server: DatabaseServer;
let fresh: FreshDatabase;
let database: Database;
let backend: TestBackend;
let alice: Client;
let folder: string;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-privacy-'));
  fresh = await server.fresh();
  ({ database } = fresh);
  const recordingsPath = join(folder, 'recordings');
  await mkdir(recordingsPath);
  backend = await startBackend(database, {
    config: {
      dataPath: folder,
      recordingsPath,
      recordingStore: { kind: 'folder', path: join(folder, 'kept') },
    },
  });
  alice = await backend.signIn('alice');
});
afterEach(async () => {
  await backend.stop();
  await rm(folder, { recursive: true });
});

const command = (
  script: 'privacy' | 'chain',
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
      cwd: repositoryDirectory,
      env: {
        ...process.env,
        DATABASE_URL: fresh.url,
        RINGSIDE_DATA: folder,
        RINGSIDE_CHAIN_KEY: testChainSeed.toString('base64'),
        RINGSIDE_RECORDING_KEY: testConfig.recordingKey?.toString('base64'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

const wav = (): Buffer => {
  const header = wavHeader({ channels: 2, rate: 16_000, frames: 16_000 });
  return Buffer.concat([header, Buffer.alloc(64_000, 1)]);
};

const secret = 'She has a parrot called Kiwi.';

/** A recorded call of this number from beginning to end; answers its contact. */
const call = async (number: string, name: string, notes: string): Promise<string> => {
  const callKey = randomUUID();
  const journal = createJournal(people.alice.id);
  const facts = wholeCall(callKey, Date.now());
  const remote = { remoteNumber: number, remoteName: name };
  const { callId } = facts.offered;
  const send = async (...bodies: readonly Parameters<typeof journal.event>[0][]) => {
    const events = bodies.map((body) => journal.event(body));
    expect((await alice.ask('POST', '/events', { events })).body).toMatchObject({ refused: [] });
    await backend.backend.idle();
  };
  const report = { at: Date.now(), callKey, extension: '1001' };
  backend.pbx.report({ kind: 'leg_offered', ...report, queue: 'support', ...remote });
  backend.pbx.report({ kind: 'leg_answered', ...report });
  await backend.backend.idle();
  const granted = { id: randomUUID(), callId, callKey, at: Date.now(), kind: 'granted' } as const;
  await send(ledger({ ...facts.offered, ...remote }), ledger(facts.answered), {
    topic: 'consent',
    fact: granted,
  });
  await until(() => backend.pbx.running.size > 0);
  const [running] = backend.pbx.running.keys();
  backend.pbx.recordingPath = join(folder, 'recordings', `${running ?? ''}.wav`);
  await writeFile(backend.pbx.recordingPath, wav());
  backend.pbx.report({ kind: 'leg_ended', ...report, answered: true, cause: 16 });
  await send(ledger(facts.ended), ledger({ ...facts.wrapUp, notes }));
  await until(async () => (await readdir(join(folder, 'recordings'))).length === 0);
  await backend.backend.idle();
  const [contact] = await database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [callKey],
  );
  return contact?.id ?? '';
};

const tablesWith = async (text: string): Promise<readonly string[]> => {
  const tables = await database.query<{ readonly name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await database.query<object>(
      `SELECT 1 FROM ${name} t WHERE t::text ILIKE '%' || $1 || '%' LIMIT 1`,
      [text],
    );
    if (rows.length > 0) found.push(name);
  }
  return found.sort();
};

const recordingOf = async (contactId: string): Promise<string> => {
  const [row] = await database.query<{ readonly id: string }>(
    'SELECT id FROM recordings WHERE contact_id = $1',
    [contactId],
  );
  return row?.id ?? '';
};

const [noraNumber] = customers.nora.numbers;
const [joseNumber] = customers.jose.numbers;

const legCount = {
  ...{ received: 3_000, lost: 7, jitterMs: 2, sent: 3_000, sentLost: 1, roundTripMs: 20 },
};

/** How this contact's call was heard, as its desk and the exchange tell it. */
const hear = async (contactId: string): Promise<void> => {
  const [leg] = await database.query<{ readonly callId: string; readonly callKey: string }>(
    `SELECT g.call_id AS "callId", k.call_key AS "callKey"
     FROM legs g JOIN contacts k ON k.id = g.contact_id WHERE k.id = $1`,
    [contactId],
  );
  const at = Date.now();
  const line = {
    ...{ kind: 'line', id: randomUUID(), ...leg, at, seconds: 9, fairSeconds: 0, badSeconds: 0 },
    ...{ mosMean: 4.3, mosLowest: 4, roundTripMs: 9, jitterMs: 1 },
    ...{ lossPercent: 0, concealedPercent: 0, sentLossPercent: 0 },
  };
  const event = {
    ...{ id: line.id, journalId: randomUUID(), seq: 1, agentId: people.alice.id },
    ...{ writtenAt: at, offsetMs: 0, body: { topic: 'evidence', fact: line } },
  };
  expect((await alice.ask('POST', '/events', { events: [event] })).body).toMatchObject({
    refused: [],
  });
  const { callKey = '' } = leg ?? {};
  for (const extension of [null, '1001']) {
    const counted = { kind: 'leg_counted', at, callKey, count: legCount } as const;
    backend.pbx.report({ ...counted, leg: `1768000000.${extension ?? ''}`, extension });
  }
  await backend.backend.idle();
};

test('access hands out everything that is known, with the recordings and the chain', async () => {
  const contactId = await call(noraNumber, 'NORA W', secret);
  await call(joseNumber, 'JOSE', 'About his order.');
  await hear(contactId);
  const recordingId = await recordingOf(contactId);
  const path = `/contacts/${contactId}/recordings/${recordingId}`;
  const sofia = await backend.signIn('sofia');
  expect((await sofia.ask('GET', path)).status).toBe(200);
  expect((await sofia.ask('GET', path)).status).toBe(200);
  const out = join(folder, 'out');
  expect(await command('privacy', 'access', noraNumber, '--out', out)).toMatchObject({ code: 0 });
  expect((await readFile(join(out, `${recordingId}.wav`))).equals(wav())).toBe(true);
  const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as unknown;
  expect(report).toMatchObject({
    record: { name: 'Nora Whitfield', numbers: [noraNumber] },
    contacts: [
      {
        ...{ id: contactId, legs: [{ notes: secret }], consent: [{ kind: 'granted' }] },
        ...{ soundOfLine: [legCount], soundVerdicts: [{ verdict: 'none', reason: null }] },
      },
    ],
    recordings: [{ id: recordingId, file: `${recordingId}.wav` }],
    // Twice within minutes is one listening.
    played: [{ recordingId, by: 'supervisor' }],
  });
  expect(JSON.stringify(report)).not.toMatch(/order|sofia/u);
  const chain = readExport(await readFile(join(out, 'chain.json'), 'utf8'));
  expect(chain && verifyExport(chain, verifiersOf([testChainKey.publicKey]))).toEqual([]);
  const played = await command('privacy', 'played', recordingId);
  expect(played.output).toContain('sofia');
});

test('erasure leaves nothing personal in any table, no audio, and everybody else untouched', async () => {
  const contactId = await call(noraNumber, 'NORA W', secret);
  const other = await call(joseNumber, 'JOSE', 'About his order.');
  const recordingId = await recordingOf(contactId);
  const put = (path: string, body: unknown) => alice.ask('PUT', path, body);
  const favourite = { kind: 'number', target: noraNumber, label: 'Nora' };
  expect(await put('/favourites', { favourites: [favourite] })).toMatchObject({ status: 200 });
  await database.query(
    `INSERT INTO recording_comments (id, recording_id, at_ms, author, written_at, text) VALUES ($1, $2, 0, $3, 0, $4)`,
    [randomUUID(), recordingId, people.sofia.id, secret],
  );
  await database.query(
    `INSERT INTO missed_offers (id, agent_id, contact_id, call_key, offered_at, at, cause, counted, evidence, judged_at, revision, note)
     VALUES ($1, $2, $3, 'k', 0, 0, 'asleep', false, '{}', 0, 0, $4)`,
    [randomUUID(), people.alice.id, contactId, secret],
  );
  // What no backend takes is kept as well.
  await alice.ask('POST', '/events', { events: [{ id: 'x', said: `${secret} ${noraNumber}` }] });
  expect(await tablesWith('Kiwi')).toEqual(
    expect.arrayContaining(['events', 'history', 'legs', 'missed_offers', 'recording_comments']),
  );
  const sound = async () =>
    database.query(
      `SELECT (SELECT count(*) FROM leg_counts) AS legs, (SELECT count(*) FROM line_verdicts) AS verdicts,
         (SELECT count(*) FROM line_summaries) AS lines`,
    );
  await hear(contactId);
  await hear(other);
  expect(await sound()).toEqual([{ legs: 4, verdicts: 2, lines: 2 }]);
  const untouched = await alice.ask('GET', `/contacts/${other}`);

  const out = join(folder, 'erased.json');
  const erased = await command('privacy', 'erase', customers.nora.id, '--out', out);
  expect(erased).toMatchObject({ code: 0 });
  for (const text of ['Nora', 'Whitfield', noraNumber.slice(1), 'Kiwi', 'parrot']) {
    expect([text, await tablesWith(text)]).toEqual([text, []]);
  }
  expect(await sound()).toEqual([{ legs: 2, verdicts: 1, lines: 1 }]);
  const report = await readFile(out, 'utf8');
  expect(report).not.toMatch(/nora|whitfield|kiwi/iu);
  expect(JSON.parse(report)).toMatchObject({
    contactIds: [contactId],
    recordings: [{ id: recordingId, fileGone: true }],
  });
  expect(await readdir(join(folder, 'kept'))).toHaveLength(1);
  expect(await readdir(join(folder, 'recordings'))).toEqual([]);
  expect((await alice.ask('GET', `/contacts/${other}`)).body).toEqual(untouched.body);
  const gone = await alice.ask('GET', `/contacts/${contactId}`);
  expect(gone.body).toMatchObject({ card: { match: { kind: 'deleted' } } });
  expect((await command('chain', 'verify')).output).toContain('as they were appended');
});

test('what is on hold is not erased, and can be once the hold ends', async () => {
  const contactId = await call(noraNumber, 'NORA W', secret);
  const id = randomUUID();
  await setHold(database, { contactId }, { id, reason: 'Case 12 of 2026', at: 0 });
  const refused = await command('privacy', 'erase', noraNumber);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.output).toContain('Case 12 of 2026');
  expect(await tablesWith('Kiwi')).not.toEqual([]);
  expect(await liftHold(database, id, 1)).toBe(true);
  const onCustomer = { id: randomUUID(), reason: 'Case 13', at: 1 };
  await setHold(database, { customerId: customers.nora.id }, onCustomer);
  const admin = await backend.signIn('admin');
  const path = `/customers/${customers.nora.id}`;
  expect(await admin.ask('DELETE', path)).toMatchObject({ status: 409 });
  await liftHold(database, onCustomer.id, 2);
  expect(await findObstacle(database, customers.nora.id, [contactId])).toBeNull();
});
