import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Favourite, FavouriteGiven } from '../../../src/shared/api/favourites.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { startBackend, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;
let database: Database;
let backend: TestBackend;
let alice: Client;
let bruno: Client;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
  ({ database } = await server.fresh());
  backend = await startBackend(database);
  alice = await backend.signIn('alice');
  bruno = await backend.signIn('bruno');
});
afterAll(async () => {
  await backend.stop();
  await server.stop();
});
beforeEach(async () => {
  await alice.ask('PUT', '/favourites', { favourites: [] });
});

const put = (client: Client, favourites: readonly FavouriteGiven[]) =>
  client.ask('PUT', '/favourites', { favourites });
const listed = async (client: Client) =>
  ((await client.ask('GET', '/favourites')).body as { favourites: Favourite[] }).favourites;

const colleague = { kind: 'agent', target: '1002', label: 'somebody' } as const;
const queue = { kind: 'queue', target: 'support', label: 'Support' } as const;
const number = { kind: 'number', target: '(303) 555-0123', label: 'Nora' } as const;

test('the list keeps its order, is the user’s alone and is there with the desk', async () => {
  const answer = await put(alice, [number, colleague, queue]);
  const expected = [
    { kind: 'number', target: '+13035550123', label: 'Nora', gone: false },
    { kind: 'agent', target: '1002', label: 'The bruno', gone: false },
    { kind: 'queue', target: 'support', label: 'Support', gone: false },
  ];
  expect(answer).toMatchObject({ status: 200, body: { favourites: expected } });
  await put(alice, [queue, number, colleague]);
  expect((await listed(alice)).map(({ kind }) => kind)).toEqual(['queue', 'number', 'agent']);
  expect(await listed(bruno)).toEqual([]);
  const again = await backend.signIn('alice', alice.session.desk.user.id);
  expect(again.session.desk.favourites.map(({ target }) => target)).toEqual([
    'support',
    '+13035550123',
    '1002',
  ]);
  alice = again;
});

test('an agent and a queue that are no more are kept and shown as gone', async () => {
  await put(alice, [colleague, { kind: 'queue', target: 'closed', label: 'Closed' }]);
  await database.query(`UPDATE users SET active = false WHERE extension = '1002'`);
  expect(await listed(alice)).toEqual([
    { kind: 'agent', target: '1002', label: 'somebody', gone: true },
    { kind: 'queue', target: 'closed', label: 'Closed', gone: true },
  ]);
  await database.query(`UPDATE users SET active = true WHERE extension = '1002'`);
  expect((await listed(alice))[0]).toMatchObject({ label: 'The bruno', gone: false });
});

test.each([
  ['an extension that is none', [{ ...colleague, target: '1002; x' }]],
  ['a queue with a slash', [{ ...queue, target: '../x' }]],
  ['a number without digits', [{ ...number, target: 'anonymous' }]],
  ['the same number in two notations', [number, { ...number, target: '+1 303 555 0123' }]],
  ['a kind that is none', [{ ...number, kind: 'trunk' }]],
  ['more than fifty', Array.from({ length: 51 }, (_, at) => ({ ...number, target: `100${at}` }))],
])('%s is refused, and the list stays as it was', async (_what, favourites) => {
  await put(alice, [colleague]);
  expect(await alice.ask('PUT', '/favourites', { favourites })).toMatchObject({ status: 400 });
  expect(await listed(alice)).toHaveLength(1);
});

test('a feature code is kept as it is dialled, a label loses what cannot be shown', async () => {
  await put(alice, [{ kind: 'number', target: '*43', label: 'Echo\u202e\n<b>' }]);
  expect(await listed(alice)).toEqual([
    { kind: 'number', target: '*43', label: 'Echo <b>', gone: false },
  ]);
});
