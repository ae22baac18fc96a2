import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import type { MyWrapUps, OwedWrapUps } from '../../../src/shared/api/wrap-ups.ts';
import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall, type Journal } from '../../support/journal.ts';

const backend = backendForEachTest();
const label = (text: string) => ({ en: text, es: text, pt: text });

/** Support asks for a code out of a tree and an order number, and ends by itself. */
const rules = {
  queues: [
    {
      name: 'support',
      label: label('Support'),
      targetHandleSeconds: 240,
      autoAnswer: false,
      wrapUp: {
        mode: 'agent_extendable' as const,
        seconds: 60,
        extendSeconds: 30,
        maximumExtensions: 2,
        maximumCodes: 2,
        defaultCode: 'resolved',
        fields: [
          {
            key: 'order',
            label: label('Order'),
            kind: 'text' as const,
            required: true,
            maxLength: 8,
          },
        ],
      },
    },
  ],
  wrapUpCodes: [
    { code: 'resolved', label: label('Resolved'), active: true },
    { code: 'fault', label: label('Fault'), queue: 'support', active: true },
    { code: 'wifi', label: label('Wi-Fi'), queue: 'support', parent: 'fault', active: true },
    { code: 'sold', label: label('Sold'), queue: 'sales', active: true },
  ],
};

let alice: Client;
let journal: Journal;
beforeEach(async () => {
  backend.pbx.goAway('not part of this');
  expect(await applyCentre(backend.database, rules, randomUUID)).toMatchObject({ ok: true });
  alice = await backend.signIn('alice');
  journal = createJournal(people.alice.id);
});

const send = async (facts: readonly LedgerFact[], who = alice): Promise<EventReceipt> => {
  const events = facts.map((fact) => journal.event(ledger(fact)));
  return (await who.ask('POST', '/events', { events })).body as EventReceipt;
};

/** A call that is over and owes its wrap-up. */
const owedCall = async (startedAt = Date.now() - 60_000) => {
  const call = wholeCall(randomUUID(), startedAt);
  const { wrapUp, ...before } = call;
  await send(Object.values(before));
  const words = { ...wrapUp, code: 'wifi', fields: { order: 'A1' } };
  return { callId: wrapUp.callId, wrapUp: words, ended: before.ended };
};

/** The centre's file, as far as it was applied here. */
const shown = async () => {
  const { queues = [], wrapUpCodes } = await showCentre(backend.database);
  return { queues: queues.filter(({ name }) => name === 'support'), wrapUpCodes };
};

type LegRow = Readonly<Record<string, unknown>>;
const legOf = async (callId: string): Promise<LegRow> => {
  const [row] = await backend.database.query<LegRow>(
    `SELECT code, further_codes, fields, notes, handle_ms, wrap_up_ms, wrapped_up_by, corrected_at,
       wrap_up_flaws FROM legs WHERE call_id = $1`,
    [callId],
  );
  return row ?? {};
};

test('the desk is told how its queues want their wrap-ups, and the file is shown as it was applied', async () => {
  const { wrapUpRules, wrapUpCodes } = alice.session.desk;
  expect(wrapUpRules).toMatchObject([
    {
      queue: 'support',
      mode: 'agent_extendable',
      seconds: 60,
      fields: [{ key: 'order', choices: [] }],
    },
  ]);
  expect(wrapUpCodes.find(({ code }) => code === 'wifi')).toMatchObject({ parent: 'fault' });
  expect(await shown()).toMatchObject(rules);
});

test('a centre that contradicts itself is refused whole, each line naming its place', async () => {
  const [queue] = rules.queues;
  const wrapUp = { ...queue?.wrapUp, mode: 'timed' as const, defaultCode: 'sold' };
  const codes = [
    { code: 'wifi', label: label('Wi-Fi'), queue: 'support', parent: 'fault' },
    { code: 'fault', label: label('Fault'), queue: 'support', parent: 'wifi' },
    { code: 'resolved', label: label('Resolved'), parent: 'fault' },
  ];
  const applied = await applyCentre(
    backend.database,
    {
      queues: [{ name: 'support', label: label('S'), targetHandleSeconds: 1, wrapUp }],
      wrapUpCodes: codes,
    },
    randomUUID,
  );
  expect(applied).toMatchObject({
    why: [
      'wrapUpCodes: "resolved" stands in "fault", which is of another queue',
      'queues: wrapUp of "support": the defaultCode "sold" is no code of this queue',
    ],
  });
  expect(await shown()).toMatchObject(rules);
});

test('a correction changes the words and keeps handle time, and the page has what was said before', async () => {
  const { callId, wrapUp } = await owedCall();
  await send([{ ...wrapUp, codes: ['resolved'] }]);
  const before = await legOf(callId);
  const at = wrapUp.at + 3_600_000;
  const corrected: LedgerFact = {
    ...wrapUp,
    kind: 'wrap_up_corrected',
    id: randomUUID(),
    at,
    code: 'resolved',
    notes: 'It was the cable.',
  };
  expect(await send([corrected])).toMatchObject({ refused: [] });
  expect(before).toMatchObject({ code: 'wifi', further_codes: ['resolved'], corrected_at: null });
  expect(await legOf(callId)).toMatchObject({
    code: 'resolved',
    notes: 'It was the cable.',
    fields: { order: 'A1' },
    corrected_at: at,
    handle_ms: before['handle_ms'],
    wrap_up_ms: 1_000,
  });
  const [contact] = await backend.database.query<{ readonly id: string }>(
    'SELECT id FROM contacts',
  );
  const { body } = await alice.ask('GET', `/contacts/${contact?.id ?? ''}`);
  expect((body as Contact).legs[0]?.facts.map(({ kind }) => kind).slice(-2)).toEqual([
    'wrap_up_completed',
    'wrap_up_corrected',
  ]);
});

test('a wrap-up made under other rules is kept and marked; one that is too long is refused by name', async () => {
  const { callId, wrapUp } = await owedCall();
  expect(await send([{ ...wrapUp, code: 'sold', fields: { colour: 'red' } }])).toMatchObject({
    refused: [],
  });
  expect(await legOf(callId)).toMatchObject({
    code: 'sold',
    wrap_up_flaws: [
      'the code "sold" is of another queue',
      'the field "order" is missing',
      'there is no field "colour"',
    ],
  });
  const long = { ...wrapUp, id: randomUUID(), notes: 'x'.repeat(10_001) };
  const [refused] = (await send([long])).refused;
  expect(refused?.why).toContain('event/body/fact/notes');
});

test('no client speaks for a supervisor', async () => {
  const { wrapUp } = await owedCall();
  const forged = [
    { ...wrapUp, by: 'supervisor' as const },
    { ...wrapUp, id: randomUUID(), byUser: people.sofia.id },
  ];
  expect((await send(forged)).refused.map(({ why }) => why)).toEqual(
    Array(2).fill('event/body/fact is not for a client to say'),
  );
});

test('what is typed is there for the next machine, the newest first come what may', async () => {
  const { callId, wrapUp } = await owedCall();
  const put = (revision: number, notes: string, who = alice) =>
    who.ask('PUT', `/wrap-ups/${callId}/draft`, {
      revision,
      code: 'wifi',
      fields: { order: 'A' },
      notes,
      extensions: 1,
    });
  expect((await put(20, 'whole')).body).toEqual({ kept: true });
  expect((await put(10, 'late')).body).toEqual({ kept: false });
  const bruno = await backend.signIn('bruno');
  expect((await put(30, 'not mine', bruno)).body).toEqual({ kept: false });
  const again = await backend.signIn('alice');
  const mine = (await again.ask('GET', `/wrap-ups/mine?known=${callId}`)).body as MyWrapUps;
  expect(mine).toMatchObject({
    owed: [{ callId, queue: 'support', draft: { revision: 20, code: 'wifi', notes: 'whole' } }],
    closed: [],
  });
  expect(mine.owed[0]?.facts).toHaveLength(5);
  await send([wrapUp], again);
  expect((await again.ask('GET', `/wrap-ups/mine?known=${callId}`)).body).toEqual({
    owed: [],
    closed: [{ callId, fact: wrapUp }],
  });
  expect((await put(40, 'after all')).status).toBe(401);
});

test('a supervisor finishes an orphan: the agent is told, what was typed is kept, and it is on record', async () => {
  const { callId, wrapUp, ended } = await owedCall();
  await alice.ask('PUT', `/wrap-ups/${callId}/draft`, {
    revision: 1,
    code: null,
    // `colour` was asked for once.
    fields: { order: 'A1', colour: 'red' },
    notes: 'half a sen',
  });
  const sofia = await backend.signIn('sofia');
  expect((await alice.ask('GET', '/wrap-ups/owed')).status).toBe(403);
  const { wrapUps } = (await sofia.ask('GET', '/wrap-ups/owed')).body as OwedWrapUps;
  expect(wrapUps).toMatchObject([
    { callId, agent: { id: people.alice.id }, endedAt: ended.at, draft: { notes: 'half a sen' } },
  ]);
  const complete = (words: object, id = callId) =>
    sofia.ask('POST', `/wrap-ups/${id}/complete`, { notes: '', ...words });
  expect(await complete({ code: 'sold' })).toMatchObject({
    status: 400,
    body: { message: 'the code "sold" is of another queue' },
  });
  expect((await complete({ code: 'wifi' }, randomUUID())).status).toBe(404);
  expect(await complete({ code: 'wifi', notes: 'Done for her.' })).toMatchObject({
    status: 200,
    body: { by: 'supervisor', byUser: people.sofia.id },
  });
  expect((await complete({ code: 'wifi' })).status).toBe(409);
  const { fact } = await alice.next('wrap_up_closed');
  expect(fact).toMatchObject({
    callId,
    code: 'wifi',
    notes: 'half a sen\ncolour: red\nDone for her.',
  });
  expect(await legOf(callId)).toMatchObject({
    wrapped_up_by: 'supervisor',
    fields: { order: 'A1' },
  });
  expect(
    await backend.database.query('SELECT actor, action, subject FROM audit_log'),
  ).toContainEqual({
    actor: people.sofia.id,
    action: 'wrap_up_completed',
    subject: people.alice.id,
  });
  // The agent's own machine was offline and completed it as well: nothing lost, nothing twice.
  await send([{ ...wrapUp, at: Date.now() + 5_000, notes: 'My own words.' }]);
  expect(await legOf(callId)).toMatchObject({
    notes: 'My own words.',
    wrapped_up_by: 'supervisor',
    corrected_at: expect.any(Number) as number,
  });
});

test('a supervisor of a team acts on that team alone', async () => {
  const { callId } = await owedCall();
  await backend.database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', $1, 0), ('south', $1, 1)`,
    [label('Team')],
  );
  await backend.database.query(
    `UPDATE users SET team = CASE username WHEN 'alice' THEN 'north' WHEN 'sofia' THEN 'south' END`,
  );
  const words = { code: 'wifi', fields: { order: 'A1' }, notes: '' };
  const sofia = await backend.signIn('sofia');
  expect((await sofia.ask('GET', '/wrap-ups/owed')).body).toEqual({ wrapUps: [] });
  expect((await sofia.ask('POST', `/wrap-ups/${callId}/complete`, words)).status).toBe(404);
  const admin = await backend.signIn('admin');
  expect((await admin.ask('POST', `/wrap-ups/${callId}/complete`, words)).status).toBe(200);
});

test('no change of state takes an owed wrap-up away', async () => {
  const { callId } = await owedCall(Date.now());
  const wished = await alice.ask('PUT', '/agent/wish', {
    wish: { kind: 'not_ready', reason: 'lunch' },
  });
  expect(wished.body).toMatchObject({ state: { state: 'wrap_up' } });
  const sofia = await backend.signIn('sofia');
  const forced = await sofia.ask('PUT', `/agents/${people.alice.id}/state`, { state: 'ready' });
  expect(forced.body).toMatchObject({ state: { state: 'wrap_up' } });
  await alice.ask('DELETE', '/session');
  const again = await backend.signIn('alice');
  const mine = (await again.ask('GET', '/wrap-ups/mine')).body as MyWrapUps;
  expect(mine.owed.map((owed) => owed.callId)).toEqual([callId]);
});
