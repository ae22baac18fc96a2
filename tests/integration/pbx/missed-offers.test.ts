import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import type { EvidenceFact } from '../../../src/shared/api/evidence.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { known } from '../../support/known.ts';
import type { ScriptedPbx } from '../../support/scripted-pbx.ts';
import { startAsteriskUnderTest, test, type AsteriskUnderTest } from './asterisk-under-test.ts';
import { header } from './sip-message.ts';
import { createSipPhone, openWebSocketWire, type PhoneCall, type SipPhone } from './sip-phone.ts';

/** The backend, a real Asterisk, and phones that ring for a second and are not answered. */

const ringMs = 1_000;

let asterisk: AsteriskUnderTest;
let server: DatabaseServer;
let pbx: Pbx;
let backend: TestBackend;
let phones: readonly SipPhone[] = [];

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
  asterisk = await startAsteriskUnderTest({
    'queues.conf': '\n[support](+)\ntimeout = 1\n',
    'extensions_local.conf': 'QUEUE_RING_SECONDS = 1\n',
  });
});
afterAll(async () => {
  await asterisk.stop();
  await server.stop();
});

beforeEach(async () => {
  pbx = asterisk.adapter();
  const { database } = await server.fresh();
  // The tests that script their PBX ask more of it; the backend asks no more than this.
  backend = await startBackend(database, { pbx: pbx as ScriptedPbx });
  await until(() => pbx.status().state === 'connected');
});
afterEach(async () => {
  await asterisk.cli('channel request hangup all');
  for (const phone of phones) phone.close();
  phones = [];
  await backend.stop();
  await pbx.stop();
});

type Agent = { readonly client: Client; readonly phone: SipPhone; readonly name: string };

const startAgent = async (name: 'alice' | 'bruno'): Promise<Agent> => {
  const client = await backend.signIn(name);
  const { user } = client.session.desk;
  const phone = createSipPhone(await openWebSocketWire(asterisk.webSocketUrl), user.extension);
  phones = [...phones, phone];
  expect(await phone.register(client.session.sip?.password ?? '')).toBe(200);
  return { client, phone, name };
};
const beReady = ({ client }: Agent) =>
  client.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });

const customerCalls = async (): Promise<string> =>
  known(
    await pbx.callDemoCustomer({
      ...{ queue: 'support', number: '+34600111222', name: 'Ana', voice: null },
      ...{ scenario: 'talks', extension: null },
    }),
  );

/** The desk's account of a ring that was seen and heard all along. */
const tellRing = async ({ client }: Agent, callKey: string): Promise<void> => {
  const at = Date.now();
  const fact: EvidenceFact = {
    ...{
      kind: 'ring',
      id: randomUUID(),
      callId: randomUUID(),
      callKey,
      at,
      offeredAt: at - ringMs,
    },
    ...{ shownAt: at - ringMs, soundedAt: at - ringMs, silence: null, outcome: 'no_answer' },
    troubles: [],
  };
  const event = {
    ...{ id: fact.id, journalId: randomUUID(), seq: 1, agentId: client.session.desk.user.id },
    ...{ writtenAt: at, offsetMs: 0, body: { topic: 'evidence', fact } },
  };
  const { body } = await client.ask('POST', '/events', { events: [event] });
  expect(body).toMatchObject({ refused: [] });
};

/** Rings until the PBX takes the offer back, and tells how it was. */
const letRing = async (agent: Agent, given: PhoneCall): Promise<void> => {
  given.ring();
  const end = await given.ended;
  expect(end.firstLine).toMatch(/^CANCEL /);
  await tellRing(agent, header(given.invite, 'X-Ringside-Call'));
};

const stateOf = ({ client }: Agent) => client.pushes.findLast((push) => push.kind === 'agent');
const countOf = async ({ client }: Agent): Promise<readonly unknown[]> =>
  (await client.next('missed', ({ missed }) => missed.length > 0)).missed;

test('alone, an agent who lets it ring is asked again after a rest, and no more after the second time', async () => {
  const alice = await startAgent('alice');
  await beReady(alice);
  const callKey = await customerCalls();
  const first = await alice.phone.nextCall();
  await letRing(alice, first);
  const second = await alice.phone.nextCall();
  expect(header(second.invite, 'X-Ringside-Call')).toBe(callKey);
  expect(second.arrivedAt - first.arrivedAt).toBeGreaterThan(ringMs + 2_000);
  await letRing(alice, second);
  await until(() => {
    const told = stateOf(alice)?.agent.state;
    return told?.state === 'not_ready' && told.reason === 'missed_call';
  });
  expect(await countOf(alice)).toMatchObject([{ cause: 'not_answered', counted: true }]);
  const bruno = await startAgent('bruno');
  await beReady(bruno);
  const asked = await Promise.race([
    alice.phone.nextCall().then(() => 'alice'),
    bruno.phone.nextCall().then(() => 'bruno'),
  ]);
  expect(asked).toBe('bruno');
}, 40_000);

test('with another agent ready, a caller whom one lets wait goes to the other first', async () => {
  const agents = [await startAgent('alice'), await startAgent('bruno')] as const;
  for (const agent of agents) await beReady(agent);
  const callKey = await customerCalls();
  const coming = new Map<Agent, Promise<{ readonly agent: Agent; readonly call: PhoneCall }>>();
  const expectCall = (agent: Agent): void => {
    coming.set(
      agent,
      agent.phone.nextCall().then((call) => ({ agent, call })),
    );
  };
  agents.forEach(expectCall);
  const first = await Promise.race(coming.values());
  expectCall(first.agent);
  await letRing(first.agent, first.call);
  const second = await Promise.race(coming.values());
  expect(second.agent.name).not.toBe(first.agent.name);
  expect(header(second.call.invite, 'X-Ringside-Call')).toBe(callKey);
  expect(stateOf(first.agent)?.agent.state).toEqual({ state: 'ready' });
}, 40_000);

test('a phone that lost power is out at once and without blame, and its caller goes on', async () => {
  const alice = await startAgent('alice');
  await beReady(alice);
  alice.phone.fallSilent();
  await customerCalls();
  await until(() => {
    const told = stateOf(alice)?.agent.state;
    return told?.state === 'not_ready' && told.reason === 'unreachable';
  });
  expect(await countOf(alice)).toMatchObject([{ cause: 'unreachable', counted: false }]);
  const bruno = await startAgent('bruno');
  await beReady(bruno);
  expect(header((await bruno.phone.nextCall()).invite, 'X-Ringside-Queue')).toBe('support');
}, 40_000);
