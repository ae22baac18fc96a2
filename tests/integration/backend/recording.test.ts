import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { wavHeader } from '../../../src/backend/wav-header.ts';
import type { ConsentFactKind } from '../../../src/shared/domain/consent/consent.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { createJournal } from '../../support/journal.ts';
import { createScriptedPbx } from '../../support/scripted-pbx.ts';

let server: DatabaseServer;
let database: Database;
let backend: TestBackend;
let alice: Client;
let folder: string;

const wavSeconds = 2;

/** 16 bit, two channels, 8000 samples a second. */
const wav = (): Buffer => {
  const frames = wavSeconds * 8_000;
  const header = wavHeader({ channels: 2, rate: 8_000, frames });
  return Buffer.concat([header, Buffer.alloc(frames * 4, 1)]);
};

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
  folder = await mkdtemp(join(tmpdir(), 'ringside-wav-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  ({ database } = await server.fresh());
  backend = await startBackend(database);
  // Of each test its own: what is over is encrypted, and the file is gone.
  await writeFile(join(folder, 'a.wav'), wav());
  backend.pbx.recordingPath = join(folder, 'a.wav');
  alice = await backend.signIn('alice');
});
afterEach(() => backend.stop());

type CallInHand = { readonly callKey: string; readonly callId: string };

const begin = async (isAnswered = true): Promise<CallInHand> => {
  const callKey = randomUUID();
  const at = Date.now();
  const caller = { remoteNumber: '+13035550123', remoteName: '' };
  const report = { at, callKey, extension: '1001' };
  backend.pbx.report({ kind: 'leg_offered', ...report, queue: 'support', ...caller });
  if (isAnswered) backend.pbx.report({ kind: 'leg_answered', ...report });
  await backend.backend.idle();
  return { callKey, callId: randomUUID() };
};

const hangUp = async ({ callKey }: CallInHand): Promise<void> => {
  const report = { at: Date.now(), callKey, extension: '1001' };
  backend.pbx.report({ kind: 'leg_ended', ...report, answered: true, cause: 16 });
  await backend.backend.idle();
};

const say = async (
  { callKey, callId }: CallInHand,
  kind: ConsentFactKind,
  { at = Date.now(), who = alice, agentId = people.alice.id } = {},
): Promise<void> => {
  const fact = { id: randomUUID(), callId, callKey, at, kind };
  const event = createJournal(agentId).event({ topic: 'consent', fact });
  const { body } = await who.ask('POST', '/events', { events: [event] });
  expect(body).toMatchObject({ refused: [] });
  await backend.backend.idle();
};

test('nothing is recorded before consent was granted; from then on it is, and the card says so', async () => {
  const call = await begin();
  await say(call, 'asked');
  expect(backend.pbx.recordingLog).toEqual([]);
  await say(call, 'granted');
  const [running] = backend.pbx.running.values();
  expect(running).toMatchObject({ callKey: call.callKey, extension: '1001' });
  await alice.next('card', ({ card }) => card.recording.state === 'starting');
  const { card } = await alice.next('card', (push) => push.card.recording.state === 'recording');
  expect(card.consent.state).toBe('granted');
  await hangUp(call);
  expect(backend.pbx.running.size).toBe(0);
  const { body } = await alice.ask('GET', `/contacts/${card.contactId}`);
  expect((body as Contact).recordings).toMatchObject([
    { seconds: wavSeconds, channels: 2, playable: true },
  ]);
});

test.each(['refused', 'withdrawn'] as const)('"%s" stops a recording at once', async (word) => {
  const call = await begin();
  await say(call, 'granted');
  expect(backend.pbx.running.size).toBe(1);
  await say(call, word);
  expect(backend.pbx.running.size).toBe(0);
  await alice.next('card', ({ card }) => card.recording.state === 'stopped');
});

test('consent that is taken back while the recording is being started does not leave it running', async () => {
  const call = await begin();
  backend.pbx.delayMs = 80;
  const granted = say(call, 'granted');
  await until(async () => (await database.query('SELECT id FROM recordings')).length > 0);
  await say(call, 'withdrawn');
  await granted;
  await backend.backend.idle();
  expect(backend.pbx.running.size).toBe(0);
  expect(backend.pbx.recordingLog.map((line) => line.split(' ')[0])).toEqual(['start', 'stop']);
});

test('consent that is granted while it still rings is used from the answer on', async () => {
  const call = await begin(false);
  await say(call, 'granted');
  expect(backend.pbx.recordingLog).toEqual([]);
  const report = { at: Date.now(), callKey: call.callKey, extension: '1001' };
  backend.pbx.report({ kind: 'leg_answered', ...report });
  await until(() => backend.pbx.running.size === 1);
});

test('the client’s word that a call was answered starts no recording', async () => {
  const call = await begin(false);
  const fact = { id: randomUUID(), ...call, at: Date.now(), kind: 'answered' } as const;
  const event = createJournal(people.alice.id).event({ topic: 'ledger', fact });
  await alice.ask('POST', '/events', { events: [event] });
  await say(call, 'granted');
  expect(backend.pbx.recordingLog).toEqual([]);
});

test('an agent who has no part in a call cannot consent for it', async () => {
  const call = await begin();
  const bruno = await backend.signIn('bruno');
  const another = { ...call, callId: randomUUID() };
  await say(another, 'granted', { who: bruno, agentId: people.bruno.id });
  expect(backend.pbx.recordingLog).toEqual([]);
});

test('a wrong clock cannot make a refusal older than the consent that it takes back', async () => {
  const call = await begin();
  await say(call, 'granted', { at: Date.now() + 3_600_000 });
  expect(backend.pbx.running.size).toBe(1);
  await say(call, 'refused');
  expect(backend.pbx.running.size).toBe(0);
});

test('a call that is over is not recorded, however late consent arrives', async () => {
  const call = await begin();
  await hangUp(call);
  await say(call, 'granted');
  expect(backend.pbx.recordingLog).toEqual([]);
});

test('a recording that the PBX refuses is told as failed, and the next word tries again', async () => {
  const call = await begin();
  backend.pbx.failNextRecording = { code: 'pbx_refused', message: 'no space' };
  await say(call, 'granted');
  await alice.next(
    'card',
    ({ card }) => card.recording.state === 'failed' && card.recording.why === 'pbx_refused',
  );
  await say(call, 'granted');
  expect(backend.pbx.running.size).toBe(1);
});

test('when the backend starts, recordings that nobody allowed are stopped; allowed ones go on as soon as their desk is back', async () => {
  const call = await begin();
  await say(call, 'granted');
  const [allowed] = backend.pbx.running.keys();
  const pbx = createScriptedPbx();
  for (const [id, start] of backend.pbx.running) pbx.running.set(id, start);
  const stray = randomUUID();
  pbx.running.set(stray, { callKey: randomUUID(), extension: '1002', recordingId: stray });
  await backend.backend.app.close();
  const other = await startBackend(database, { pbx });
  // The PBX tells of the call that it still has.
  const report = { at: Date.now(), callKey: call.callKey, extension: '1001' };
  const caller = { remoteNumber: '+13035550123', remoteName: '' };
  pbx.report({ kind: 'leg_offered', ...report, queue: 'support', ...caller });
  pbx.report({ kind: 'leg_answered', ...report });
  await until(() => pbx.recordingLog.length > 0);
  await other.backend.idle();
  expect(pbx.recordingLog).toEqual([`stop ${stray}`, `silence ${allowed ?? ''}`]);
  expect([...pbx.running.keys()]).toEqual([allowed]);
  await other.signIn('alice');
  await until(() => pbx.silent.size === 0);
  expect([...pbx.running.keys()]).toEqual([allowed]);
  await other.backend.app.close();
});

test('consent that is taken back while the PBX is away stops the recording when it is back', async () => {
  const call = await begin();
  await say(call, 'granted');
  backend.pbx.goAway('cable');
  await say(call, 'withdrawn');
  expect(backend.pbx.running.size).toBe(1);
  backend.pbx.comeBack();
  await until(() => backend.pbx.running.size === 0);
});

test('a recording is heard by those who had a part in the call and by supervisors, in parts too', async () => {
  const call = await begin();
  await say(call, 'granted');
  await hangUp(call);
  const { card } = await alice.next('card', (push) => push.card.recording.state === 'stopped');
  const [row] = await database.query<{ readonly id: string }>('SELECT id FROM recordings');
  const path = `/contacts/${card.contactId}/recordings/${row?.id ?? ''}`;
  const fetchAs = (client: Client, range?: string) =>
    fetch(`${backend.url}${path}`, {
      headers: {
        authorization: `Bearer ${client.session.token}`,
        ...(range === undefined ? {} : { range }),
      },
    });
  const [bruno, sofia] = [await backend.signIn('bruno'), await backend.signIn('sofia')];
  const size = wav().length;
  const whole = await fetchAs(alice);
  expect(whole.headers.get('content-type')).toBe('audio/wav');
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(wav());
  expect((await fetchAs(sofia)).status).toBe(200);
  expect((await fetchAs(bruno)).status).toBe(404);
  const part = await fetchAs(alice, 'bytes=0-3');
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 0-3/${String(size)}`);
  expect(await part.text()).toBe('RIFF');
  expect((await fetchAs(alice, `bytes=${String(size)}-`)).status).toBe(416);
});
