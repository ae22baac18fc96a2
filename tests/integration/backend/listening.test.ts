import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { wavHeader } from '../../../src/backend/wav-header.ts';
import type { Listening, RecordingComment } from '../../../src/shared/api/listening.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { people } from '../../support/centre.ts';
import {
  makeTeams,
  recordedContact,
  type RecordedContact,
} from '../../support/recorded-contact.ts';

const backend = backendForEachTest();
let folder: string;

/** Three seconds, two channels: the agent speaks in the first, nobody after it. */
const wav = (): Buffer => {
  const header = wavHeader({ channels: 2, rate: 8_000, frames: 24_000 });
  const file = Buffer.concat([header, Buffer.alloc(24_000 * 4)]);
  for (let frame = 0; frame < 8_000; frame += 1) file.writeInt16LE(32_767, 44 + frame * 4);
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-listening-'));
  await writeFile(join(folder, 'a.wav'), wav());
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  await makeTeams(backend.database);
  // What the backend looks for at its start it must not find here.
  await backend.backend.idle();
  backend.pbx.recordingPath = join(folder, 'a.wav');
});

const pathOf = ({ contactId, recordingId }: RecordedContact): string =>
  `/contacts/${contactId}/recordings/${recordingId}`;
const statusOf = async (client: Client, path: string): Promise<number> =>
  (await client.ask('GET', path)).status;

test('a recording is drawn once, with its silence, and what happened in it', async () => {
  const startedAt = Date.now() - 600_000;
  const recorded = await recordedContact(backend.database, people.alice.id, { startedAt });
  await backend.database.query(
    `INSERT INTO recording_pauses (recording_id, why, paused_at, resumed_at) VALUES ($1, 'payment', $2, $3)`,
    [recorded.recordingId, startedAt + 1_200, startedAt + 2_500],
  );
  const sofia = await backend.signIn('sofia');
  const { body } = await sofia.ask('GET', `${pathOf(recorded)}/listening`);
  const { seconds, peaks, silences, markers } = body as Listening;
  expect(seconds).toBe(3);
  expect(peaks.map((channel) => [channel.length, channel[5], channel[30]])).toEqual([
    [60, 255, 0],
    [60, 0, 0],
  ]);
  expect(silences).toEqual([{ fromMs: 1_000, toMs: 3_000 }]);
  expect(markers).toEqual([
    { kind: 'pause', why: 'payment', atMs: 1_200, toMs: 2_500, proven: null },
  ]);
  // Kept: it is the same although the sound is out of reach for a while.
  backend.pbx.recordingPath = null;
  const again = await sofia.ask('GET', `${pathOf(recorded)}/listening`);
  expect(again.body).toEqual(body);
});

test('a recording whose sound is not there says so', async () => {
  const recorded = await recordedContact(backend.database, people.alice.id);
  backend.pbx.recordingPath = null;
  const alice = await backend.signIn('alice');
  const { status, body } = await alice.ask('GET', `${pathOf(recorded)}/listening`);
  expect({ status, body }).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('an agent hears the own calls, a supervisor those of the team, an administrator all', async () => {
  const { database } = backend;
  const ofAlice = await recordedContact(database, people.alice.id);
  const ofBruno = await recordedContact(database, people.bruno.id);
  const heard = async (username: string) => {
    const client = await backend.signIn(username);
    return Promise.all(
      [ofAlice, ofBruno].flatMap((recorded) => [
        statusOf(client, pathOf(recorded)),
        statusOf(client, `${pathOf(recorded)}/listening`),
      ]),
    );
  };
  expect(await heard('alice')).toEqual([200, 200, 404, 404]);
  expect(await heard('bruno')).toEqual([404, 404, 200, 200]);
  expect(await heard('sofia')).toEqual([200, 200, 404, 404]);
  expect(await heard('admin')).toEqual([200, 200, 200, 200]);
});

test('where the centre says so, agents hear nothing, and the page says what can be played', async () => {
  const { database } = backend;
  const recorded = await recordedContact(database, people.alice.id);
  const playable = async (username: string) => {
    const client = await backend.signIn(username);
    const { body } = await client.ask('GET', `/contacts/${recorded.contactId}`);
    return (body as Contact).recordings.map((recording) => recording.playable);
  };
  expect(await playable('alice')).toEqual([true]);
  await applyCentre(database, { listening: { agentsOwn: false } }, createMintId(Date.now));
  expect(await playable('alice')).toEqual([false]);
  expect(await playable('sofia')).toEqual([true]);
  const alice = await backend.signIn('alice');
  expect(await statusOf(alice, pathOf(recorded))).toBe(404);
});

test('comments stand at their moment; each takes back the own, an administrator any', async () => {
  const recorded = await recordedContact(backend.database, people.alice.id);
  const [alice, bruno, sofia, admin] = [
    await backend.signIn('alice'),
    await backend.signIn('bruno'),
    await backend.signIn('sofia'),
    await backend.signIn('admin'),
  ];
  const path = `${pathOf(recorded)}/comments`;
  const say = async (client: Client, atMs: number, text: string) =>
    (await client.ask('POST', path, { atMs, text })).body as RecordingComment;
  const later = await say(sofia, 2_000, ' Well put. ');
  const sooner = await say(alice, 500, 'I should have asked here.');
  expect((await bruno.ask('POST', path, { atMs: 0, text: 'And I?' })).status).toBe(404);
  expect((await alice.ask('POST', path, { atMs: 0, text: '   ' })).status).toBe(400);
  const { body } = await alice.ask('GET', `${pathOf(recorded)}/listening`);
  expect((body as Listening).comments).toMatchObject([
    { atMs: 500, author: { name: 'The alice' }, text: 'I should have asked here.' },
    { atMs: 2_000, author: { name: 'The sofia' }, text: 'Well put.' },
  ]);
  expect((await alice.ask('DELETE', `${path}/${later.id}`)).status).toBe(404);
  expect((await alice.ask('DELETE', `${path}/${sooner.id}`)).status).toBe(204);
  expect((await admin.ask('DELETE', `${path}/${later.id}`)).status).toBe(204);
});

test('of a recording that is deleted neither its picture nor what was said of it is left', async () => {
  const { database } = backend;
  const recorded = await recordedContact(database, people.alice.id);
  const alice = await backend.signIn('alice');
  await alice.ask('GET', `${pathOf(recorded)}/listening`);
  await alice.ask('POST', `${pathOf(recorded)}/comments`, { atMs: 0, text: 'Her birthday.' });
  const left = () =>
    database.query(`SELECT 1 FROM recording_waves UNION ALL SELECT 2 FROM recording_comments`);
  expect(await left()).toHaveLength(2);
  await database.query(`UPDATE recordings SET state = 'deleted' WHERE id = $1`, [
    recorded.recordingId,
  ]);
  expect(await left()).toEqual([]);
  expect(await statusOf(alice, `${pathOf(recorded)}/listening`)).toBe(404);
});
