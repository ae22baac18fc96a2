import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import type { Contact } from '../../../src/shared/api/records.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import { customers, makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

let server: DatabaseServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  backend = await startBackend((await server.fresh()).database);
});
afterEach(() => backend.stop());

const nora = { remoteNumber: '+13035550123', remoteName: 'NORA W' };
const queued = (callKey: string, caller = nora) =>
  backend.pbx.report({ kind: 'queue_entered', at: Date.now(), callKey, queue: 'support', ...caller });
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
    displayNumber: '+1 303 555 0123',
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
