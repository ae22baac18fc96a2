import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TransferTargets } from '../../../src/shared/api/routes.ts';
import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { createNoPbx } from '../../../src/backend/pbx/no-pbx.ts';
import type { SipAccountEntry } from '../../../src/backend/pbx/sip-accounts.ts';
import { success } from '../../../src/shared/result.ts';
import { startBackend, type Client, type TestBackend } from '../../support/backend.ts';
import { customers, makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { createJournal, ledger, wholeCall, type Journal } from '../../support/journal.ts';
import type { ScriptedPbx } from '../../support/scripted-pbx.ts';

let server: DatabaseServer;
let database: Database;
let backend: TestBackend;
let alice: Client;
let journal: Journal;
let accounts: readonly SipAccountEntry[];

const own = {
  extension: people.alice.extension,
  username: 'front-desk',
  password: 'canary',
  uri: 'sip:4711@sip.example',
};

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ database } = await server.fresh());
  accounts = [own];
  const pbx = createNoPbx({
    readAccounts: () => Promise.resolve(success(accounts)),
    now: Date.now,
  });
  // Nothing of what a script could do is asked of it here.
  backend = await startBackend(database, { pbx: pbx as ScriptedPbx });
  alice = await backend.signIn('alice');
  journal = createJournal(people.alice.id);
});
afterEach(() => backend.stop());

const send = async (...facts: readonly LedgerFact[]): Promise<void> => {
  const events = facts.map((fact) => journal.event(ledger(fact)));
  const { body } = await alice.ask('POST', '/events', { events });
  expect(body).toMatchObject({ refused: [] });
};

/** Of this session: what happened before the agent signed in moves nobody. */
const direct = (callKey: string, startedAt = Date.now()) => {
  const call = wholeCall(callKey, startedAt);
  return { ...call, offered: { ...call.offered, queue: null } };
};

const endedAt = async (callKey: string): Promise<unknown> =>
  (await database.query('SELECT ended_at AS at FROM contacts WHERE call_key = $1', [callKey]))[0];

test('an agent is given the account of the list, and who is not in it reads why', async () => {
  expect(alice.session).toMatchObject({
    sip: { username: 'front-desk', password: 'canary', uri: 'sip:4711@sip.example' },
    sipProblem: null,
    desk: {
      pbx: { state: 'absent' },
      capabilities: { queues: false, recording: false, demoCustomers: false },
    },
  });
  expect((await backend.signIn('bruno')).session).toMatchObject({
    sip: null,
    sipProblem: 'no_account',
  });
});

test('the list counts as it is at the moment of the question', async () => {
  accounts = [{ ...own, password: 'changed' }];
  expect((await alice.ask('POST', '/session/sip', {})).body).toMatchObject({ password: 'changed' });
});

test('the phone’s own word brings the record and moves the agent through the call', async () => {
  const call = direct('a@sip.example');
  await send(call.offered);
  const { card } = await alice.next('card');
  expect(card).toMatchObject({
    callKey: 'a@sip.example',
    queue: null,
    match: { kind: 'exact', customer: { name: customers.nora.name } },
  });
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  await send(call.answered);
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  await send(call.held, call.resumed, call.ended);
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  await send(call.wrapUp);
  await alice.next('agent', ({ agent }) => agent.state.state === 'not_ready' && agent.revision > 4);
});

test('a contact is over with its last leg, and goes on with the next', async () => {
  const first = direct('b@sip.example');
  await send(first.offered, first.answered);
  expect(await endedAt('b@sip.example')).toEqual({ at: null });
  await send(first.ended);
  expect(await endedAt('b@sip.example')).toEqual({ at: first.ended.at });
  const second = direct('b@sip.example', first.ended.at + 2_000);
  await send(second.offered);
  expect(await endedAt('b@sip.example')).toEqual({ at: null });
});

test('colleagues who are signed in can be called; queues are no targets', async () => {
  await backend.signIn('bruno');
  const { agents, queues } = (await alice.ask('GET', '/transfer-targets')).body as TransferTargets;
  const reachable = agents.filter((agent) => agent.reachable).map(({ extension }) => extension);
  expect(reachable).toEqual([people.bruno.extension]);
  expect(queues).toEqual([]);
});

test('where the centre says so, the card tells what the service is to be told of the recording', async () => {
  const calls = () => direct('a@sip.example');
  await send(calls().offered);
  const { card: usual } = await alice.next('card');
  expect(usual.recording).toEqual({ state: 'off' });

  await database.query(
    `INSERT INTO centre_settings (name, value) VALUES ('recordingByService', 'true')`,
  );
  alice = await backend.signIn('alice');
  expect(alice.session.desk.capabilities).toMatchObject({
    recording: false,
    recordingByService: true,
  });
  const call = direct('b@sip.example');
  await send(call.offered, call.answered);
  const next = (wanted: boolean) =>
    alice.next(
      'card',
      ({ card }) =>
        card.callKey === 'b@sip.example' &&
        card.recording.state === 'by_service' &&
        card.recording.wanted === wanted,
    );
  await next(false);
  const say = (kind: 'granted' | 'withdrawn') => {
    const { callId, callKey } = call.answered;
    const fact = {
      id: randomUUID(),
      callId,
      callKey,
      at: Date.now(),
      kind,
      enforced: false,
    } as const;
    return alice.ask('POST', '/events', { events: [journal.event({ topic: 'consent', fact })] });
  };
  await say('granted');
  const { card } = await next(true);
  alice.forgetPushes();
  const pause = { pauseId: randomUUID(), callKey: card.callKey, step: 'button' };
  expect(await alice.ask('POST', '/payment-pauses', pause)).toMatchObject({ status: 200 });
  // told to be silent; that it is, nobody can say
  expect((await next(false)).card.payment).toMatchObject({ silence: 'not_confirmed' });
  alice.forgetPushes();
  await alice.ask('POST', `/payment-pauses/${pause.pauseId}/end`, { why: 'agent' });
  await next(true);
  alice.forgetPushes();
  await say('withdrawn');
  await next(false);
});
