import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createMintId } from '../../../src/backend/identifiers.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import type { Access } from '../../../src/backend/plugins/access.ts';
import { wavHeader } from '../../../src/backend/wav-header.ts';
import { pushSchema } from '../../../src/shared/api/push.ts';
import type { Role } from '../../../src/shared/api/records.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { alicesWork, namesAlice, type AlicesWork } from '../../support/rights/alices-work.ts';
import {
  aboveAlice,
  everybody,
  hasSecret,
  secret,
  leaksIn,
  makeTwoTeams,
  type Actor,
} from '../../support/rights/cast.ts';
import { pushLines } from '../../support/rights/push-lines.ts';
import type { Asked, RouteLine } from '../../support/rights/route-line.ts';
import { routeLines } from '../../support/rights/route-lines.ts';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';

let server: DatabaseServer;
let backend: TestBackend;
let database: Database;
let folder: string;
let vendor: FakeVendor;
let clients: Record<Actor, Client>;
let work: AlicesWork;

const label = (text: string) => ({ en: text, es: text, pt: text });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-rights-'));
  const header = wavHeader({ channels: 2, rate: 8_000, frames: 24_000 });
  await writeFile(join(folder, 'a.wav'), Buffer.concat([header, Buffer.alloc(24_000 * 4)]));
  server = await startDatabaseServer(makeTwoTeams);
  ({ database } = await server.fresh());
  const criteria = [{ key: 'greeting', label: label('Greeting'), kind: 'scale', maximum: 4 }];
  const form = { code: 'conversation', label: label('Conversation'), criteria };
  const centre = readCentre(JSON.stringify({ qualityForms: [form] }));
  if (!centre.ok) throw new Error(centre.why.join('\n'));
  await applyCentre(database, centre.value, createMintId(Date.now));
  vendor = await startFakeVendor(zendeskFake());
  const phones = ['+1 303 555 0199'];
  const vendorPerson = vendor.model.addPerson({ name: secret('alice_and_above'), phones });
  const { origins: vendorOrigins } = vendor;
  backend = await startBackend(database, { config: { demo: true, vendorOrigins } });
  // What the backend looks for at its start it must not find here.
  await backend.backend.idle();
  backend.pbx.recordingPath = join(folder, 'a.wav');
  const signedIn = new Map<Actor, Client>();
  for (const actor of everybody) signedIn.set(actor, await backend.signIn(actor));
  clients = Object.fromEntries(signedIn) as Record<Actor, Client>;
  work = alicesWork(database, { ...backend, vendorPerson }, clients);
});
afterAll(async () => {
  await backend.stop();
  await vendor.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

type Described = Readonly<Record<string, Readonly<Record<string, { 'x-access'?: Role }>>>>;

const registered = async (): Promise<Readonly<Record<string, Access>>> => {
  const { body } = await backend.ask('GET', '/openapi.json');
  const { paths } = body as { readonly paths: Described };
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-access': access = 'public' as const }]) => [
        `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
        access,
      ]),
    ),
  );
};

/** What the backend moves by itself, and what every request leaves behind. */
const ofNobody = new Set([
  'sessions',
  'backends',
  'desk_lines',
  'refused_events',
  'report_marks',
  'first_contacts',
]);

/** All that is stored, a word a table. */
const stored = async (): Promise<Readonly<Record<string, string | null>>> => {
  const tables = await database.query<{ readonly name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const parts = tables
    .filter(({ name }) => !ofNobody.has(name) && !/^report_(?:deltas|.*rollups)/u.test(name))
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, md5(string_agg(t::text, '' ORDER BY t::text)) AS sum FROM ${name} t`,
    );
  const rows = await database.query<{ readonly name: string; readonly sum: string | null }>(
    parts.join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
};

const settled = async (): ReturnType<typeof stored> => {
  await backend.backend.idle();
  return stored();
};

test('every route that there is has its line, and no other', async () => {
  const expected: Readonly<Record<string, Access>> = Object.fromEntries(
    Object.entries(routeLines).map(([route, { access }]) => [route, access]),
  );
  const found = await registered();
  const where = 'tests/support/rights/route-lines.ts';
  const unlike = [
    ...Object.entries(found)
      .filter(([route, access]) => expected[route] !== access)
      .map(([route, access]) => `${where} needs a line '${route}' with the access '${access}'`),
    ...Object.keys(expected)
      .filter((route) => !(route in found))
      .map((route) => `${where} has a line '${route}', and there is no such route`),
  ];
  expect(unlike).toEqual([]);
});

const kindOf = (schema: { readonly properties: { readonly kind: object } }): string =>
  String((schema.properties.kind as { readonly const?: unknown }).const);

test('every push that there is has its line', () => {
  const where = 'tests/support/rights/push-lines.ts';
  const kinds = pushSchema.anyOf.map(kindOf);
  expect(
    kinds.filter((kind) => !(kind in pushLines)).map((kind) => `${where} needs ${kind}`),
  ).toEqual([]);
  expect(Object.keys(pushLines).filter((kind) => !kinds.includes(kind))).toEqual([]);
});

/** What each was sent of this kind. */
const received = (kind: string): readonly Actor[] =>
  everybody.filter((actor) => clients[actor].pushes.some((push) => push.kind === kind));

for (const [kind, { to, cause, after }] of Object.entries(pushLines)) {
  const who = to.length === everybody.length ? 'everybody' : `${to.join(', ')} and nobody else`;
  test(`the push ${kind} reaches ${who}`, async () => {
    await backend.backend.idle();
    for (const actor of everybody) clients[actor].forgetPushes();
    await cause(work);
    await until(() => to.every((actor) => received(kind).includes(actor)));
    await backend.backend.idle();
    // What comes late comes before the answer to this.
    await Promise.all(everybody.map((actor) => clients[actor].ask('GET', '/favourites')));
    expect(received(kind)).toEqual(to);
    for (const actor of everybody) {
      const text = JSON.stringify(clients[actor].pushes);
      expect({ actor, leaks: leaksIn(text, actor) }).toEqual({ actor, leaks: [] });
    }
    await after?.(work);
  });
}

for (const [route, line] of Object.entries(routeLines)) {
  if ('walked' in line) continue;
  const { may, others = 'refused', shows = [] } = line;
  const ask: NonNullable<RouteLine['ask']> = line.ask ?? (() => ({}));
  const [method = '', template = ''] = route.split(' ');

  const prepare = async (actor: Actor) => {
    const { path = {}, query = '', body }: Asked = await ask(work, actor);
    const filled = template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => path[name] ?? name);
    return async () => {
      const answered = await clients[actor].ask(method, filled + query, body);
      const text = JSON.stringify(answered.body);
      expect({ actor, leaks: leaksIn(text, actor) }).toEqual({ actor, leaks: [] });
      return { actor, status: answered.status, text };
    };
  };

  const who = may.length === everybody.length ? 'everybody' : `${may.join(', ')} and nobody else`;
  test(`${route}: ${who}`, async () => {
    const strangers = everybody.filter((each) => !may.includes(each));
    const requests = [];
    for (const actor of strangers) requests.push(await prepare(actor));
    const before = await settled();
    for (const send of requests) {
      const answered = await send();
      const { status } = answered;
      const fits =
        status === 403 ||
        status === 404 ||
        (others === 'conflict' && status === 409) ||
        (others === 'nothing' && status < 300);
      expect({ ...answered, fits }).toMatchObject({ fits: true });
    }
    if (method !== 'GET' && strangers.length > 0) expect(await settled()).toEqual(before);
    for (const actor of may) {
      const send = await prepare(actor);
      // A polite answer alone does not say that anything was done.
      const now = others === 'nothing' && method !== 'GET' ? await settled() : null;
      const { status, text } = await send();
      if (now !== null) expect(await settled()).not.toEqual(now);
      expect({ actor, status, text: status < 300 ? '' : text }).toMatchObject({ text: '' });
      if (shows.includes(actor))
        expect({ actor, shown: hasSecret(text) || text.includes(people.alice.id) }).toMatchObject({
          shown: true,
        });
      if (line.access === 'supervisor') {
        expect({ actor, names: namesAlice(text, actor) }).toMatchObject({ names: false });
      }
    }
  });
}

test('the board of another team’s supervisor has nothing of Alice’s, and agents have none', async () => {
  const url = `${backend.url.replace('http', 'ws')}/board`;
  const boards = new Map<Actor, string[]>();
  const sockets: WebSocket[] = [];
  const refusedTo: Actor[] = [];
  for (const actor of everybody) {
    const headers = { authorization: `Bearer ${clients[actor].session.token}` };
    const socket = new WebSocket(url, { headers });
    sockets.push(socket);
    const texts: string[] = [];
    socket.on('message', (data: Buffer) => texts.push(data.toString()));
    await new Promise<void>((done) => {
      socket.on('open', () => {
        boards.set(actor, texts);
        done();
      });
      socket.on('error', () => {
        refusedTo.push(actor);
        done();
      });
    });
  }
  expect(refusedTo).toEqual(['alice', 'bruno', 'carla']);
  const before = new Map([...boards].map(([actor, texts]) => [actor, texts.length]));
  await work.hand('sofia', 'Please help.');
  await work.joined();
  const isTold = (actor: Actor): boolean =>
    (boards.get(actor)?.length ?? 0) > (before.get(actor) ?? 0);
  await until(() => aboveAlice.every(isTold));
  await clients.carla.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await until(() => isTold('stefan'));
  for (const [actor, texts] of boards) {
    const text = texts.join('');
    expect({ actor, leaks: leaksIn(text, actor) }).toEqual({ actor, leaks: [] });
    expect({ actor, sees: text.includes(people.alice.id) }).toEqual({
      actor,
      sees: aboveAlice.includes(actor),
    });
  }
  for (const socket of sockets) socket.terminate();
});
