import { beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { BoardAgent, BoardPush } from '../../../src/shared/api/board.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';

const backend = backendForEachTest();
let sofia: Client;

beforeEach(async () => {
  sofia = await backend.signIn('sofia');
});

type Watcher = {
  readonly pushes: readonly BoardPush[];
  /** The agent as this watcher knows it now. */
  readonly agent: (id: string) => BoardAgent | undefined;
  readonly closed: Promise<number>;
};

const watch = async (who: Client): Promise<Watcher> => {
  const socket = new WebSocket(`${backend.url.replace('http', 'ws')}/board`, {
    headers: { authorization: `Bearer ${who.session.token}` },
  });
  const pushes: BoardPush[] = [];
  socket.on('message', (data: Buffer) => pushes.push(JSON.parse(data.toString()) as BoardPush));
  const closed = new Promise<number>((done) => socket.on('close', done));
  await Promise.race([
    until(() => pushes.length > 0),
    new Promise((_, fail) => socket.on('error', fail)),
  ]);
  return {
    pushes,
    closed,
    agent: (id) =>
      pushes
        .flatMap(({ agents }) => agents)
        .filter((agent) => agent.id === id)
        .at(-1),
  };
};

const stateOf = (watcher: Watcher, id: string) => watcher.agent(id)?.state.state;

test('a supervisor sees everybody at once, and every change from then on', async () => {
  const alice = await backend.signIn('alice');
  const board = await watch(sofia);
  expect(board.pushes[0]).toMatchObject({ kind: 'board' });
  expect(board.agent(people.alice.id)).toMatchObject({
    extension: '1001',
    queues: ['sales', 'support'],
    state: { state: 'not_ready', reason: 'signed_in' },
  });
  expect(stateOf(board, people.bruno.id)).toBe('offline');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await until(() => stateOf(board, people.alice.id) === 'ready');
  await backend.signIn('bruno');
  await until(() => stateOf(board, people.bruno.id) === 'not_ready');
  await alice.ask('DELETE', '/session');
  await until(() => stateOf(board, people.alice.id) === 'offline');
  const revisions = board.pushes.map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
});

test('who looks again sees how things stand, whatever happened in between', async () => {
  const alice = await backend.signIn('alice');
  const before = await watch(sofia);
  await backend.ask('DELETE', '/session', undefined, sofia.session.token);
  await before.closed;
  await alice.ask('DELETE', '/session');
  const after = await watch(await backend.signIn('sofia'));
  expect(stateOf(after, people.alice.id)).toBe('offline');
});

test('a supervisor of a team sees the team, an administrator everybody', async () => {
  await backend.database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{}', 0), ('south', '{}', 1)`,
  );
  await backend.database.query(
    `UPDATE users SET team = CASE username WHEN 'bruno' THEN 'south' ELSE 'north' END`,
  );
  const [mine, all] = [await watch(sofia), await watch(await backend.signIn('admin'))];
  const bruno = await backend.signIn('bruno');
  await bruno.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await until(() => stateOf(mine, people.alice.id) === 'ready');
  await until(() => stateOf(all, people.bruno.id) === 'ready');
  expect(mine.agent(people.bruno.id)).toBeUndefined();
});

test('who comes to work here while the board is open appears on it', async () => {
  const board = await watch(sofia);
  const id = '00000000-0000-7000-8000-0000000000aa';
  await backend.database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash)
     SELECT $1, 'nadia', 'Nadia', 'agent', '1099', password_hash FROM users WHERE username = 'alice'`,
    [id],
  );
  await backend.signIn('nadia');
  await until(() => stateOf(board, id) === 'not_ready');
});

test('an agent has no board, and a session that ended has none any more', async () => {
  const alice = await backend.signIn('alice');
  await expect(watch(alice)).rejects.toThrow('403');
  const board = await watch(sofia);
  await sofia.ask('DELETE', '/session');
  expect(await board.closed).toBe(4001);
});
