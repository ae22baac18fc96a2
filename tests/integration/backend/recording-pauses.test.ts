import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { encodeWav } from '../../../scripts/display/wav.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import { startBackend, until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { beginCall, type RecordedCall } from '../../support/recorded-call.ts';

const bed = backendForEachTest();
let folder: string;
let alice: Client;
let call: RecordedCall;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-wav-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  // What is kept is taken from there, so each test has its own.
  await writeFile(join(folder, 'a.wav'), encodeWav(new Int16Array(16_000), 16_000));
  bed.pbx.recordingPath = join(folder, 'a.wav');
  alice = await bed.signIn('alice');
  call = await beginCall(bed, alice);
});

const pauseForPayment = async (): Promise<string> => {
  const pauseId = randomUUID();
  const pause = { pauseId, callKey: call.callKey, step: 'button' };
  expect((await alice.ask('POST', '/payment-pauses', pause)).status).toBe(200);
  return pauseId;
};

const endPause = (pauseId: string) =>
  alice.ask('POST', `/payment-pauses/${pauseId}/end`, { why: 'agent' });

const states = async (): Promise<readonly string[]> =>
  (
    await bed.database.query<{ readonly state: string }>(
      'SELECT state FROM recordings ORDER BY started_at, id',
    )
  ).map(({ state }) => state);

const chained = async (): Promise<readonly string[]> =>
  (
    await bed.database.query<{ readonly did: string }>(
      `SELECT body::json->>'did' AS did FROM chain_lines WHERE topic = 'recording' ORDER BY seq`,
    )
  ).map(({ did }) => did);

const setPolicy = (policy: string, onWithdrawal = 'seal') =>
  bed.database.query(
    `UPDATE queues SET recording_policy = $1, recording_withdrawn = $2 WHERE name = 'support'`,
    [policy, onWithdrawal],
  );

test('a payment pause is silence, told once the PBX confirmed it, and a gap on the contact', async () => {
  await call.say('granted');
  const pauseId = await pauseForPayment();
  expect(bed.pbx.silent.size).toBe(1);
  const { card } = await alice.next('card', (push) => push.card.recording.state === 'paused');
  expect(card.recording).toMatchObject({ why: 'payment' });
  await endPause(pauseId);
  expect(bed.pbx.silent.size).toBe(0);
  await call.leaves(people.alice);
  const { body } = await alice.ask('GET', `/contacts/${card.contactId}`);
  const [recording] = (body as Contact).recordings;
  expect(recording?.pauses).toMatchObject([{ why: 'payment' }]);
  expect(await chained()).toEqual(['started', 'paused', 'resumed', 'stopped']);
});

test('nothing begins in a pause; it begins with its end', async () => {
  const pauseId = await pauseForPayment();
  await call.say('granted');
  expect(bed.pbx.recordingLog).toEqual([]);
  await endPause(pauseId);
  await bed.backend.idle();
  expect(bed.pbx.running.size).toBe(1);
});

test.each(['pbx_refused', 'no_such_call'] as const)(
  'a recording that the PBX cannot silence (%s) is stopped',
  async (code) => {
    await call.say('granted');
    bed.pbx.failSilence = { code, message: 'no' };
    await pauseForPayment();
    expect(bed.pbx.running.size).toBe(0);
    expect(await states()).toEqual(['stopped']);
  },
);

test('a withdrawal in a pause stops it, and the end of the pause changes nothing', async () => {
  await call.say('granted');
  const pauseId = await pauseForPayment();
  await call.say('withdrawn');
  expect(bed.pbx.running.size).toBe(0);
  await endPause(pauseId);
  await bed.backend.idle();
  expect(bed.pbx.running.size).toBe(0);
});

test('while the desk cannot be heard the recording is silent, and nobody else’s is', async () => {
  await call.say('granted');
  const sofia = await bed.signIn('sofia');
  sofia.close();
  alice.close();
  await until(() => bed.pbx.silent.size === 1);
  alice = await bed.signIn('alice');
  await until(() => bed.pbx.silent.size === 0);
  expect(bed.pbx.running.size).toBe(1);
});

test('withdrawn consent seals what was recorded: nobody can hear it, and it is told', async () => {
  await call.say('granted');
  await call.say('withdrawn');
  expect(await states()).toEqual(['sealed']);
  const { card } = await alice.next('card', (push) => push.card.recording.state === 'sealed');
  const { body } = await alice.ask('GET', `/contacts/${card.contactId}`);
  const { recordings } = body as Contact;
  expect(recordings).toMatchObject([{ playable: false, withdrawn: 'sealed' }]);
  const id = recordings[0]?.id ?? '';
  const answer = await alice.ask('GET', `/contacts/${card.contactId}/recordings/${id}`);
  expect(answer.status).toBe(404);
  await call.say('granted');
  expect(await states()).toEqual(['sealed', 'recording']);
});

test('a withdrawal that arrives after the call seals its recording as well', async () => {
  await call.say('granted');
  await call.leaves(people.alice);
  expect(await states()).toEqual(['stopped']);
  await call.say('withdrawn');
  expect(await states()).toEqual(['sealed']);
});

test('a queue that is never recorded is not, whatever the customer says', async () => {
  await setPolicy('never');
  await call.say('granted');
  expect(bed.pbx.recordingLog).toEqual([]);
});

test('where the rule asks for nothing and the queue wants it so, nobody is asked; a refusal ends it', async () => {
  await setPolicy('when_rule_allows');
  await bed.database.query(`UPDATE users SET place = 'US-CO'`);
  const other = await startBackend(bed.database);
  const agent = await other.signIn('alice');
  const unasked = await beginCall(other, agent);
  expect(other.pbx.running.size).toBe(1);
  await unasked.say('withdrawn');
  expect(other.pbx.running.size).toBe(0);
  const californian = await beginCall(other, agent, { number: '+14155550123' });
  expect(other.pbx.running.size).toBe(0);
  await californian.say('granted', { how: 'notice' });
  expect(other.pbx.running.size).toBe(0);
  await californian.say('granted', { how: 'voice' });
  expect(other.pbx.running.size).toBe(1);
  await other.backend.app.close();
});

test('consent before a transfer holds for the colleague; of a recording each agent has an own', async () => {
  await call.say('granted');
  const bruno = await bed.signIn('bruno');
  await call.joins(people.bruno);
  await call.leaves(people.alice);
  const running = [...bed.pbx.running.values()];
  expect(running).toMatchObject([{ extension: people.bruno.extension }]);
  expect(await states()).toEqual(['stopped', 'recording']);
  bruno.close();
});

test('a PBX that does not answer a stop is asked until it does', async () => {
  await call.say('granted');
  bed.pbx.goAway('slow');
  await call.say('withdrawn');
  expect(bed.pbx.running.size).toBe(1);
  bed.pbx.comeBack();
  await until(async () => (await states())[0] === 'sealed');
  expect(bed.pbx.running.size).toBe(0);
});

test('somebody outside who joins on another line ends it, until consent was given with everybody there', async () => {
  await call.say('granted');
  const line = `${people.alice.extension} ${call.callKey}`;
  const report = { callKey: call.callKey, extension: people.alice.extension };
  bed.pbx.together.set(line, [{ callKey: call.callKey, since: Date.now() }]);
  bed.pbx.report({ kind: 'hold_changed', at: Date.now(), ...report });
  await bed.backend.idle();
  expect(bed.pbx.running.size).toBe(0);
  await call.say('granted', { at: Date.now() + 1 });
  expect(bed.pbx.running.size).toBe(1);
});

test('two customers who hear each other are recorded once both agreed', async () => {
  await call.say('granted');
  const second = await beginCall(bed, alice, { number: '+14155550123' });
  const { extension } = people.alice;
  const since = Date.now();
  bed.pbx.together.set(`${extension} ${call.callKey}`, [{ callKey: second.callKey, since }]);
  bed.pbx.together.set(`${extension} ${second.callKey}`, [{ callKey: call.callKey, since }]);
  bed.pbx.report({ kind: 'hold_changed', at: since, callKey: call.callKey, extension });
  await bed.backend.idle();
  expect(bed.pbx.running.size).toBe(0);
  await second.say('granted');
  expect([...bed.pbx.running.values()].map(({ callKey }) => callKey).sort()).toEqual(
    [call.callKey, second.callKey].sort(),
  );
  await second.say('withdrawn');
  expect(bed.pbx.running.size).toBe(0);
});

test('a database that could take no withdrawal ends the recording', async () => {
  await call.say('granted');
  expect(bed.pbx.running.size).toBe(1);
  await bed.server.crash();
  await until(() => bed.pbx.running.size === 0);
  await bed.server.restart();
});

test.runIf(process.platform === 'linux')(
  'a full disk begins no recording, and the desk is told why',
  async () => {
    // A file system that says of itself that it has no room.
    const other = await startBackend(bed.database, { config: { recordingsPath: '/proc' } });
    const agent = await other.signIn('alice');
    const another = await beginCall(other, agent);
    await another.say('granted');
    expect(other.pbx.recordingLog).toEqual([]);
    await agent.next(
      'card',
      ({ card }) => card.recording.state === 'failed' && card.recording.why === 'disk_full',
    );
    await other.backend.app.close();
  },
);
