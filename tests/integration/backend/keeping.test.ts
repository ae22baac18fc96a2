import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../src/backend/database/database.ts';
import { storeConsentFact } from '../../../src/backend/modules/consent/keep-consents.ts';
import {
  createLocalKeys,
  type KeyService,
} from '../../../src/backend/modules/keeping/key-service.ts';
import { createKeeping, type Keeping } from '../../../src/backend/modules/keeping/keeping.ts';
import {
  createFolderStore,
  type RecordingStore,
} from '../../../src/backend/modules/keeping/recording-store.ts';
import { wavHeader } from '../../../src/backend/wav-header.ts';
import { failure, success } from '../../../src/shared/result.ts';
import { until } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { quietLog, startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { known } from '../../support/known.ts';

let server: DatabaseServer;
let database: Database;
let folder: string;
let keeping: Keeping;
let time: number;

const day = 86_400_000;
const firstKey = Buffer.alloc(32, 3);
const audio = randomBytes(200_000);

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ database } = await server.fresh());
  folder = await mkdtemp(join(tmpdir(), 'ringside-keeping-'));
  await mkdir(join(folder, 'plain'));
  time = Date.now();
  keeping = begin();
});
afterEach(async () => {
  await keeping.stop();
  await rm(folder, { recursive: true });
});

const wavOf = (recordingId: string): string => join(folder, 'plain', `${recordingId}.wav`);

const begin = ({
  keys = createLocalKeys(firstKey),
  remote = null,
}: { readonly keys?: KeyService; readonly remote?: RecordingStore | null } = {}): Keeping =>
  createKeeping({
    database,
    pbx: {
      recordingFile: async (recordingId) => {
        const names = await readdir(join(folder, 'plain'));
        return names.includes(`${recordingId}.wav`)
          ? success(wavOf(recordingId))
          : failure({ code: 'no_such_call', message: 'there is no such recording' });
      },
    },
    keys,
    local: createFolderStore(join(folder, 'kept')),
    remote,
    plainFolder: join(folder, 'plain'),
    now: () => time,
    log: quietLog,
    retry: { firstMs: 200, longestMs: 200 },
  });

type Call = { readonly recordingId: string; readonly contactId: string };

/** A recorded call of the queue `support` that is over. */
const recorded = async (): Promise<Call> => {
  const [recordingId, contactId, callKey] = [randomUUID(), randomUUID(), randomUUID()];
  await database.query(
    `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name, started_at, match)
     VALUES ($1, $2, 'pbx', 'inbound', 'support', '+13035550123', '', $3, 'unknown')`,
    [contactId, callKey, time],
  );
  await database.query(
    `INSERT INTO recordings (id, contact_id, call_key, agent_id, state, started_at, ended_at, seconds)
     VALUES ($1, $2, $3, $4, 'stopped', $5, $5, 3)`,
    [recordingId, contactId, callKey, people.alice.id, time],
  );
  await writeFile(wavOf(recordingId), audio);
  await writeFile(join(folder, 'plain', `${recordingId}.agent.sln16`), audio);
  return { recordingId, contactId };
};

const kept = async (): Promise<Call> => {
  const call = await recorded();
  keeping.finished(call.recordingId);
  await keeping.idle();
  return call;
};

const told = async ({ contactId }: Call): Promise<readonly Record<string, unknown>[]> =>
  (
    await database.query<{ readonly body: string }>(
      `SELECT body FROM chain_lines WHERE topic = 'keeping' AND contact_id = $1 ORDER BY seq`,
      [contactId],
    )
  ).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

const play = async (recordingId: string): Promise<Buffer> =>
  buffer(known(await known(await keeping.open(recordingId)).read()));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const filesKept = async (): Promise<readonly string[]> => {
  try {
    return await readdir(join(folder, 'kept'));
  } catch {
    return []; // the folder is made with the first file
  }
};

test('what is over is encrypted, nothing is left in clear, and its hash stands in the chain', async () => {
  const call = await kept();
  expect(await readdir(join(folder, 'plain'))).toEqual([]);
  const [name = ''] = await filesKept();
  const encrypted = await readFile(join(folder, 'kept', name));
  expect(encrypted.includes(audio.subarray(0, 32))).toBe(false);
  expect(await told(call)).toMatchObject([
    {
      what: 'encrypted',
      recordingId: call.recordingId,
      sha256: sha256(audio),
      encryptedSha256: sha256(encrypted),
      plainGone: true,
    },
  ]);
  expect((await play(call.recordingId)).equals(audio)).toBe(true);
});

test('a process that died in between is followed by one that finishes the work', async () => {
  const [unencrypted, halfDone] = [await recorded(), await kept()];
  await writeFile(wavOf(halfDone.recordingId), audio);
  await database.query('UPDATE recording_files SET plain_gone_at = NULL WHERE recording_id = $1', [
    halfDone.recordingId,
  ]);
  keeping = begin();
  keeping.start();
  await keeping.idle();
  expect(await readdir(join(folder, 'plain'))).toEqual([]);
  expect((await play(unencrypted.recordingId)).equals(audio)).toBe(true);
  expect(await told(unencrypted)).toHaveLength(1);
});

test('what is in clear stays as long as the encrypted file is not there whole', async () => {
  const { recordingId } = await kept();
  await writeFile(wavOf(recordingId), audio);
  await rm(join(folder, 'kept'), { recursive: true });
  await database.query('UPDATE recording_files SET plain_gone_at = NULL');
  keeping.finished(recordingId);
  await keeping.idle();
  expect(await readdir(join(folder, 'plain'))).toEqual([`${recordingId}.wav`]);
  expect(keeping.status().problem).toContain('what is in clear stays');
});

test('a recording opens while it is not encrypted yet', async () => {
  const { recordingId } = await recorded();
  expect((await play(recordingId)).equals(audio)).toBe(true);
});

test('a key that is not at hand is named, and nothing is read', async () => {
  const { recordingId } = await kept();
  keeping = begin({ keys: createLocalKeys(Buffer.alloc(32, 9)) });
  expect(await keeping.open(recordingId)).toMatchObject({
    ok: false,
    why: { code: 'key_missing' },
  });
});

test('a new key wraps what the old one had wrapped, and the old one is not needed any more', async () => {
  const { recordingId } = await kept();
  const newKey = Buffer.alloc(32, 4);
  keeping = begin({ keys: createLocalKeys(newKey, [firstKey]) });
  keeping.start();
  await keeping.idle();
  keeping = begin({ keys: createLocalKeys(newKey) });
  expect((await play(recordingId)).equals(audio)).toBe(true);
  keeping = begin();
  expect(await keeping.open(recordingId)).toMatchObject({ why: { code: 'key_missing' } });
});

test('an altered file is refused at its first byte', async () => {
  const { recordingId } = await kept();
  const [name = ''] = await filesKept();
  const path = join(folder, 'kept', name);
  const encrypted = await readFile(path);
  encrypted.writeUInt8(encrypted.readUInt8(100) ^ 1, 100);
  await writeFile(path, encrypted);
  const opened = known(await keeping.open(recordingId));
  expect(await opened.read({ start: 0, end: 9 })).toMatchObject({ ok: false });
});

test('what is deleted cannot be opened, has no key and no file, and the chain says so', async () => {
  const call = await kept();
  await keeping.remove(call.recordingId, { why: 'erasure', by: people.admin.id });
  expect(await filesKept()).toEqual([]);
  expect(await keeping.open(call.recordingId)).toMatchObject({ why: { code: 'deleted' } });
  expect(await database.query('SELECT wrapped_key FROM recording_files')).toEqual([
    { wrapped_key: null },
  ]);
  expect((await told(call)).slice(1)).toMatchObject([
    { what: 'deleted', why: 'erasure', by: people.admin.id, sha256: sha256(audio) },
    { what: 'gone', plainGone: true, encryptedGone: true },
  ]);
});

test('what is deleted before it was encrypted is gone as well', async () => {
  const call = await recorded();
  keeping.finished(call.recordingId);
  await keeping.remove(call.recordingId, { why: 'withdrawn', by: null });
  await keeping.idle();
  expect([...(await readdir(join(folder, 'plain'))), ...(await filesKept())]).toEqual([]);
  expect(await keeping.open(call.recordingId)).toMatchObject({ why: { code: 'deleted' } });
  expect((await told(call)).map(({ what }) => what).slice(-2)).toEqual(['deleted', 'gone']);
});

test('of a recording that nobody knows, what the PBX wrote is destroyed', async () => {
  const unknown = randomUUID();
  await writeFile(join(folder, 'plain', `${unknown}.agent.sln16`), audio);
  const { recordingId } = await recorded();
  await keeping.destroyUnknown(unknown);
  await keeping.destroyUnknown(recordingId);
  expect(await readdir(join(folder, 'plain'))).toEqual(
    expect.arrayContaining([`${recordingId}.wav`, `${recordingId}.agent.sln16`]),
  );
  expect((await readdir(join(folder, 'plain'))).some((name) => name.includes(unknown))).toBe(false);
});

test('a queue’s recordings are deleted when their days are over, but for those on hold', async () => {
  const [old, held] = [await kept(), await kept()];
  await database.query(`UPDATE queues SET recording_retention_days = 30 WHERE name = 'support'`);
  await database.query(
    `INSERT INTO legal_holds (id, contact_id, reason, since) VALUES ($1, $2, 'case 12', 0)`,
    [randomUUID(), held.contactId],
  );
  time += 29 * day;
  const young = await kept();
  expect(await keeping.expire()).toBe(0);
  time += 2 * day;
  expect(await keeping.expire()).toBe(1);
  expect(await keeping.open(old.recordingId)).toMatchObject({ why: { code: 'deleted' } });
  expect((await play(held.recordingId)).equals(audio)).toBe(true);
  expect((await play(young.recordingId)).equals(audio)).toBe(true);
  expect(await keeping.remove(held.recordingId, { why: 'erasure', by: null })).toMatchObject({
    why: { code: 'held', message: 'case 12' },
  });
});

test('while the store is away recordings stay here and can be heard, and then they are carried there', async () => {
  const there = createFolderStore(join(folder, 'far'));
  let isAway = true;
  const away = failure({ code: 'store_away', message: 'ECONNREFUSED' } as const);
  keeping = begin({
    remote: {
      place: 'https://store.example/calls',
      put: (...given) => (isAway ? Promise.resolve(away) : there.put(...given)),
      read: (...given) => (isAway ? Promise.resolve(away) : there.read(...given)),
      sizeOf: (...given) => (isAway ? Promise.resolve(away) : there.sizeOf(...given)),
      remove: (...given) => (isAway ? Promise.resolve(away) : there.remove(...given)),
    },
  });
  const { recordingId } = await kept();
  expect(keeping.status()).toEqual({
    waiting: 1,
    problem: 'https://store.example/calls: ECONNREFUSED',
  });
  expect((await play(recordingId)).equals(audio)).toBe(true);
  isAway = false;
  // By itself, after a while.
  await until(() => keeping.status().waiting === 0);
  expect(await filesKept()).toEqual([]);
  expect(await readdir(join(folder, 'far'))).toHaveLength(1);
  expect((await play(recordingId)).equals(audio)).toBe(true);
  isAway = true;
  await keeping.remove(recordingId, { why: 'erasure', by: null });
  expect(await keeping.open(recordingId)).toMatchObject({ why: { code: 'deleted' } });
  isAway = false;
  await until(async () => (await readdir(join(folder, 'far'))).length === 0);
});

/** A recording that was told as failed, with this on the disk. */
const failedWith = async (wav: Buffer | null): Promise<Call> => {
  const call = await recorded();
  await database.query(`UPDATE recordings SET state = 'failed', seconds = NULL WHERE id = $1`, [
    call.recordingId,
  ]);
  if (wav === null) await rm(wavOf(call.recordingId));
  else await writeFile(wavOf(call.recordingId), wav);
  return call;
};
const over = ({ contactId }: Call) =>
  database.query('UPDATE contacts SET ended_at = $2 WHERE id = $1', [contactId, time]);
const readable = (): Buffer =>
  Buffer.concat([wavHeader({ channels: 2, rate: 8_000, frames: 16_000 }), Buffer.alloc(64_000, 5)]);
/** As after the next recording, the next hour or the next start. */
const lookAgain = async (): Promise<void> => {
  keeping.finished(randomUUID());
  await keeping.idle();
};
const stateOf = async ({ recordingId }: Call) =>
  (await database.query('SELECT state, seconds FROM recordings WHERE id = $1', [recordingId]))[0];

test('a recording that had failed and is there after all is kept, once its call is over', async () => {
  const wav = readable();
  const call = await failedWith(wav);
  await lookAgain();
  expect(await stateOf(call)).toEqual({ state: 'failed', seconds: null });
  await over(call);
  await lookAgain();
  expect(await stateOf(call)).toEqual({ state: 'stopped', seconds: 2 });
  expect(await readdir(join(folder, 'plain'))).toEqual([]);
  expect((await play(call.recordingId)).equals(wav)).toBe(true);
  expect(await told(call)).toMatchObject([
    { what: 'recovered', recordingId: call.recordingId, milliseconds: 2_000 },
    { what: 'encrypted', plainGone: true },
  ]);
});

test.each<[string, () => Buffer | null, string]>([
  ['its parts alone', () => null, 'unreadable'],
  ['no sound', () => audio, 'unreadable'],
  ['what the customer took consent back for', readable, 'not_allowed'],
])('of a failed recording, %s is destroyed, and the chain says so', async (_, wav, why) => {
  const call = await failedWith(wav());
  const { contactId, recordingId } = call;
  if (why === 'not_allowed') {
    const base = { callId: randomUUID(), callKey: 'call', how: 'keypad' } as const;
    for (const kind of ['granted', 'withdrawn'] as const) {
      const fact = { ...base, id: randomUUID(), at: (time += 1), kind };
      await database.transaction((transaction) =>
        storeConsentFact(transaction, { fact, contactId, customerId: null, agentId: null }, time),
      );
    }
  }
  await over(call);
  await lookAgain();
  expect(await readdir(join(folder, 'plain'))).toEqual([]);
  expect(await told(call)).toMatchObject([{ what: 'destroyed', recordingId, why }]);
  expect(await stateOf(call)).toMatchObject({ state: 'failed' });
  await lookAgain();
  expect(await told(call)).toHaveLength(1);
});
