import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { afterEach, expect, test, vi } from 'vitest';
import type { EventBatch } from '../../shared/api/events.ts';
import type { DeskState, Session } from '../../shared/api/routes.ts';
import { callTransition, offeredCall } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { EngineSetup, PhoneCommand } from '../../shared/ipc/phone.ts';
import { createBodyCipher } from '../journal/body-cipher.ts';
import { openJournal } from '../journal/journal.ts';
import { newId } from '../new-id.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createDesk, type Desk } from './desk.ts';
import { createDeskStore } from './desk-store.ts';

const label = { en: 'Support', es: 'Soporte', pt: 'Suporte' };
const user = {
  id: '0193aaaa-0000-7000-8000-00000000000a',
  username: 'ana',
  name: 'Ana',
  role: 'agent',
  extension: '1001',
} as const;
const deskState: DeskState = {
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
const card = {
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
const startBackend = async (port = 0) => {
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

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const work of cleanUp.splice(0)) await work();
});

const openDesk = (port: number) => {
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
    wakeEngine: () => undefined,
    onEngineAsked: () => undefined,
    saveFile: () => Promise.resolve(null),
    printPage: () => Promise.resolve(null),
  });
  cleanUp.push(() => desk.farewell());
  const until = (condition: (snapshot: DeskSnapshot) => boolean): Promise<void> =>
    vi.waitFor(() => {
      if (!condition(store.snapshot())) throw new Error(JSON.stringify(store.snapshot()));
    }, 5_000);
  return { desk, store, setups, commands, seen, until };
};

const openBoth = async () => {
  const backend = await startBackend();
  cleanUp.push(backend.stop);
  return { backend, ...openDesk(backend.port) };
};

const signedIn = async () => {
  const bed = await openBoth();
  const answer = await bed.desk.ui['session.signIn']({ username: 'ana', password: 'right' });
  expect(answer).toEqual({ ok: true, value: null });
  return bed;
};

test('before sign-in the desk says whether the backend is there, and what a demo shows', async () => {
  const { until } = await openBoth();
  await until(
    ({ backend, session: view }) =>
      backend.state === 'connected' && view.state === 'signed_out' && view.demoUsers !== null,
  );
});

test('without a backend the desk says so, and notices when it comes', async () => {
  const placeholder = await startBackend();
  await placeholder.stop();
  const { until } = openDesk(placeholder.port);
  await until(({ backend }) => backend.state === 'away');
  const backend = await startBackend(placeholder.port);
  cleanUp.push(backend.stop);
  await until(({ backend: view }) => view.state === 'connected');
});

test('a wrong password leaves the sign-in screen as it was', async () => {
  const { desk, store } = await openBoth();
  expect(await desk.ui['session.signIn']({ username: 'ana', password: 'x' })).toMatchObject({
    why: { code: 'wrong_password' },
  });
  expect(store.snapshot().session.state).toBe('signed_out');
});

test('signing in gives the engine its secret and the screen none', async () => {
  const { setups, seen, store, until } = await signedIn();
  expect(store.snapshot().session).toMatchObject({ state: 'signed_in', user });
  expect(setups.at(-1)?.account?.password).toBe('canary-secret');
  await until(({ agent }) => agent !== null);
  expect(JSON.stringify(seen)).not.toContain('canary');
});

test('the phone dials by the country that the desk shows, also when the backend gets another', async () => {
  const { backend, setups, store, until } = await signedIn();
  expect(store.snapshot().session).toMatchObject({ country: 'US' });
  expect(setups.at(-1)?.account?.country).toBe('US');
  await vi.waitFor(() => {
    backend.push({ kind: 'desk', desk: { ...deskState, country: 'ES' } });
    if (setups.at(-1)?.account?.country !== 'ES') throw new Error('still the old country');
  });
  await until(({ session: view }) => view.state === 'signed_in' && view.country === 'ES');
});

test('the phone is told what to do with calls that come in, and anew when it changes', async () => {
  const { backend, setups } = await signedIn();
  const incoming = () => setups.at(-1)?.incoming;
  expect(incoming()).toMatchObject({ autoAnswerQueues: [], directCalls: 'ring' });
  await vi.waitFor(() => {
    backend.push({ kind: 'agent', agent: { ...deskState.agent, state: { state: 'ready' } } });
    expect(incoming()?.autoAnswerQueues).toEqual(['support']);
  });
  await vi.waitFor(() => {
    backend.push({ kind: 'agent', agent: { ...deskState.agent, doNotDisturb: true } });
    expect(incoming()?.directCalls).toBe('refuse');
  });
  const told = setups.length;
  backend.push({ kind: 'agent', agent: { ...deskState.agent, doNotDisturb: true, revision: 2 } });
  backend.push({ kind: 'agent', agent: { ...deskState.agent, revision: 3 } });
  await vi.waitFor(() => expect(incoming()?.directCalls).toBe('ring'));
  expect(setups).toHaveLength(told + 1);
});

test('closing the program hangs up also what was answered by itself a moment ago', async () => {
  const { desk, commands } = await signedIn();
  const callId = crypto.randomUUID();
  const at = Date.now();
  const remote = { number: '1', name: '' };
  const offered = offeredCall({
    ...{ callId, callKey: 'k', queue: 'support', remote },
    stamp: { id: newId(at), at },
  });
  const answered = callTransition(offered, {
    ...{ kind: 'answered', automatic: true, stamp: { id: newId(at), at } },
  });
  const phone = await desk.ui['phone.snapshot'](null);
  desk.engine.reports['engine.snapshot']({
    ...{ ...phone, revision: 1 },
    calls: [answered.ok ? answered.value : offered],
  });
  await cleanUp.pop()?.();
  expect(commands).toEqual([{ kind: 'end', callId, leaving: true }]);
});

test('whether customers of the demo call by themselves is shown as the backend tells it', async () => {
  const { backend, store, until } = await signedIn();
  expect(store.snapshot().session).toMatchObject({ demoEverySeconds: null });
  await vi.waitFor(() => {
    backend.push({ kind: 'demo_clock', everySeconds: 90 });
    const { session: view } = store.snapshot();
    if (view.state !== 'signed_in' || view.demoEverySeconds !== 90) throw new Error('not told');
  });
  backend.push({ kind: 'demo_clock', everySeconds: null });
  await until(({ session: view }) => view.state === 'signed_in' && view.demoEverySeconds === null);
});

test('why the phone has no account is on the desk until it has one', async () => {
  const { backend, desk, store, until } = await openBoth();
  backend.state.sipIsAway = true;
  await desk.ui['session.signIn']({ username: 'ana', password: 'right' });
  expect(store.snapshot().sipProblem).toBe('pbx_refused');
  await until(({ sipProblem }) => sipProblem === 'pbx_away');
  backend.state.sipIsAway = false;
  await until(({ sipProblem }) => sipProblem === null);
});

test('a card is on the desk as soon as it is pushed, and an older one changes nothing', async () => {
  const { backend, until, store } = await signedIn();
  await until(({ backend: view }) => view.state === 'connected');
  await vi.waitFor(() => {
    backend.push({ kind: 'card', card });
    if (store.snapshot().cards.length === 0) throw new Error('no card');
  });
  backend.push({ kind: 'card', card: { ...card, revision: 1, displayNumber: 'older' } });
  backend.push({ kind: 'card', card: { ...card, revision: 3, displayNumber: 'newer' } });
  await until(({ cards }) => cards[0]?.displayNumber === 'newer');
  backend.push({ kind: 'nonsense' });
  backend.push({ kind: 'card_gone', callKey: 'k' });
  await until(({ cards }) => cards.length === 0);
});

test('a lost backend is said, and the session goes on when it returns', async () => {
  const { backend, until, setups } = await signedIn();
  await until(({ backend: view }) => view.state === 'connected');
  await backend.stop();
  await until(({ backend: view }) => view.state === 'away');
  expect(setups.at(-1)?.account).not.toBeNull();
  const again = await startBackend(backend.port);
  cleanUp.push(again.stop);
  await until(
    ({ backend: view, session: who }) => view.state === 'connected' && who.state === 'signed_in',
  );
});

test('a session that the backend has forgotten ends as expired, and the phone lets go', async () => {
  const { backend, until, setups } = await signedIn();
  await backend.stop();
  const again = await startBackend(backend.port);
  cleanUp.push(again.stop);
  again.state.tokenKnown = false;
  await until(({ session: who }) => who.state === 'signed_out' && who.why === 'expired');
  expect(setups.at(-1)?.account).toBeNull();
});

test('signing in elsewhere ends the session here', async () => {
  const { backend, store, until } = await signedIn();
  await vi.waitFor(() => {
    backend.push({ kind: 'signed_out', why: 'signed_in_elsewhere' });
    if (store.snapshot().session.state === 'signed_in') throw new Error('still in');
  });
  await until(({ session: who }) => who.state === 'signed_out');
  expect(store.snapshot()).toMatchObject({ session: { why: 'signed_in_elsewhere' }, agent: null });
});

test('the facts of a call reach the backend without being asked for', async () => {
  const { desk, backend, until } = await signedIn();
  const at = Date.now();
  const call = offeredCall({
    callId: crypto.randomUUID(),
    callKey: 'k',
    queue: 'support',
    remote: { number: '+15550100', name: '' },
    stamp: { id: newId(at), at },
  });
  const phone = desk.ui['phone.snapshot'](null);
  desk.engine.reports['engine.snapshot']({ ...(await phone), revision: 1, calls: [call] });
  await until(({ journal }) => journal.waiting === 0 && backend.events.length > 0);
  expect(backend.events[0]?.events[0]).toMatchObject({
    seq: 1,
    agentId: user.id,
    id: call.facts[0]?.id,
    body: { topic: 'ledger', fact: { kind: 'offered' } },
  });
});

test('signing out is refused while a call lives', async () => {
  const { desk, store } = await signedIn();
  const call = offeredCall({
    callId: crypto.randomUUID(),
    callKey: 'k',
    queue: null,
    remote: { number: '1', name: '' },
    stamp: { id: newId(1), at: 1 },
  });
  const phone = await desk.ui['phone.snapshot'](null);
  desk.engine.reports['engine.snapshot']({ ...phone, revision: 1, calls: [call] });
  expect(await desk.ui['session.signOut'](null)).toMatchObject({
    why: { code: 'call_in_progress' },
  });
  desk.engine.reports['engine.snapshot']({ ...phone, revision: 2, calls: [] });
  expect(await desk.ui['session.signOut'](null)).toMatchObject({ ok: true });
  expect(store.snapshot().session).toMatchObject({ state: 'signed_out', why: 'signed_out' });
});
