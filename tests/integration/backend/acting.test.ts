import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { AgentQueues, Memo, TeamMessages } from '../../../src/shared/api/acting.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';
import { makeTeams } from '../../support/recorded-contact.ts';

const backend = backendForEachTest();

let alice: Client;
let sofia: Client;
beforeEach(async () => {
  await makeTeams(backend.database);
  alice = await backend.signIn('alice');
  sofia = await backend.signIn('sofia');
});

const queuesPath = `/agents/${people.alice.id}/queues`;
const put = (queues: readonly string[], span: 'today' | 'kept', who = sofia) =>
  who.ask('PUT', queuesPath, { queues, span });
const served = (body: unknown): readonly string[] =>
  (body as AgentQueues).queues.filter(({ serves }) => serves).map(({ name }) => name);
const aliceIsIn = (): readonly string[] =>
  [...backend.pbx.membership.values()]
    .filter(({ extension }) => extension === people.alice.extension)
    .map(({ queue }) => queue)
    .sort();
const aliceIsInOnly = (...queues: readonly string[]) =>
  until(() => aliceIsIn().join() === [...queues].sort().join());
const auditLines = () =>
  backend.database.query('SELECT actor, action, subject, details FROM audit_log ORDER BY id');
const nextMemos = (fits: (memos: readonly Memo[]) => boolean) =>
  alice.next('memos', ({ memos }) => fits(memos));

test('an agent who is moved for good serves the new queues at once, and reads who did it', async () => {
  await aliceIsInOnly('sales', 'support');
  const answer = await put(['sales'], 'kept');
  expect(served(answer.body)).toEqual(['sales']);
  expect(answer.body).toMatchObject({ until: null });
  await aliceIsInOnly('sales');
  await alice.next('desk', ({ desk }) => desk.queues.length === 1);
  const { memos } = await nextMemos(({ length }) => length === 1);
  expect(memos).toMatchObject([
    { kind: 'queues', by: 'The sofia', queues: ['sales'], until: null },
  ]);
  expect(await auditLines()).toEqual([
    {
      actor: people.sofia.id,
      action: 'agent_queues_set',
      subject: people.alice.id,
      details: { before: ['sales', 'support'], after: ['sales'], until: null },
    },
  ]);
  // Said twice it is one change.
  await put(['sales'], 'kept');
  expect(await auditLines()).toHaveLength(1);
  await put([], 'kept');
  await aliceIsInOnly();
});

test('what is for today goes back to the usual when the day is over, by any backend', async () => {
  const { body } = await put(['support'], 'today');
  const { until: endsAt, queues } = body as AgentQueues;
  expect(endsAt).toBeGreaterThan(Date.now());
  expect(endsAt).toBeLessThanOrEqual(Date.now() + 86_400_000);
  expect(queues).toMatchObject([
    { name: 'support', serves: true, usually: true },
    { name: 'sales', serves: false, usually: true },
  ]);
  await aliceIsInOnly('support');
  // What the centre is: not what it is today.
  const { users = [] } = await showCentre(backend.database);
  expect(users.find(({ username }) => username === 'alice')?.queues).toEqual(['sales', 'support']);

  await backend.database.query('UPDATE queues_for_today SET ends_at = $1', [Date.now() - 1]);
  await backend.backend.sweep();
  await aliceIsInOnly('sales', 'support');
  expect((await sofia.ask('GET', queuesPath)).body).toMatchObject({ until: null });
});

test('back to the usual, and the centre’s own word, end what was for today', async () => {
  await put(['support'], 'today');
  expect((await put(['support', 'sales'], 'today')).body).toMatchObject({ until: null });
  await put(['sales'], 'today');
  const { users = [] } = await showCentre(backend.database);
  await applyCentre(backend.database, { users }, randomUUID);
  const { body } = await sofia.ask('GET', queuesPath);
  expect(body).toMatchObject({ until: null });
  expect(served(body)).toEqual(['support', 'sales']);
});

test('a membership that the PBX did not take out is taken out when it comes back', async () => {
  await aliceIsInOnly('sales', 'support');
  backend.pbx.goAway('for a while');
  await put([], 'kept');
  expect(aliceIsIn()).toEqual(['sales', 'support']);
  backend.pbx.comeBack();
  await aliceIsInOnly();
});

test('nobody moves who is of another team, the own person, or to a queue that is none', async () => {
  const bruno = `/agents/${people.bruno.id}/queues`;
  const change = { queues: ['sales'], span: 'kept' };
  expect((await sofia.ask('PUT', bruno, change)).status).toBe(404);
  expect((await sofia.ask('GET', bruno)).status).toBe(404);
  expect((await sofia.ask('PUT', `/agents/${people.sofia.id}/queues`, change)).status).toBe(404);
  expect((await alice.ask('PUT', queuesPath, change)).status).toBe(403);
  expect((await put(['nowhere'], 'kept')).status).toBe(400);
  expect(await auditLines()).toEqual([]);
});

test('a message to the team stays with each of its people until it was read', async () => {
  const bruno = await backend.signIn('bruno');
  const message = { messageId: randomUUID(), team: 'north', text: ' Lines to Porto are down. ' };
  expect((await sofia.ask('POST', '/team-messages', message)).body).toEqual({ to: 1 });
  // An answer that was lost does not make two of it.
  expect((await sofia.ask('POST', '/team-messages', message)).body).toEqual({ to: 1 });
  const { memos } = await nextMemos(({ length }) => length === 1);
  expect(memos).toMatchObject([
    { kind: 'message', by: 'The sofia', text: 'Lines to Porto are down.' },
  ]);
  alice.close();
  const again = await backend.signIn('alice');
  expect(again.session.desk.memos).toEqual(memos);
  await again.ask('PUT', `/memos/${memos[0]?.id ?? ''}/read`);
  await again.next('memos', ({ memos: left }) => left.length === 0);
  expect((await sofia.ask('GET', '/team-messages')).body as TeamMessages).toMatchObject({
    teams: [{ name: 'north', people: 1 }],
    everybody: null,
    sent: [{ team: 'north', to: 1, read: 1 }],
  });
  expect(bruno.pushes.filter(({ kind }) => kind === 'memos')).toEqual([]);
  expect(await auditLines()).toMatchObject([{ action: 'team_message_sent', details: { to: 1 } }]);
});

test('a supervisor of a team writes to no other; an administrator to everybody', async () => {
  const write = (who: Client, team: string | null, messageId: string = randomUUID()) =>
    who.ask('POST', '/team-messages', { messageId, team, text: 'Hello.' });
  expect((await write(sofia, 'south')).status).toBe(403);
  expect((await write(sofia, null)).status).toBe(403);
  expect((await write(alice, 'north')).status).toBe(403);
  const admin = await backend.signIn('admin');
  expect((await write(admin, 'nowhere')).status).toBe(404);
  const messageId = randomUUID();
  expect((await write(admin, null, messageId)).body).toEqual({ to: 3 });
  expect((await write(sofia, 'north', messageId)).status).toBe(409);
  // Nobody reads for somebody else.
  const { memos } = await nextMemos(({ length }) => length === 1);
  await sofia.ask('PUT', `/memos/${memos[0]?.id ?? ''}/read`);
  expect((await backend.signIn('alice')).session.desk.memos).toHaveLength(1);
});

test('a wrap-up that a supervisor completes is told to its agent with the supervisor’s name', async () => {
  backend.pbx.goAway('not part of this');
  const journal = createJournal(people.alice.id);
  const { wrapUp, ...before } = wholeCall(randomUUID(), Date.now() - 60_000);
  const events = Object.values(before).map((fact) => journal.event(ledger(fact)));
  await alice.ask('POST', '/events', { events });
  const path = `/wrap-ups/${wrapUp.callId}/complete`;
  expect((await sofia.ask('POST', path, { code: 'nothing', notes: '' })).status).toBe(400);
  expect(await auditLines()).toEqual([]);
  expect((await sofia.ask('POST', path, { code: 'resolved', notes: '' })).status).toBe(200);
  const { memos } = await nextMemos(({ length }) => length === 1);
  expect(memos).toMatchObject([{ kind: 'wrap_up', by: 'The sofia' }]);
  expect(await auditLines()).toMatchObject([{ action: 'wrap_up_completed' }]);
});
