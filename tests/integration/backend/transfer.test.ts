import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Contact } from '../../../src/shared/api/records.ts';
import type { TransferTargets } from '../../../src/shared/api/routes.ts';
import type { CallFact, LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall, type Journal } from '../../support/journal.ts';

const backend = backendForEachTest();
let alice: Client;
let bruno: Client;
let journal: Journal;

beforeEach(async () => {
  alice = await backend.signIn('alice');
  bruno = await backend.signIn('bruno');
  journal = createJournal(people.alice.id);
});

const nora = { remoteNumber: '+13035550123', remoteName: 'NORA W' };
const offered = (callKey: string, extension: string, consult = false) =>
  backend.pbx.report({
    kind: 'leg_offered',
    at: Date.now(),
    callKey,
    extension,
    queue: 'support',
    ...(consult ? { remoteNumber: '1001', remoteName: 'Alice' } : nora),
    ...(consult ? { consult } : {}),
  });
const report = (
  kind: 'leg_answered' | 'customer_joined' | 'customer_left',
  callKey: string,
  extension: string,
) => backend.pbx.report({ kind, at: Date.now(), callKey, extension });
const left = (callKey: string, extension: string) =>
  backend.pbx.report({
    kind: 'leg_ended',
    ...{ at: Date.now(), callKey, extension, answered: true, cause: 16 },
  });

const send = async (...facts: readonly LedgerFact[]): Promise<void> => {
  const events = facts.map((fact) => journal.event(ledger(fact)));
  const { body } = await alice.ask('POST', '/events', { events });
  expect(body).toMatchObject({ refused: [] });
  await backend.backend.idle();
};

const grant = async (callKey: string, callId: string): Promise<void> => {
  const fact = { id: randomUUID(), callId, callKey, at: Date.now(), kind: 'granted' } as const;
  const events = [journal.event({ topic: 'consent', fact })];
  expect(await alice.ask('POST', '/events', { events })).toMatchObject({ body: { refused: [] } });
  await backend.backend.idle();
};

/** Alice talks with Nora, and her journal says so. */
const talk = async () => {
  const callKey = randomUUID();
  offered(callKey, '1001');
  report('leg_answered', callKey, '1001');
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  const facts = wholeCall(callKey, Date.now() - 10_000);
  await send(facts.offered, facts.answered);
  return { callKey, facts };
};

/** What Alice's phone tells of the leg by which she asks Bruno. */
const consultLeg = (callKey: string, consultFor: string, startedAt: number) => {
  const callId = randomUUID();
  const fact = (afterMs: number) => ({
    id: randomUUID(),
    callId,
    callKey,
    at: startedAt + afterMs,
  });
  return {
    dialed: { kind: 'dialed', ...fact(0), remoteNumber: '1002', consultFor },
    answered: { kind: 'answered', ...fact(1_000) },
    ended: {
      kind: 'ended',
      ...fact(2_000),
      side: 'local',
      outcome: 'completed',
      sipCode: null,
      cause: 16,
    },
  } as const satisfies Record<string, CallFact>;
};

const nameOnCard = async (who: Client, callKey: string) => {
  const { card } = await who.next('card', (push) => push.card.callKey === callKey);
  return card.match.kind === 'exact' ? card.match.customer.name : card.match.kind;
};

test('a colleague who is asked gets the customer’s card as it rings, and keeps it after the transfer', async () => {
  const { callKey, facts } = await talk();
  await send(consultLeg(callKey, facts.offered.callId, facts.answered.at + 500).dialed);
  offered(callKey, '1002', true);
  expect(await nameOnCard(bruno, callKey)).toBe('Nora Whitfield');
  report('leg_answered', callKey, '1002');
  await bruno.next('agent', ({ agent }) => agent.state.state === 'engaged');
  report('customer_joined', callKey, '1002');
  left(callKey, '1001');
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  await backend.backend.idle();
  expect(bruno.pushes.filter((push) => push.kind === 'card_gone')).toEqual([]);
  const [contact] = await backend.database.query<{
    readonly count: number;
    readonly number: string;
  }>('SELECT count(*)::int AS count, min(remote_number) AS number FROM contacts');
  expect(contact).toEqual({ count: 1, number: nora.remoteNumber });
});

test('the leg that asks a colleague moves nobody, owes no wrap-up and counts for nothing', async () => {
  const { callKey, facts } = await talk();
  const asking = consultLeg(callKey, facts.offered.callId, facts.answered.at + 500);
  alice.forgetPushes();
  // the end of the asking leg comes in a batch of its own
  await send(facts.held, asking.dialed, asking.answered);
  await send(asking.ended);
  expect(alice.pushes.filter((push) => push.kind === 'agent')).toEqual([]);
  const ended = { ...facts.ended, outcome: 'transferred', side: 'local' } as const;
  await send(facts.resumed, ended);
  left(callKey, '1001');
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  await send(facts.wrapUp);
  await alice.next('agent', ({ agent }) => agent.state.state === 'not_ready');
  const { today } = await alice.next('today');
  expect(today).toMatchObject({ contacts: 1, handleMs: 4_000 });
});

test('time with a colleague is a segment of the customer’s leg, in the backend as on screen', async () => {
  const { callKey, facts } = await talk();
  const { card } = await alice.next('card');
  const { callId } = facts.offered;
  const consult = { callId, callKey } as const;
  await send(
    facts.held,
    { kind: 'consult_began', id: randomUUID(), at: facts.held.at, ...consult },
    { kind: 'consult_ended', id: randomUUID(), at: facts.held.at + 400, ...consult },
    facts.resumed,
    facts.ended,
  );
  const { body } = await alice.ask('GET', `/contacts/${card.contactId}`);
  const [leg] = (body as Contact).legs;
  expect(leg).toMatchObject({ consultMs: 400, holdMs: 600, talkMs: 2_000 });
});

test('a colleague who receives the customer of another call sees who it is', async () => {
  const { callKey } = await talk();
  const colleagues = randomUUID();
  backend.pbx.report({
    kind: 'outbound_dialed',
    ...{ at: Date.now(), callKey: colleagues, extension: '1002', number: '1001' },
  });
  report('leg_answered', colleagues, '1002');
  await bruno.next('agent', ({ agent }) => agent.state.state === 'engaged');
  const received = { kind: 'customer_received', callKey: colleagues, extension: '1002' } as const;
  backend.pbx.report({ ...received, at: Date.now(), customerCallKey: callKey });
  const { card } = await bruno.next('card', (push) => push.card.match.kind === 'exact');
  expect(card).toMatchObject({
    callKey: colleagues,
    queue: 'support',
    match: { customer: { name: 'Nora Whitfield' } },
    consent: { state: 'not_asked' },
  });
});

test('nothing is recorded of agents among themselves; after the transfer consent goes on to hold', async () => {
  const { callKey, facts } = await talk();
  offered(callKey, '1002', true);
  report('leg_answered', callKey, '1002');
  report('customer_left', callKey, '1001');
  await grant(callKey, facts.offered.callId);
  expect(backend.pbx.recordingLog).toEqual([]);
  report('customer_joined', callKey, '1002');
  left(callKey, '1001');
  await until(() => backend.pbx.running.size === 1);
  await backend.backend.idle();
  expect([...backend.pbx.running.values()]).toMatchObject([{ callKey, extension: '1002' }]);
});

test('the recording of the first agent ends with that agent’s part, and another begins', async () => {
  const { callKey, facts } = await talk();
  await grant(callKey, facts.offered.callId);
  expect([...backend.pbx.running.values()]).toMatchObject([{ extension: '1001' }]);
  left(callKey, '1001');
  offered(callKey, '1002');
  await backend.backend.idle();
  await until(() => backend.pbx.running.size === 0);
  report('leg_answered', callKey, '1002');
  await until(() => backend.pbx.running.size === 1);
  expect([...backend.pbx.running.values()]).toMatchObject([{ callKey, extension: '1002' }]);
  expect(backend.pbx.recordingLog.map((line) => line.split(' ')[0])).toEqual([
    'start',
    'stop',
    'start',
  ]);
});

test('a customer who comes back to the agent who transferred owes one wrap-up more', async () => {
  const { callKey, facts } = await talk();
  await send({ ...facts.ended, outcome: 'transferred', side: 'local' });
  left(callKey, '1001');
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  alice.forgetPushes();
  offered(callKey, '1001');
  expect(await nameOnCard(alice, callKey)).toBe('Nora Whitfield');
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  report('leg_answered', callKey, '1001');
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  const again = wholeCall(callKey, Date.now());
  await send(again.offered, again.answered, facts.wrapUp);
  left(callKey, '1001');
  await send(again.ended);
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  expect(alice.pushes.filter((push) => push.kind === 'card_gone')).toEqual([]);
  await send(again.wrapUp);
  await alice.next('agent', ({ agent }) => agent.state.state === 'not_ready');
  await alice.next('card_gone');
});

test('transfer targets: colleagues with state and phone, queues with who is ready and who waits', async () => {
  await bruno.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  backend.pbx.reachable.add('1002');
  backend.pbx.waiting.set('sales', 3);
  const targets = async (): Promise<TransferTargets> => {
    const { body } = await alice.ask('GET', '/transfer-targets');
    return body as TransferTargets;
  };
  const { agents, queues } = await targets();
  expect(agents.map(({ extension }) => extension)).not.toContain('1001');
  expect(agents.find(({ id }) => id === people.bruno.id)).toMatchObject({
    extension: '1002',
    state: 'ready',
    reason: null,
    reachable: true,
  });
  expect(agents.find(({ id }) => id === people.sofia.id)).toMatchObject({
    state: 'offline',
    reachable: false,
  });
  expect(queues).toMatchObject([
    { name: 'support', ready: 1, waiting: 0 },
    { name: 'sales', ready: 0, waiting: 3 },
  ]);
  await bruno.ask('PUT', '/agent/wish', { wish: { kind: 'not_ready', reason: 'lunch' } });
  expect((await targets()).queues[0]).toMatchObject({ ready: 0 });
  backend.pbx.goAway('cable');
  expect((await targets()).agents.every(({ reachable }) => !reachable)).toBe(true);
  expect((await backend.ask('GET', '/transfer-targets')).status).toBe(401);
});
