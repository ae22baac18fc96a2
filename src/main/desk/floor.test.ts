import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { FloorEvent } from '../../shared/ipc/floor.ts';
import { failure } from '../../shared/result.ts';
import type { SessionView } from '../../shared/ipc/desk.ts';
import { createDeskStore } from './desk-store.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createFloor, type Floor } from './floor.ts';

const patienceMs = 15_000;
const until = async (holds: () => boolean): Promise<void> => {
  const giveUpAt = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error('it never came to be');
    await new Promise((done) => setTimeout(done, 10));
  }
};

const board = {
  kind: 'board',
  revision: 0,
  terms: { queues: [], teams: [], reasons: [], day: { from: 0, to: 1, zone: 'UTC' } },
  agents: [],
  queues: [],
};

let server: WebSocketServer;
let events: FloorEvent[];
let floor: Floor;
let paths: string[];
let signOut: () => void;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  events = [];
  paths = [];
  server.on('connection', (line, request) => {
    paths.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    line.send(JSON.stringify(board));
  });
  const { port } = server.address() as AddressInfo;
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: `http://127.0.0.1:${port}`,
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  const session: Partial<SessionView> = { state: 'signed_in' };
  store.update({ session: session as SessionView });
  signOut = () => {
    store.update({ session: { state: 'signed_out', why: 'signed_out', demoUsers: null } });
  };
  floor = createFloor({
    store,
    session: {
      token: () => 'secret',
      request: () => Promise.resolve(failure({ code: 'failed', detail: '' })),
    },
    random: () => 0,
    now: () => 7,
    openSocket: (url, headers) => new WebSocket(url, { headers }),
    publish: (event) => events.push(event),
  });
});

afterEach(async () => {
  floor.close();
  for (const line of server.clients) line.terminate();
  await new Promise((done) => server.close(done));
});

const open = () => floor.handlers['floor.open'](null);

test('the line to the board is open while the page is, and no longer', async () => {
  expect(server.clients.size).toBe(0);
  expect(await open()).toEqual({ ok: true, value: null });
  await until(() => events.length > 0);
  expect(paths).toEqual(['/api/v1/board Bearer secret']);
  expect(events).toEqual([board]);
  await floor.handlers['floor.close'](null);
  await until(() => server.clients.size === 0);
});

test('a line that is lost is told once, and comes back with everything', async () => {
  await open();
  await until(() => events.length > 0);
  for (const line of server.clients) line.terminate();
  await until(() => events.length >= 3);
  expect(events).toEqual([board, { kind: 'away', since: 7 }, board]);
});

test('what is no message of the board is dropped', async () => {
  await open();
  await until(() => events.length > 0);
  for (const line of server.clients) {
    line.send(JSON.stringify({ kind: 'board_changed', revision: 1, agents: [{ id: 'x' }] }));
    line.send(JSON.stringify({ ...board, revision: 2 }));
  }
  await until(() => events.length > 1);
  expect(events.at(-1)).toMatchObject({ revision: 2 });
  expect(events).toHaveLength(2);
});

test('who signs out leaves no line behind', async () => {
  await open();
  await until(() => events.length > 0);
  signOut();
  await until(() => server.clients.size === 0);
});
