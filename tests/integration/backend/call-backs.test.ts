import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type {
  CallBackPage,
  CallBackView,
  DeskCallBacks,
  PostCallBack,
} from '../../../src/shared/api/call-backs.ts';
import type { ContactCard } from '../../../src/shared/api/records.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { eraseRecords } from '../../../src/backend/modules/privacy/erase-customer.ts';
import { readPersonalData } from '../../../src/backend/modules/privacy/personal-data.ts';
import { startBackend, until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { customers, people } from '../../support/centre.ts';
import { createJournal, ledger } from '../../support/journal.ts';
import { makeTeams, recordedContact } from '../../support/recorded-contact.ts';

const backend = backendForEachTest();
const minuteMs = 60_000;
const allDay = { earliestHour: 0, latestHour: 24 };

let alice: Client;
let sofia: Client;
beforeEach(async () => {
  await makeTeams(backend.database);
  await applyCentre(backend.database, { callBacks: allDay }, randomUUID);
  alice = await backend.signIn('alice');
  sofia = await backend.signIn('sofia');
});

const given = (part: Partial<PostCallBack> = {}): PostCallBack => ({
  ...{ callBackId: randomUUID(), kind: 'call_back', number: '(303) 555-0123', note: 'The router.' },
  ...{ dueAt: Date.now() + 60 * minuteMs, forQueue: false, queue: 'support' },
  ...{ contactId: null, customerId: customers.nora.id },
  ...part,
});
const post = (who: Client, part?: Partial<PostCallBack>) =>
  who.ask('POST', '/call-backs', given(part));
const made = async (who: Client, part?: Partial<PostCallBack>): Promise<CallBackView> => {
  const { status, body } = await post(who, part);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as CallBackView;
};
/** Due now, as far as the clock that reads it is concerned. */
const due = () => ({ dueAt: Date.now() - 1_000 });
const forQueue = () => ({ ...due(), forQueue: true });
const act = (who: Client, { id }: Pick<CallBackView, 'id'>, deed: string) =>
  who.ask('POST', `/call-backs/${id}/${deed}`);
const page = async (who: Client, query = ''): Promise<CallBackPage> =>
  (await who.ask('GET', `/call-backs${query}`)).body as CallBackPage;
const desk = async (
  who: Client,
  fits: (callBacks: DeskCallBacks) => boolean,
): Promise<DeskCallBacks> =>
  (await who.next('call_backs', ({ callBacks }) => fits(callBacks))).callBacks;
const ready = async (who: Client): Promise<void> => {
  await who.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
};
const offeredTo = async (who: Client, { id }: Pick<CallBackView, 'id'>): Promise<CallBackView> => {
  const { offered } = await desk(who, ({ offered: told }) => told?.id === id);
  if (offered === null) throw new Error('nothing is offered');
  return offered;
};

test('what is promised is kept with its number as it is dialled, changed, cancelled and reopened', async () => {
  const callBack = await made(alice);
  expect(callBack).toMatchObject({
    ...{ state: 'scheduled', number: '+13035550123', note: 'The router.', queue: 'support' },
    ...{ owner: { name: 'The alice' }, customer: { name: 'Nora Whitfield' }, attemptCount: 0 },
  });
  expect((await desk(alice, ({ upcoming }) => upcoming.length === 1)).upcoming).toEqual([callBack]);
  expect(await made(alice, { ...given(), callBackId: callBack.id })).toEqual(callBack);
  const dueAt = Date.now() + 90 * minuteMs;
  const change = { number: '', note: 'At noon.', dueAt, revision: callBack.revision };
  const path = `/call-backs/${callBack.id}`;
  const changed = (await alice.ask('PUT', path, change)).body as CallBackView;
  expect(changed).toMatchObject({ note: 'At noon.', dueAt, number: '+13035550123' });
  expect((await alice.ask('PUT', path, change)).status).toBe(409);
  expect((await act(alice, callBack, 'cancel')).body).toMatchObject({ state: 'cancelled' });
  expect((await act(alice, callBack, 'done')).status).toBe(409);
  expect(await page(alice)).toMatchObject({ callBacks: [], due: 0 });
  expect((await page(alice, '?show=over')).callBacks).toMatchObject([{ id: callBack.id }]);
  expect((await act(alice, callBack, 'reopen')).body).toMatchObject({ state: 'scheduled' });
  expect((await page(alice)).due).toBe(1);
});

test('a follow-up needs a word of what is to be done and no number', async () => {
  const task = { kind: 'follow_up', number: '', customerId: customers.nora.id } as const;
  const followUp = await made(alice, { ...task, note: 'Send the form.' });
  expect(followUp).toMatchObject({ number: '', state: 'scheduled' });
  expect((await act(alice, followUp, 'done')).body).toMatchObject({ state: 'done' });
  const about = `/call-backs/about?customerId=${customers.nora.id}`;
  expect((await alice.ask('GET', about)).body).toMatchObject({ callBacks: [{ id: followUp.id }] });
});

test.each([
  ['a number that is none', { number: 'tomorrow' }, 'body/number cannot be read as a number'],
  ['no number', { number: '' }, 'body/number cannot be read as a number'],
  ['an extension', { number: '1002' }, 'body/number cannot be read as a number'],
  ['a time that is over', { dueAt: 1 }, 'body/dueAt lies in the past'],
  [
    'a time nobody will remember',
    { dueAt: Date.now() + 400 * 24 * 60 * minuteMs },
    'body/dueAt lies more than a year ahead',
  ],
  ['a novel', { note: 'x'.repeat(501) }, 'body/note'],
  [
    'a task without a word',
    { kind: 'follow_up', note: ' ' },
    'body/note says nothing of what is to be done',
  ],
  [
    'a task for a queue',
    { kind: 'follow_up', forQueue: true },
    'body/forQueue: a queue is offered calls alone',
  ],
  ['a queue that is none', { queue: 'nowhere' }, 'body/queue "nowhere" is no queue'],
  ['no queue to offer it to', { queue: null, forQueue: true }, 'body/queue is missing'],
] as const)('%s is refused by name', async (_what, part, message) => {
  const { status, body } = await post(alice, part);
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { code: 'invalid', message: expect.stringContaining(message) as string },
  });
  expect((await page(alice)).callBacks).toEqual([]);
});

test('what is not there, or is not to be seen, is nothing to promise about', async () => {
  expect((await post(alice, { customerId: randomUUID() })).status).toBe(404);
  const { contactId } = await recordedContact(backend.database, people.bruno.id);
  expect((await post(alice, { contactId })).status).toBe(404);
  const bruno = await backend.signIn('bruno');
  expect((await post(bruno, { contactId, queue: null })).body).toMatchObject({
    ...{ queue: 'support', contact: { id: contactId } },
  });
  // He does not serve it.
  expect((await post(bruno, { queue: 'sales' })).status).toBe(403);
  const [first] = (await page(bruno)).callBacks;
  expect((await post(alice, { callBackId: first?.id ?? '' })).status).toBe(409);
});

test('a colleague sees and does nothing with it; a supervisor of the team does, and that is written down', async () => {
  const callBack = await made(alice);
  const bruno = await backend.signIn('bruno');
  for (const deed of ['done', 'cancel', 'reopen']) {
    expect((await act(bruno, callBack, deed)).status).toBe(404);
  }
  const owner = `/call-backs/${callBack.id}/owner`;
  expect((await bruno.ask('PUT', owner, { agentId: people.bruno.id })).status).toBe(403);
  expect((await bruno.ask('GET', '/call-backs?whose=team')).status).toBe(403);
  expect((await page(sofia, '?whose=team')).callBacks).toMatchObject([{ id: callBack.id }]);
  // Bruno is of another team.
  expect((await sofia.ask('PUT', owner, { agentId: people.bruno.id })).status).toBe(400);
  expect((await sofia.ask('PUT', owner, { agentId: people.sofia.id })).body).toMatchObject({
    owner: { name: 'The sofia' },
  });
  const admin = await backend.signIn('admin');
  expect((await admin.ask('PUT', owner, { agentId: people.alice.id })).status).toBe(200);
  expect((await act(sofia, callBack, 'done')).body).toMatchObject({ state: 'done' });
  const lines = await backend.database.query(
    `SELECT action, subject, details->>'to' AS "to" FROM audit_log WHERE action LIKE 'call_back%' ORDER BY at, id`,
  );
  expect(lines).toEqual([
    { action: 'call_back_reassigned', subject: people.alice.id, to: people.sofia.id },
    { action: 'call_back_reassigned', subject: people.sofia.id, to: people.alice.id },
    { action: 'call_back_done', subject: people.alice.id, to: people.alice.id },
  ]);
  await backend.database.query(`UPDATE users SET role = 'supervisor' WHERE username = 'bruno'`);
  expect((await page(await backend.signIn('bruno'), '?whose=team')).callBacks).toEqual([]);
});

test('pages follow each other without a gap, what is due first', async () => {
  const times = [5, 3, 9, 1, 7].map((minutes) => Date.now() + minutes * minuteMs);
  for (const dueAt of times) await made(alice, { dueAt });
  const first = await page(alice, '?limit=2');
  const second = await page(alice, `?limit=2&after=${first.next ?? ''}`);
  const third = await page(alice, `?limit=2&after=${second.next ?? ''}`);
  expect(third.next).toBeNull();
  const seen = [first, second, third].flatMap(({ callBacks }) => callBacks);
  expect(seen.map(({ dueAt }) => dueAt)).toEqual([...times].sort((a, b) => a - b));
});

test('a queue’s is offered to whoever is ready longest, goes on when let pass, and is theirs when taken', async () => {
  const bruno = await backend.signIn('bruno');
  await ready(bruno);
  await ready(alice);
  const callBack = await made(alice, forQueue());
  expect(callBack).toMatchObject({ owner: null });
  const offered = await offeredTo(bruno, callBack);
  expect(offered.offer).toMatchObject({ to: people.bruno.id });
  expect((await act(alice, callBack, 'take')).status).toBe(409);
  expect((await act(bruno, callBack, 'pass')).status).toBe(200);
  await desk(bruno, ({ offered: told }) => told === null);
  await offeredTo(alice, callBack);
  expect((await act(alice, callBack, 'take')).body).toMatchObject({
    ...{ state: 'taken', owner: { id: people.alice.id }, offer: null },
  });
  expect((await act(bruno, callBack, 'take')).status).toBe(409);
  await desk(alice, ({ offered: told, due: count }) => told === null && count === 1);
});

test('an offer that nobody answers lapses, and supervisors see that nobody was found', async () => {
  await ready(alice);
  const callBack = await made(alice, forQueue());
  await offeredTo(alice, callBack);
  await backend.database.query('UPDATE call_backs SET offered_until = 1');
  alice.forgetPushes();
  await backend.backend.sweep();
  await desk(alice, ({ offered }) => offered === null);
  await desk(sofia, ({ teamDue }) => teamDue === 1);
  await backend.backend.sweep();
  await backend.backend.idle();
  // Whoever did not say a word is not asked again at once.
  expect((await page(sofia, '?whose=team')).callBacks).toMatchObject([
    { id: callBack.id, state: 'scheduled' },
  ]);
  await backend.database.query('UPDATE call_backs SET passed_at = 1');
  await backend.backend.sweep();
  await offeredTo(alice, callBack);
});

test('a customer who rings meanwhile takes the offer away, which goes on; nobody has missed anything', async () => {
  const bruno = await backend.signIn('bruno');
  await ready(alice);
  const callBack = await made(alice, forQueue());
  await offeredTo(alice, callBack);
  const leg = { callKey: randomUUID(), extension: people.alice.extension };
  const caller = { queue: 'support', remoteNumber: '+13035550199', remoteName: '' };
  backend.pbx.report({ kind: 'leg_offered', at: Date.now(), ...leg, ...caller });
  await desk(alice, ({ offered }) => offered === null);
  await ready(bruno);
  await offeredTo(bruno, callBack);
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), ...leg });
  backend.pbx.report({ kind: 'leg_ended', at: Date.now(), ...leg, answered: true, cause: 16 });
  await backend.backend.idle();
  const missed = await backend.database.query('SELECT id FROM missed_offers');
  expect(missed).toEqual([]);
  const [state] = await backend.database.query<{ readonly passed: readonly string[] }>(
    'SELECT passed FROM call_backs',
  );
  expect(state?.passed).toEqual([]);
});

test('two backends never offer the same twice, nor two to one agent', async () => {
  const other = await startBackend(backend.database);
  try {
    const bruno = await other.signIn('bruno');
    await ready(alice);
    await ready(bruno);
    await until(async () => {
      const lines = await backend.database.query('SELECT user_id FROM desk_lines');
      return lines.length >= 3;
    });
    for (let count = 0; count < 12; count += 1) await made(alice, forQueue());
    const state = () =>
      backend.database.query<{ readonly state: string; readonly offeredTo: string | null }>(
        'SELECT state, offered_to AS "offeredTo" FROM call_backs ORDER BY id',
      );
    const taken = new Set<string>();
    const offers: string[] = [];
    for (const client of [alice, bruno]) client.forgetPushes();
    for (let turn = 0; turn < 30 && taken.size < 12; turn += 1) {
      await Promise.all([backend.backend.sweep(), other.backend.sweep()]);
      await Promise.all([backend.backend.idle(), other.backend.idle()]);
      const offered = (await state()).filter(({ offeredTo: to }) => to !== null);
      expect(new Set(offered.map(({ offeredTo: to }) => to)).size).toBe(offered.length);
      for (const client of [alice, bruno]) {
        const told = client.pushes.flatMap((push) =>
          push.kind === 'call_backs' && push.callBacks.offered !== null
            ? [push.callBacks.offered.id]
            : [],
        );
        client.forgetPushes();
        const id = told.at(-1);
        if (id === undefined) continue;
        offers.push(id);
        // Both try: it is one's.
        const answers = await Promise.all([alice, bruno].map((who) => act(who, { id }, 'take')));
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        taken.add(id);
      }
    }
    expect(taken.size).toBe(12);
    expect(offers.length).toBe(12);
    expect((await state()).every(({ state: name }) => name === 'taken')).toBe(true);
    const owners = await backend.database.query('SELECT DISTINCT owner_id FROM call_backs');
    expect(owners).toHaveLength(2);
  } finally {
    await other.backend.app.close();
  }
});

test('outside of the hours in which the customer may be called nobody is asked', async () => {
  const hour = new Date().getUTCHours();
  const closed =
    hour < 12
      ? { earliestHour: hour + 2, latestHour: 24 }
      : { earliestHour: 0, latestHour: hour - 1 };
  await applyCentre(backend.database, { callBacks: closed }, randomUUID);
  await ready(alice);
  const callBack = await made(alice, forQueue());
  await backend.backend.sweep();
  await backend.backend.idle();
  expect((await page(sofia, '?whose=team')).callBacks).toMatchObject([{ state: 'scheduled' }]);
  await applyCentre(backend.database, { callBacks: allDay }, randomUUID);
  await backend.backend.sweep();
  await offeredTo(alice, callBack);
});

type Outcome = 'completed' | 'busy' | 'no_answer';
/** Alice's phone tells of a call that she made for it. */
const call = async (callBack: Pick<CallBackView, 'id'>, outcome: Outcome | null) => {
  const base = { callId: randomUUID(), callKey: randomUUID(), at: Date.now() };
  const fact = () => ({ ...base, id: randomUUID() });
  const dialed = { remoteNumber: '+13035550123', callBackId: callBack.id };
  const end = { side: 'remote', sipCode: null, cause: null } as const;
  const journal = createJournal(people.alice.id);
  const events = [
    journal.event(ledger({ kind: 'dialed', ...fact(), ...dialed })),
    ...(outcome === 'completed' ? [journal.event(ledger({ kind: 'answered', ...fact() }))] : []),
    ...(outcome === null
      ? []
      : [journal.event(ledger({ kind: 'ended', ...fact(), ...end, outcome }))]),
  ];
  const { body } = await alice.ask('POST', '/events', { events });
  expect(body).toMatchObject({ refused: [] });
  return base;
};

test('a call for it follows the queue’s rules and is a try; the last that is allowed ends it', async () => {
  const contact = await recordedContact(backend.database, people.alice.id);
  const callBack = await made(alice, { ...due(), contactId: contact.contactId, queue: null });
  const first = await call(callBack, null);
  await desk(alice, ({ due: count }) => count === 1);
  const card = (await alice.next('card', (push) => push.card.callKey === first.callKey)).card;
  expect(card satisfies ContactCard).toMatchObject({ queue: 'support', direction: 'outbound' });
  expect((await page(alice)).callBacks).toMatchObject([
    { state: 'calling', attempts: [{ outcome: null, agentName: 'The alice' }] },
  ]);
  await call(callBack, 'busy');
  const { asking } = await desk(alice, ({ asking: told }) => told.length === 1);
  expect(asking).toMatchObject([{ id: callBack.id, attemptCount: 1 }]);
  const second = await call(callBack, 'no_answer');
  await call(callBack, 'no_answer');
  await backend.backend.idle();
  const [kept] = (await page(alice, '?show=over')).callBacks;
  expect(kept).toMatchObject({
    ...{ state: 'exhausted', attemptCount: 3 },
    attempts: [
      { outcome: null },
      { outcome: 'busy' },
      { outcome: 'no_answer' },
      { outcome: 'no_answer' },
    ],
  });
  // Both contacts show it.
  const [attempted] = await backend.database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [second.callKey],
  );
  for (const contactId of [contact.contactId, attempted?.id ?? '']) {
    const about = await alice.ask('GET', `/call-backs/about?contactId=${contactId}`);
    expect(about.body).toMatchObject({ callBacks: [{ id: callBack.id }] });
  }
});

test('answered it is done by itself, and told twice it is one try', async () => {
  const callBack = await made(alice, due());
  await call(callBack, 'completed');
  await backend.backend.idle();
  expect((await page(alice, '?show=over')).callBacks).toMatchObject([
    { state: 'done', attemptCount: 1, attempts: [{ outcome: 'answered' }] },
  ]);
  expect((await act(alice, callBack, 'reopen')).body).toMatchObject({ state: 'scheduled' });
});

test('nobody makes a try of another’s promise', async () => {
  const bruno = await backend.signIn('bruno');
  const callBack = await made(bruno, due());
  const { callKey } = await call(callBack, 'busy');
  expect((await page(bruno)).callBacks).toMatchObject([{ state: 'scheduled', attempts: [] }]);
  const [contact] = await backend.database.query('SELECT queue FROM contacts WHERE call_key = $1', [
    callKey,
  ]);
  expect(contact).toEqual({ queue: null });
});

test('who signs in anew is told what is due, what is to come, and what waits for a word', async () => {
  await made(alice, due());
  const later = await made(alice);
  await call(await made(alice, due()), 'busy');
  await backend.backend.idle();
  const { callBacks } = (await backend.signIn('alice')).session.desk;
  expect(callBacks).toMatchObject({
    ...{
      due: 2,
      upcoming: [{ state: 'scheduled' }, { id: later.id }],
      asking: [{ attemptCount: 1 }],
      offered: null,
    },
    ...{ teamDue: null, rules: { maximumAttempts: 3, earliestHour: 0, latestHour: 24 } },
  });
});

test('who is erased takes along what was promised to them; it is handed out before', async () => {
  await made(alice);
  await made(alice, { customerId: null, note: 'The same number.' });
  await made(alice, { customerId: null, number: '+442079460999', note: 'Another customer.' });
  const data = await readPersonalData(backend.database, customers.nora.id, []);
  expect(data?.callBacks.map(({ note }) => note)).toEqual(['The router.', 'The same number.']);
  expect(await eraseRecords(backend.database, customers.nora.id, [])).toMatchObject({
    ok: true,
    value: { callBacks: 2 },
  });
  expect((await page(alice)).callBacks).toMatchObject([{ note: 'Another customer.' }]);
});

test('how often and when customers are called is of the centre’s file', async () => {
  const night = { callBacks: { earliestHour: 20, latestHour: 8 } };
  expect(readCentre(JSON.stringify(night))).toMatchObject({
    ok: false,
    why: [expect.stringContaining('nobody could be called')],
  });
  const callBacks = { maximumAttempts: 5, ...allDay };
  await applyCentre(backend.database, { callBacks }, randomUUID);
  expect((await showCentre(backend.database)).callBacks).toEqual(callBacks);
});
