import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import { owedForMs } from '../../../src/backend/modules/session/owed-wrap-ups.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall, type Journal } from '../../support/journal.ts';

const backend = backendForEachTest();
let alice: Client;
let journal: Journal;

beforeEach(async () => {
  // What a phone alone tells: the PBX says nothing of these calls.
  backend.pbx.goAway('not part of this');
  alice = await backend.signIn('alice');
  journal = createJournal(people.alice.id);
});

const send = async (facts: readonly LedgerFact[], who = alice): Promise<void> => {
  const events = facts.map((fact) => journal.event(ledger(fact)));
  const { body } = await who.ask('POST', '/events', { events });
  expect(body).toMatchObject({ stored: events.map(({ id }) => id), refused: [] });
};
const stateNow = async (): Promise<unknown> => {
  const [row] = await backend.database.query<{ readonly state: unknown }>(
    'SELECT state FROM agent_state_log WHERE agent_id = $1 ORDER BY revision DESC LIMIT 1',
    [people.alice.id],
  );
  return row?.state;
};
const signedIn = { state: 'not_ready', reason: 'signed_in' };

test('a wrap-up that was owed when the agent left is owed at the next sign-in, with its card', async () => {
  const { wrapUp, ...call } = wholeCall(randomUUID(), Date.now());
  await send(Object.values(call));
  await alice.ask('DELETE', '/session');
  expect(await stateNow()).toEqual({ state: 'offline' });
  const again = await backend.signIn('alice');
  const { callKey } = call.ended;
  expect(again.session.desk).toMatchObject({
    agent: { state: { state: 'wrap_up', callKeys: [callKey] } },
    cards: [{ callKey }],
  });
  await send([wrapUp], again);
  expect(await stateNow()).toEqual(signedIn);
  const third = await backend.signIn('alice');
  expect(third.session.desk.agent.state).toEqual(signedIn);
});

test('nothing is owed for a call that nobody answered, that goes on, or that is long gone', async () => {
  const now = Date.now();
  const missed = wholeCall(randomUUID(), now);
  const running = wholeCall(randomUUID(), now);
  const old = wholeCall(randomUUID(), now - owedForMs - 60_000);
  await send([missed.offered, { ...missed.ended, outcome: 'no_answer' }]);
  await send([running.offered, running.answered]);
  await send([old.offered, old.answered, old.ended]);
  const again = await backend.signIn('alice');
  expect(again.session.desk.agent.state).toEqual(signedIn);
});

test('listening to the own mailbox owes no wrap-up and is no contact handled', async () => {
  const { answered, ended } = wholeCall(randomUUID(), Date.now());
  const { id: _id, at, ...leg } = answered;
  const dialed = { ...leg, kind: 'dialed', id: randomUUID(), at: at - 500 } as const;
  await send([{ ...dialed, remoteNumber: '*97', mailbox: true }, answered]);
  expect(await stateNow()).toMatchObject({ state: 'engaged' });
  await send([ended]);
  expect(await stateNow()).toEqual(signedIn);
  const again = await backend.signIn('alice');
  expect(again.session.desk).toMatchObject({
    agent: { state: signedIn },
    today: { contacts: 0, handleMs: 0 },
  });
  const [row] = await backend.database.query('SELECT wrap_up_ms, is_mailbox FROM legs');
  expect(row).toEqual({ wrap_up_ms: 0, is_mailbox: true });
});

test('nor does it where the PBX tells of the call first', async () => {
  backend.pbx.comeBack();
  const leg = { callKey: randomUUID(), extension: '1001' };
  backend.pbx.report({ kind: 'outbound_dialed', at: Date.now(), ...leg, number: '*97' });
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), ...leg });
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  alice.forgetPushes();
  backend.pbx.report({ kind: 'leg_ended', at: Date.now(), ...leg, answered: true, cause: 16 });
  const { agent } = await alice.next('agent');
  expect(agent.state).toEqual(signedIn);
});

test('what the first machine tells late is stored, and moves nothing for who signed in elsewhere since', async () => {
  const begun = wholeCall(randomUUID(), Date.now() - 20_000);
  const whole = wholeCall(randomUUID(), Date.now() - 10_000);
  const elsewhere = await backend.signIn('alice');
  await elsewhere.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  // The journal of the first machine arrives in pieces, as it would after an outage.
  for (const fact of [begun.offered, begun.answered]) await send([fact], elsewhere);
  expect(await stateNow()).toEqual({ state: 'ready' });
  await send([begun.ended, whole.offered, whole.answered, whole.ended], elsewhere);
  await send([whole.wrapUp], elsewhere);
  expect(await stateNow()).toEqual({ state: 'ready' });
  const [legs] = await backend.database.query<{ readonly count: number }>(
    'SELECT count(*) AS count FROM legs WHERE answered_at IS NOT NULL AND ended_at IS NOT NULL',
  );
  expect(legs?.count).toBe(2);
  // What it left unfinished is asked for at the next sign-in.
  const later = await backend.signIn('alice');
  expect(later.session.desk.agent.state).toMatchObject({
    state: 'wrap_up',
    callKeys: [begun.ended.callKey],
  });
});

test('the first machine cannot change the state of who signed in elsewhere', async () => {
  await backend.signIn('alice');
  const late = await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  expect(late.status).toBe(401);
  expect(await stateNow()).toEqual(signedIn);
});
