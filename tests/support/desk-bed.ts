import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { expect, vi } from 'vitest';
import type { EventBatch } from '../../src/shared/api/events.ts';
import type { DeskState, Session } from '../../src/shared/api/routes.ts';
import type { DeskSnapshot } from '../../src/shared/ipc/desk.ts';
import type { EngineSetup, PhoneCommand } from '../../src/shared/ipc/phone.ts';
import { createBodyCipher } from '../../src/main/journal/body-cipher.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import { defaultSettings } from '../../src/main/settings/default-settings.ts';
import { createDesk } from '../../src/main/desk/desk.ts';
import type { Desk } from '../../src/main/desk/desk-ports.ts';
import { createDeskStore } from '../../src/main/desk/desk-store.ts';

/** A desk of main, with its real journal, at a backend of sockets. */

const label = { en: 'Support', es: 'Soporte', pt: 'Suporte' };
export const user = {
  id: '0193aaaa-0000-7000-8000-00000000000a',
  username: 'ana',
  name: 'Ana',
  role: 'agent',
  extension: '1001',
} as const;
export const deskState: DeskState = {
  user,
  agent: {
    state: { state: 'not_ready', reason: 'signed_in' },
    since: 1,
    doNotDisturb: false,
    revision: 1,
  },
  queues: [{ name: 'support', label, autoAnswer: true }],
  reasons: [],
  wrapUpCodes: [],
  cards: [],
  today: { contacts: 0, missed: 0, handleMs: 0, targetHandleMs: 1 },
  shift: null,
  pbx: { state: 'connected', version: '22' },
  serverTime: Date.now(),
  country: 'US',
  capabilities: { queues: true, recording: true, demoCustomers: true, parking: true },
  parked: [],
  favourites: [],
  demo: true,
  demoEverySeconds: null,
};
const session: Session = {
  token: 'canary-token',
  expiresAt: Date.now() + 3_600_000,
  sip: {
    uri: 'sip:1001@pbx',
    username: '1001',
    password: 'canary-secret',
    edges: [{ url: 'ws://pbx', priority: 0, weight: 1 }],
    country: 'US',
    voicemailNumber: '*97',
    expiresAt: Date.now() + 3_600_000,
  },
  sipProblem: null,
  desk: deskState,
};
export const card = {
  contactId: '0193aaaa-0000-7000-8000-0000000000c1',
  callKey: 'k',
  revision: 2,
  direction: 'inbound',
  queue: 'support',
  remoteNumber: '+15550100',
  remoteName: '',
  displayNumber: '+1 555 0100',
  startedAt: 1,
  queuedAt: 1,
  match: { kind: 'unknown' },
  consent: { state: 'not_asked', at: null },
  recording: { state: 'off' },
} as const;

/** A backend of sockets: what is on the wire, and nothing behind it. */
export const startBackend = async (port = 0) => {
  const events: EventBatch[] = [];
  const sockets: WebSocket[] = [];
  const state = { tokenKnown: true, sipIsAway: false };
  const server: Server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    void bodyOf(request).then((body) => {
      const route = `${request.method ?? ''} ${request.url ?? ''}`;
      const mine = request.headers.authorization === 'Bearer canary-token' && state.tokenKnown;
      if (route === 'GET /api/v1/time') answer(200, { serverTime: Date.now() });
      else if (route === 'GET /api/v1/demo') answer(200, { users: [] });
      else if (route === 'POST /api/v1/session') {
        const { password } = JSON.parse(body) as { password: string };
        if (password === 'right') {
          answer(
            200,
            state.sipIsAway ? { ...session, sip: null, sipProblem: 'pbx_refused' } : session,
          );
        } else answer(401, { code: 'wrong_password', message: 'no' });
      } else if (!mine) answer(401, { code: 'not_signed_in', message: 'sign in' });
      else if (route === 'POST /api/v1/session/sip') {
        if (state.sipIsAway) answer(503, { code: 'pbx_away', message: 'cable' });
        else answer(200, session.sip);
      } else if (route === 'POST /api/v1/events') {
        const batch = JSON.parse(body) as EventBatch;
        events.push(batch);
        answer(200, { stored: batch.events.map(({ id }) => id), refused: [] });
      } else answer(200, {});
    });
  });
  const webSockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (!state.tokenKnown || request.headers.authorization !== 'Bearer canary-token') {
      socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (opened) => {
      sockets.push(opened);
      opened.send(JSON.stringify({ kind: 'desk', desk: deskState }));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    // The server has been listening on TCP.
    port: (server.address() as AddressInfo).port,
    events,
    state,
    push: (message: unknown) => sockets.at(-1)?.send(JSON.stringify(message)),
    stop: async (): Promise<void> => {
      for (const socket of sockets) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};

export const cleanUp: (() => Promise<void>)[] = [];
/** To be called after each test. */
export const closeDesks = async (): Promise<void> => {
  for (const work of cleanUp.splice(0)) await work();
};

export const openDesk = (port: number) => {
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: `http://127.0.0.1:${port}`,
    versions: { app: '0', electron: '0', chrome: '0' },
    notices: [],
  });
  const setups: EngineSetup[] = [];
  const commands: PhoneCommand[] = [];
  const seen: DeskSnapshot[] = [];
  store.subscribe((snapshot) => seen.push(snapshot));
  const journal = openJournal(
    join(mkdtempSync(join(tmpdir(), 'ringside-desk-')), 'j.sqlite'),
    createBodyCipher(new Uint8Array(32)),
    1,
  );
  const desk: Desk = createDesk({
    store,
    journal,
    fetch,
    monotonicMs: () => performance.now(),
    uptimeMs: () => performance.now(),
    wallNow: Date.now,
    random: () => 0,
    keepSettings: () => true,
    onSettings: () => undefined,
    onPhone: () => undefined,
    onLevels: () => undefined,
    onFloor: () => undefined,
    setupEngine: (setup) => setups.push(setup),
    commandEngine: (_id, command) => commands.push(command) > 0,
    orderJoin: () => undefined,
    orderProof: () => undefined,
    wakeEngine: () => undefined,
    onEngineAsked: () => undefined,
    saveFile: () => Promise.resolve(null),
    openFile: () => Promise.resolve(null),
    openPage: () => undefined,
    printPage: () => Promise.resolve(null),
  });
  cleanUp.push(() => desk.farewell());
  const until = (condition: (snapshot: DeskSnapshot) => boolean): Promise<void> =>
    vi.waitFor(() => {
      if (!condition(store.snapshot())) throw new Error(JSON.stringify(store.snapshot()));
    }, 5_000);
  return { desk, store, setups, commands, seen, until };
};

export const openBoth = async () => {
  const backend = await startBackend();
  cleanUp.push(backend.stop);
  return { backend, ...openDesk(backend.port) };
};

export const signedIn = async () => {
  const bed = await openBoth();
  const answer = await bed.desk.ui['session.signIn']({ username: 'ana', password: 'right' });
  expect(answer).toEqual({ ok: true, value: null });
  return bed;
};
