import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { AgentView } from '../../../src/shared/api/records.ts';
import type { TransferTargets } from '../../../src/shared/api/routes.ts';
import type { EndedFact } from '../../../src/shared/domain/handle-time/fact.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();
let alice: Client;

beforeEach(async () => {
  alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await alice.next('agent', ({ agent }) => agent.state.state === 'ready');
  alice.forgetPushes();
});

const disturb = async (on: boolean, who = alice): Promise<AgentView> =>
  // The backend answers by this schema.
  (await who.ask('PUT', '/agent/do-not-disturb', { on })).body as AgentView;
const offered = (callKey: string, queue: string | null, consult = false) =>
  backend.pbx.report({
    ...{ kind: 'leg_offered', at: Date.now(), callKey, extension: '1001', queue },
    ...{ remoteNumber: '+13035550123', remoteName: 'NORA W' },
    ...(consult ? { consult } : {}),
  });
const refused = (callKey: string, cause: number) =>
  backend.pbx.report({
    ...{ kind: 'leg_ended', at: Date.now(), callKey, extension: '1001', answered: false, cause },
  });
const states = () =>
  alice.pushes.flatMap((push) => (push.kind === 'agent' ? [push.agent.state.state] : []));

test('do not disturb is kept until it is taken back or a new shift begins', async () => {
  expect(await disturb(true)).toMatchObject({ state: { state: 'ready' }, doNotDisturb: true });
  const { agent } = await alice.next('agent', ({ agent: { doNotDisturb } }) => doNotDisturb);
  expect((await disturb(true)).revision).toBe(agent.revision);
  expect((await disturb(false)).doNotDisturb).toBe(false);
  await disturb(true);
  await alice.ask('DELETE', '/session');
  const again = await backend.signIn('alice');
  expect(again.session.desk.agent.doNotDisturb).toBe(false);
});

test('who is signed out cannot be undisturbed, and nobody asks in words of their own', async () => {
  expect((await alice.ask('PUT', '/agent/do-not-disturb', { on: 'yes' })).status).toBe(400);
  const { token } = alice.session;
  await alice.ask('DELETE', '/session');
  expect((await backend.ask('PUT', '/agent/do-not-disturb', { on: true }, token)).status).toBe(401);
});

test.each([
  ['a direct call', false],
  ['a colleague’s question', true],
])(
  '%s to an agent who is not to be disturbed leaves the agent as it was, and is kept',
  async (_what, consult) => {
    await disturb(true);
    alice.forgetPushes();
    const callKey = randomUUID();
    offered(callKey, consult ? 'support' : null, consult);
    refused(callKey, 17);
    await alice.next('card_gone', (push) => push.callKey === callKey);
    await backend.backend.idle();
    expect(states()).toEqual([]);
    const { body } = await alice.ask('GET', '/contacts');
    expect(body).toMatchObject({ contacts: [{ outcome: 'busy', missed: false }] });
    const today = (await backend.signIn('alice')).session.desk.today;
    expect(today.missed).toBe(0);
  },
);

test('a queue’s call to an agent who is not to be disturbed is offered as ever', async () => {
  await disturb(true);
  offered(randomUUID(), 'support');
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
});

test.each([
  ['busy', 17],
  ['declined', 21],
  // The phone says 480, which the PBX takes for nobody being there.
  ['call_back', 19],
  [null, 19],
] as const)(
  'a direct call that is rejected as %s takes nobody out of the queues',
  async (rejection, cause) => {
    const callKey = randomUUID();
    offered(callKey, null);
    await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
    alice.forgetPushes();
    const facts = wholeCall(callKey, Date.now() - 5_000);
    const ended: EndedFact = {
      ...facts.ended,
      side: 'local',
      outcome: 'rejected',
      ...(rejection === null ? {} : { rejection }),
    };
    refused(callKey, cause);
    const journal = createJournal(people.alice.id);
    const events = [{ ...facts.offered, queue: null }, ended].map((fact) =>
      journal.event(ledger(fact)),
    );
    const stored = await alice.ask('POST', '/events', { events });
    expect(stored.body).toMatchObject({ refused: [] });
    await backend.backend.idle();
    expect(states()).toEqual(['ready']);
  },
);

test('an answer without a press is stored as such', async () => {
  const callKey = randomUUID();
  const facts = wholeCall(callKey, Date.now() - 5_000);
  const journal = createJournal(people.alice.id);
  const events = [facts.offered, { ...facts.answered, automatic: true } as const].map((fact) =>
    journal.event(ledger(fact)),
  );
  const { body } = await alice.ask('POST', '/events', { events });
  expect(body).toMatchObject({ refused: [] });
  const rows = await backend.database.query<{ readonly fact: string }>('SELECT fact FROM events');
  expect(rows.map(({ fact }) => (JSON.parse(fact) as { automatic?: true }).automatic)).toEqual([
    undefined,
    true,
  ]);
});

test('colleagues see who is not to be disturbed', async () => {
  const bruno = await backend.signIn('bruno');
  await disturb(true, bruno);
  const { body } = await alice.ask('GET', '/transfer-targets');
  const { agents } = body as TransferTargets;
  expect(agents.find(({ extension }) => extension === '1002')).toMatchObject({
    doNotDisturb: true,
  });
  expect(agents.find(({ extension }) => extension === '1010')).toMatchObject({
    doNotDisturb: false,
  });
});

test('an administrator has a queue answer by itself, and its desks know at once', async () => {
  const auto = { autoAnswer: true };
  expect((await alice.ask('PUT', '/queues/support', auto)).status).toBe(403);
  const admin = await backend.signIn('admin');
  expect((await admin.ask('PUT', '/queues/nowhere', auto)).status).toBe(404);
  alice.forgetPushes();
  expect((await admin.ask('PUT', '/queues/support', auto)).body).toMatchObject({
    name: 'support',
    autoAnswer: true,
  });
  const { desk } = await alice.next('desk');
  expect(desk.queues.map(({ name, autoAnswer }) => [name, autoAnswer])).toEqual([
    ['support', true],
    ['sales', false],
  ]);
});
