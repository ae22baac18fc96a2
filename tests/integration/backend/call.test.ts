import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { AgentView, Contact } from '../../../src/shared/api/records.ts';
import { startBackend, until } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { customers, people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();

const nora = { remoteNumber: '+13035550123', remoteName: 'NORA W' };
const queued = (callKey: string, caller = nora) =>
  backend.pbx.report({
    kind: 'queue_entered',
    at: Date.now(),
    callKey,
    queue: 'support',
    ...caller,
  });
const offered = (callKey: string, extension = '1001', caller = nora) =>
  backend.pbx.report({
    kind: 'leg_offered',
    at: Date.now(),
    callKey,
    extension,
    queue: 'support',
    ...caller,
  });
const answered = (callKey: string, extension = '1001') =>
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), callKey, extension });
const ended = (callKey: string, how: { answered: boolean; cause: number | null }) =>
  backend.pbx.report({ kind: 'leg_ended', at: Date.now(), callKey, extension: '1001', ...how });

test('the customer’s record reaches the desk as the call is offered, and the agent is reserved', async () => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const callKey = randomUUID();
  queued(callKey);
  offered(callKey);
  const { card } = await alice.next('card');
  expect(card).toMatchObject({
    callKey,
    queue: 'support',
    displayNumber: '(303) 555-0123',
    match: { kind: 'exact', customer: { id: customers.nora.id, name: 'Nora Whitfield' } },
    consent: { state: 'not_asked', at: null },
    recording: { state: 'off' },
  });
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  await backend.backend.idle();
  expect(backend.pbx.membership.get('support 1001')).toMatchObject({
    paused: true,
    pauseReason: 'reserved',
  });
});

test('a whole call by both reports ends in wrap-up and, when that is done, in ready again', async () => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await backend.backend.idle();
  expect(backend.pbx.membership.get('sales 1001')).toMatchObject({ paused: false });
  const callKey = randomUUID();
  const facts = wholeCall(callKey, Date.now() - 10_000);
  const journal = createJournal(people.alice.id);
  const send = async (...names: readonly (keyof typeof facts)[]) => {
    const events = names.map((name) => journal.event(ledger(facts[name])));
    const { body } = await alice.ask('POST', '/events', { events });
    expect(body).toEqual({ stored: events.map((event) => event.id), refused: [] });
  };
  queued(callKey);
  offered(callKey);
  const { card } = await alice.next('card');
  await send('offered');
  answered(callKey);
  await send('answered', 'held', 'resumed');
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  await send('ended');
  ended(callKey, { answered: true, cause: 16 });
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  await backend.backend.idle();
  expect(backend.pbx.membership.get('support 1001')).toMatchObject({ pauseReason: 'wrap_up' });
  alice.forgetPushes();
  await send('wrapUp');
  await alice.next('agent', ({ agent }) => agent.state.state === 'ready');
  await alice.next('card_gone', (gone) => gone.callKey === callKey);
  const { today } = await alice.next('today');
  expect(today).toMatchObject({ contacts: 1, missed: 0, handleMs: 4_000 });
  const { body } = await alice.ask('GET', `/contacts/${card.contactId}`);
  const [leg] = (body as Contact).legs;
  expect(leg).toMatchObject({
    ringMs: 1_000,
    talkMs: 2_000,
    holdMs: 1_000,
    wrapUpMs: 1_000,
    handleMs: 4_000,
    code: 'resolved',
    notes: 'All is well.',
  });
  expect(leg?.segments.map((segment) => segment.kind)).toEqual([
    'ring',
    'talk',
    'hold',
    'talk',
    'wrap_up',
  ]);
});

test('an offer that nobody answers, with nothing to prove why, is kept and held against nobody', async () => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const callKey = randomUUID();
  queued(callKey);
  offered(callKey);
  const { agent: reserved } = await alice.next(
    'agent',
    ({ agent }) => agent.state.state === 'reserved',
  );
  const before = reserved.revision;
  ended(callKey, { answered: false, cause: null });
  expect(await alice.next('today')).toMatchObject({ today: { missed: 0, missedTechnical: 1 } });
  const { agent } = await alice.next('agent', ({ agent: { revision } }) => revision > before);
  expect(agent.state).toEqual({ state: 'ready' });
  await alice.next('card_gone');
});

test.each([
  ['gave up', 'abandoned'],
  ['was answered by somebody else', 'answered'],
] as const)('an offer whose caller %s leaves the agent ready', async (_what, how) => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const callKey = randomUUID();
  queued(callKey);
  offered(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  alice.forgetPushes();
  ended(callKey, { answered: false, cause: null });
  // The PBX may say it only now.
  backend.pbx.report({ kind: 'queue_left', at: Date.now(), callKey, queue: 'support', how });
  const { agent } = await alice.next('agent');
  expect(agent.state).toEqual({ state: 'ready' });
});

test.each([
  ['busy', 17, 'rejected_call'],
  ['declined', 21, 'rejected_call'],
  ['a failing phone', 38, 'phone_failed'],
])(
  'an offer that ends with the cause of %s makes the agent not ready',
  async (_what, cause, reason) => {
    const alice = await backend.signIn('alice');
    await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
    const callKey = randomUUID();
    offered(callKey);
    await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
    ended(callKey, { answered: false, cause });
    await alice.next(
      'agent',
      ({ agent: { state } }) => state.state === 'not_ready' && state.reason === reason,
    );
  },
);

test('a call that comes back to the same agent after a miss is a new offer', async () => {
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  queued(callKey);
  offered(callKey);
  ended(callKey, { answered: false, cause: 19 });
  await alice.next('today');
  alice.forgetPushes();
  offered(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  answered(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
});

test('the client’s late word of an offer that is over does not reserve the agent again', async () => {
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  const { offered: fact } = wholeCall(callKey, Date.now() - 3_000);
  offered(callKey);
  ended(callKey, { answered: false, cause: 19 });
  await alice.next('today');
  alice.forgetPushes();
  const events = [createJournal(people.alice.id).event(ledger(fact))];
  expect(await alice.ask('POST', '/events', { events })).toMatchObject({ body: { refused: [] } });
  await backend.backend.idle();
  expect(alice.pushes.filter((push) => push.kind === 'agent')).toEqual([]);
});

test('a wish during a call takes effect when the call and its wrap-up are over', async () => {
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  offered(callKey);
  answered(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  const { body } = await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  expect(body).toMatchObject({ state: { state: 'engaged', next: { kind: 'ready' } } });
});

test('two customers with one number are both shown, and the one that the agent names is kept', async () => {
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  offered(callKey, '1001', { remoteNumber: '+442079460120', remoteName: '' });
  const { card } = await alice.next('card');
  expect(card.match).toMatchObject({
    kind: 'several',
    customers: [{ name: 'Eleanor Whitby' }, { name: 'Jasper Rowe' }],
  });
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  const { body } = await alice.ask('POST', `/contacts/${card.contactId}/customer`, {
    customerId: customers.jasper.id,
  });
  expect(body).toMatchObject({
    revision: card.revision + 1,
    match: { kind: 'confirmed', customer: { name: 'Jasper Rowe' } },
  });
  expect(await alice.next('card', (push) => push.card.revision > card.revision)).toMatchObject({
    card: { match: { kind: 'confirmed' } },
  });
});

test('an unknown caller becomes a customer who is linked to the call', async () => {
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  offered(callKey, '1001', { remoteNumber: 'anonymous', remoteName: '<i>\u202eEvil\u0000</i>' });
  const { card } = await alice.next('card');
  expect(card).toMatchObject({
    match: { kind: 'unknown' },
    remoteName: '<i> Evil </i>',
    displayNumber: 'anonymous',
  });
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  const created = await alice.ask('POST', '/customers', {
    name: 'Wanda Kerr',
    number: '+13035550188',
    contactId: card.contactId,
  });
  expect(created).toMatchObject({ status: 200, body: { name: 'Wanda Kerr' } });
  await alice.next('card', (push) => push.card.match.kind === 'confirmed');
});

test('a customer who is deleted in mid-call is said to be gone', async () => {
  const [alice, admin] = [await backend.signIn('alice'), await backend.signIn('admin')];
  const callKey = randomUUID();
  offered(callKey);
  answered(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  await admin.ask('DELETE', `/customers/${customers.nora.id}`);
  const { card } = await alice.next('card', (push) => push.card.match.kind === 'deleted');
  expect(card).toMatchObject({ callKey, match: { kind: 'deleted' } });
});

test('a call that the agent dials makes an outbound contact and engages the agent', async () => {
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  backend.pbx.report({
    kind: 'outbound_dialed',
    at: Date.now(),
    callKey,
    extension: '1001',
    number: '+13035550123',
  });
  const { card } = await alice.next('card');
  expect(card).toMatchObject({ direction: 'outbound', match: { kind: 'exact' } });
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  alice.forgetPushes();
  ended(callKey, { answered: false, cause: 17 });
  const { agent } = await alice.next('agent');
  expect(agent.state.state).toBe('not_ready');
});

test('without any report of the PBX, the client’s facts make the contact and move the agent', async () => {
  backend.pbx.goAway('cable');
  const alice = await backend.signIn('alice');
  const callKey = randomUUID();
  const facts = wholeCall(callKey, Date.now());
  const journal = createJournal(people.alice.id);
  await alice.ask('POST', '/events', { events: [journal.event(ledger(facts.offered))] });
  const { card } = await alice.next('card');
  expect(card).toMatchObject({ callKey, queue: 'support', match: { kind: 'exact' } });
  expect(await alice.next('agent')).toMatchObject({ agent: { state: { state: 'reserved' } } });
  await alice.ask('POST', '/events', {
    events: [facts.answered, facts.ended].map((fact) => journal.event(ledger(fact))),
  });
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
});

test('a call goes on while the PBX is not heard, and is over once the PBX does not have it', async () => {
  const deviceId = randomUUID();
  const alice = await backend.signIn('alice', deviceId);
  const callKey = randomUUID();
  offered(callKey);
  answered(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  backend.pbx.goAway('cable');
  alice.forgetPushes();
  backend.pbx.comeBack();
  await backend.backend.idle();
  expect(alice.pushes.filter((push) => push.kind === 'agent')).toEqual([]);
  // Another backend, to which the PBX tells nothing of this call.
  const other = await startBackend(backend.database);
  const later = await other.signIn('alice', deviceId);
  await until(async () => {
    const { body } = await later.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
    return (body as AgentView).state.state === 'wrap_up';
  });
  await other.backend.app.close();
});

test('an agent sees no contact of another agent, a supervisor sees all', async () => {
  const [alice, bruno, sofia] = [
    await backend.signIn('alice'),
    await backend.signIn('bruno'),
    await backend.signIn('sofia'),
  ];
  const callKey = randomUUID();
  queued(callKey);
  offered(callKey);
  const { card } = await alice.next('card');
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  const open = (who: typeof alice) => who.ask('GET', `/contacts/${card.contactId}`);
  expect((await open(alice)).status).toBe(200);
  expect((await open(bruno)).status).toBe(404);
  expect((await open(sofia)).status).toBe(200);
  // Saying that it is one's own call changes nothing.
  const { offered: claim } = wholeCall(callKey, Date.now());
  await bruno.ask('POST', '/events', {
    events: [createJournal(people.bruno.id).event(ledger(claim))],
  });
  expect((await open(bruno)).status).toBe(404);
  expect(bruno.pushes.filter((push) => push.kind === 'card')).toEqual([]);
  const link = await bruno.ask('POST', `/contacts/${card.contactId}/customer`, {
    customerId: customers.jose.id,
  });
  expect(link.status).toBe(404);
});

test('while a customer is on the desk, earlier contacts of that customer can be read', async () => {
  const [alice, bruno] = [await backend.signIn('alice'), await backend.signIn('bruno')];
  const earlier = randomUUID();
  offered(earlier);
  const { card } = await alice.next('card');
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  expect((await bruno.ask('GET', `/contacts/${card.contactId}`)).status).toBe(404);
  offered(randomUUID(), '1002');
  await bruno.next('agent', ({ agent }) => agent.state.state === 'reserved');
  expect((await bruno.ask('GET', `/contacts/${card.contactId}`)).status).toBe(200);
});

test('the desk that comes back is whole: its cards and its state', async () => {
  const deviceId = randomUUID();
  const alice = await backend.signIn('alice', deviceId);
  const callKey = randomUUID();
  offered(callKey);
  answered(callKey);
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  const again = await backend.signIn('alice', deviceId);
  expect(again.session.desk).toMatchObject({
    agent: { state: { state: 'engaged', callKeys: [callKey] } },
    cards: [{ callKey, match: { kind: 'exact' } }],
  });
});

test('from the PBX’s report to the desk it takes no longer than a few milliseconds', async () => {
  const alice = await backend.signIn('alice');
  for (let calls = 0; calls < 30; calls += 1) {
    const callKey = randomUUID();
    queued(callKey);
    await backend.backend.idle();
    offered(callKey);
    await alice.next('card', ({ card }) => card.callKey === callKey);
    ended(callKey, { answered: false, cause: 26 });
    await backend.backend.idle();
  }
  const { body } = await backend.ask('GET', '/health');
  const { offerToPush } = body as { offerToPush: { count: number; p95Ms: number } };
  expect(offerToPush.count).toBe(30);
  expect(offerToPush.p95Ms).toBeLessThan(5);
});
