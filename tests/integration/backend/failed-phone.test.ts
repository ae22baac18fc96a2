import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

let server: DatabaseServer;
let backend: TestBackend;
let alice: Client;
let logged: string[];

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  const { database } = await server.fresh();
  logged = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  backend = await startBackend(database, { log });
  alice = await backend.signIn('alice');
});
afterEach(() => backend.stop());

const customer = { remoteNumber: '+13035550123', remoteName: 'Nora' };

/** Alice is in a call from the queue; what her journal tells of it. */
const talk = async (callKey = randomUUID()) => {
  const leg = { callKey, extension: '1001' };
  const at = Date.now();
  backend.pbx.report({ kind: 'leg_offered', at, queue: 'support', ...leg, ...customer });
  backend.pbx.report({ kind: 'leg_answered', at, ...leg });
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  const facts = wholeCall(callKey, at);
  const journal = createJournal(people.alice.id);
  const dead = { ...facts.ended, side: 'system', outcome: 'phone_failed', cause: null } as const;
  return {
    leg: { ...leg, failedAt: dead.at },
    begun: [facts.offered, facts.answered].map((fact) => journal.event(ledger(fact))),
    dead: journal.event(ledger(dead)),
    ended: journal.event(ledger(facts.ended)),
  };
};

const send = async (...events: readonly unknown[]): Promise<void> => {
  const { body } = await alice.ask('POST', '/events', { events });
  expect(body).toMatchObject({ refused: [] });
  await backend.backend.idle();
};

test('when an agent’s phone dies in a call, the PBX is asked once to end that leg', async () => {
  const { leg, begun, dead } = await talk();
  await send(...begun);
  expect(backend.pbx.hangUps).toEqual([]);
  await send(dead);
  await send(dead, ...begun);
  // Her desk is there, and so will be her phone.
  expect(backend.pbx.hangUps).toEqual([{ ...leg, returns: true }]);
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
});

test('a call that ended in any other way is not ended again', async () => {
  const { begun, ended } = await talk();
  await send(...begun, ended);
  expect(backend.pbx.hangUps).toEqual([]);
});

test('when the PBX is away nothing is lost, and the log tells of it without the customer', async () => {
  const { leg, begun, dead } = await talk();
  backend.pbx.goAway('cable');
  await send(...begun, dead);
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  const said = logged.filter((line) => line.includes('a phone that died'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(leg.callKey);
  for (const secret of [customer.remoteNumber, customer.remoteName]) {
    expect(said[0]).not.toContain(secret);
  }
});

const silent = (callKey: string, since: number, held = false) =>
  backend.pbx.report({
    ...{ kind: 'agent_silent', at: Date.now(), callKey, extension: '1001', since, held },
  });

test('an agent is not heard for a moment: the customer hears music until the agent is heard again', async () => {
  const { leg } = await talk();
  const { callKey } = leg;
  silent(callKey, Date.now() - 2_000);
  await until(() => backend.pbx.comforted.has(`1001 ${callKey}`));
  backend.pbx.report({ kind: 'agent_heard', at: Date.now(), callKey, extension: '1001' });
  await until(() => !backend.pbx.comforted.has(`1001 ${callKey}`));
  // Who is on hold hears music anyway.
  silent(callKey, Date.now() - 2_000, true);
  await backend.backend.idle();
  expect(backend.pbx.comforted.size).toBe(0);
  expect(backend.pbx.hangUps).toEqual([]);
});

test('not heard for half a minute: the next agent gets the customer with the notes, and the first one reads who has them', async () => {
  const bruno = await backend.signIn('bruno');
  const { leg, begun } = await talk();
  const { callKey } = leg;
  await send(...begun);
  const [offered] = begun;
  await alice.ask('PUT', `/wrap-ups/${offered?.body.fact.callId ?? ''}/draft`, {
    ...{ revision: 1, code: null, codes: [], fields: {}, notes: 'Needs a new router' },
  });
  silent(callKey, Date.now() - 33_000);
  const waits = await alice.next('card', ({ card }) => card.rescue !== undefined);
  expect(waits.card.rescue).toMatchObject({
    ...{ why: 'not_heard', agentId: people.alice.id, taken: null, endedAt: null },
  });
  expect(backend.pbx.hangUps).toMatchObject([{ callKey, extension: '1001' }]);
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');

  const next = { callKey, extension: '1002' };
  backend.pbx.report({
    ...{ kind: 'leg_offered', at: Date.now(), queue: 'support', ...next, ...customer },
  });
  const seen = await bruno.next('card', ({ card }) => card.callKey === callKey);
  expect(seen.card.rescue).toMatchObject({ agentName: 'The alice', notes: 'Needs a new router' });
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), ...next });
  const taken = await alice.next('card', ({ card }) => (card.rescue?.taken ?? null) !== null);
  expect(taken.card.rescue?.taken).toMatchObject({ agentId: people.bruno.id });
});

test('a customer who hangs up before anybody else answers: the first agent reads that', async () => {
  const { leg } = await talk();
  silent(leg.callKey, Date.now() - 34_000);
  await alice.next('card', ({ card }) => card.rescue !== undefined);
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey: leg.callKey });
  const gone = await alice.next('card', ({ card }) => (card.rescue?.endedAt ?? null) !== null);
  expect(gone.card.rescue?.taken).toBe(null);
});
