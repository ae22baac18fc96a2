import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { EvidenceFact } from '../../../src/shared/api/evidence.ts';
import type { HistoryPage } from '../../../src/shared/api/history.ts';
import type { MissedOffer } from '../../../src/shared/api/missed.ts';
import type { EndedFact } from '../../../src/shared/domain/handle-time/fact.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();
let alice: Client;

const beReady = async (who: Client): Promise<void> => {
  await who.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
};

beforeEach(async () => {
  alice = await backend.signIn('alice');
  await beReady(alice);
});

const ringMs = 20_000;

const offered = (callKey: string, at: number) =>
  backend.pbx.report({
    ...{ kind: 'leg_offered', at, callKey, extension: '1001', queue: 'support' },
    ...{ remoteNumber: '+13035550123', remoteName: 'NORA W' },
  });
const ended = (callKey: string, at: number, rang?: boolean) =>
  backend.pbx.report({
    ...{ kind: 'leg_ended', at, callKey, extension: '1001', answered: false, cause: 19 },
    ...(rang === undefined ? {} : { rang }),
  });

const rings = (callKey: string, at: number, part: object = {}): EvidenceFact => ({
  ...{ kind: 'ring', id: randomUUID(), callId: randomUUID(), callKey, at, offeredAt: at - ringMs },
  ...{ shownAt: at - ringMs + 100, soundedAt: at - ringMs + 200, silence: null },
  ...{ outcome: 'no_answer', troubles: [] },
  ...part,
});
const span = (what: string, at: number, until: number): EvidenceFact =>
  ({ kind: 'desk_span', id: randomUUID(), what, at, until }) as EvidenceFact;

const eventOf = (who: Client, fact: EvidenceFact) => ({
  ...{ id: fact.id, journalId: randomUUID(), seq: 1, agentId: who.session.desk.user.id },
  ...{ writtenAt: fact.at, offsetMs: 0, body: { topic: 'evidence', fact } },
});
const tell = (who: Client, ...facts: readonly EvidenceFact[]) =>
  who.ask('POST', '/events', { events: facts.map((fact) => eventOf(who, fact)) });

/**
 * An offer that rings its time out, as by clocks that run ahead; `evidence` comes as the phone sends it, before the PBX's
 * word.
 */
const letRing = async (evidence: boolean, rang?: boolean) => {
  const callKey = randomUUID();
  const at = Date.now();
  alice.forgetPushes();
  offered(callKey, at);
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  alice.forgetPushes();
  if (evidence) await tell(alice, rings(callKey, at + ringMs));
  ended(callKey, at + ringMs, rang);
  await alice.next('agent');
  return { callKey, at: at + ringMs };
};

const misses = (): Promise<readonly MissedOffer[]> =>
  backend.database.query<MissedOffer>(
    'SELECT id, call_key AS "callKey", cause, counted, note FROM missed_offers ORDER BY at, id',
  );
const causes = async () => (await misses()).map(({ cause }) => cause);
const today = async () => {
  const { missed, missedTechnical } = (await backend.signIn('alice')).session.desk.today;
  return [missed, missedTechnical];
};

test('who lets it ring once stays ready; twice in a row is not ready, and both count', async () => {
  const { callKey } = await letRing(true);
  expect(await alice.next('agent')).toMatchObject({ agent: { state: { state: 'ready' } } });
  expect(await alice.next('missed')).toMatchObject({
    missed: [{ callKey, cause: 'not_answered', counted: true, who: 'Nora Whitfield' }],
  });
  await letRing(true, true);
  expect(await alice.next('agent')).toMatchObject({
    agent: { state: { state: 'not_ready', reason: 'missed_call' } },
  });
  expect(await today()).toEqual([2, 0]);
});

test('an answered call ends the row of misses, and so does the agent’s own word', async () => {
  await letRing(true);
  const callKey = randomUUID();
  offered(callKey, Date.now());
  const leg = { at: Date.now(), callKey, extension: '1001' };
  backend.pbx.report({ kind: 'leg_answered', ...leg });
  backend.pbx.report({ kind: 'leg_ended', ...leg, answered: true, cause: 16 });
  await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up');
  await letRing(true);
  expect(await alice.next('agent')).not.toMatchObject({
    agent: { state: { reason: 'missed_call' } },
  });
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'not_ready', reason: 'lunch' } });
  await beReady(alice);
  await letRing(true);
  expect(await causes()).toEqual(['not_answered', 'not_answered', 'not_answered']);
  expect((await alice.next('agent')).agent.state).not.toMatchObject({ reason: 'missed_call' });
});

test('a centre may take an agent out after the first miss', async () => {
  await backend.database.query(
    `INSERT INTO centre_settings (name, value) VALUES ('missesBeforeNotReady', '1')`,
  );
  await letRing(true);
  expect(await alice.next('agent')).toMatchObject({
    agent: { state: { state: 'not_ready', reason: 'missed_call' } },
  });
});

test('what nobody can prove counts for nobody; it is tried again once', async () => {
  await letRing(false);
  expect(await alice.next('agent')).toMatchObject({ agent: { state: { state: 'ready' } } });
  await letRing(false);
  expect(await alice.next('agent')).toMatchObject({
    agent: { state: { state: 'not_ready', reason: 'unreachable' } },
  });
  expect(await causes()).toEqual(['unproven', 'unproven']);
  expect(await today()).toEqual([0, 2]);
});

test('a phone that never said that it rings takes the agent out without blame; the sleep that explains it comes later, once', async () => {
  const { callKey, at } = await letRing(false, false);
  expect(await alice.next('agent')).toMatchObject({
    agent: { state: { state: 'not_ready', reason: 'unreachable' } },
  });
  expect(await causes()).toEqual(['unreachable']);
  alice.forgetPushes();
  const slept = span('asleep', at - 60_000, at);
  for (let times = 0; times < 3; times += 1) {
    expect((await tell(alice, slept)).body).toMatchObject({ stored: [slept.id], refused: [] });
  }
  const { missed } = await alice.next('missed', (push) => push.missed[0]?.cause === 'asleep');
  expect(missed).toMatchObject([{ callKey, cause: 'asleep', counted: false }]);
  const other = { ...slept, what: 'locked' } as EvidenceFact;
  expect((await tell(alice, other)).body).toMatchObject({
    stored: [],
    refused: [{ id: slept.id }],
  });
  expect(await causes()).toEqual(['asleep']);
  const log = await backend.database.query<{ readonly how: string }>(
    `SELECT event->>'how' AS how FROM agent_state_log WHERE event->>'kind' = 'offer_ended'`,
  );
  expect(log).toEqual([{ how: 'unreached' }]);
});

test.each([
  ['no_path', 'no_path'],
  ['hindered', 'hindered'],
] as const)(
  'a call that comes while the desk says that none can (%s) counts for nobody, and takes nobody out',
  async (what, cause) => {
    for (let times = 0; times < 2; times += 1) {
      const callKey = randomUUID();
      const at = Date.now();
      alice.forgetPushes();
      offered(callKey, at);
      await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
      const troubles = [{ what, since: at - 60_000 }];
      await tell(alice, rings(callKey, at + ringMs, { troubles }));
      ended(callKey, at + ringMs, true);
      await alice.next('agent', ({ agent }) => agent.state.state === 'ready');
    }
    expect(await causes()).toEqual([cause, cause]);
    expect(await today()).toEqual([0, 2]);
  },
);

test('the sleep of one agent’s machine excuses no other', async () => {
  const bruno = await backend.signIn('bruno');
  const { at } = await letRing(false, false);
  await tell(bruno, span('asleep', at - 60_000, at));
  expect(await causes()).toEqual(['unreachable']);
  const forged = { ...eventOf(alice, span('asleep', 0, Date.now())) };
  expect((await bruno.ask('POST', '/events', { events: [forged] })).body).toMatchObject({
    refused: [{ id: forged.id }],
  });
  expect(await causes()).toEqual(['unreachable']);
});

test('the phone’s word of the end is enough, and the PBX’s own is added to it', async () => {
  const callKey = randomUUID();
  const at = Date.now() + ringMs;
  offered(callKey, at - ringMs);
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  const facts = wholeCall(callKey, at - ringMs);
  const over: EndedFact = { ...facts.ended, at, side: 'system', outcome: 'no_answer', cause: 19 };
  const journal = createJournal(alice.session.desk.user.id);
  const events = [
    ...[facts.offered, over].map((fact) => journal.event(ledger(fact))),
    eventOf(alice, rings(callKey, at)),
  ];
  expect((await alice.ask('POST', '/events', { events })).body).toMatchObject({ refused: [] });
  expect(await causes()).toEqual(['not_answered']);
  ended(callKey, at + 20, true);
  await backend.backend.idle();
  const [row] = await backend.database.query<{ readonly pbx: unknown }>(
    `SELECT evidence->'pbx' AS pbx FROM missed_offers`,
  );
  expect(row?.pbx).toEqual({ rang: true, cause: 19 });
  expect(await causes()).toEqual(['not_answered']);
});

test.each([
  ['no cause', null],
  ['a cause that says nothing', 127],
])(
  'a caller who gave up by the phone’s word is missed by nobody: %s from the PBX',
  async (_what, cause) => {
    const callKey = randomUUID();
    const at = Date.now();
    offered(callKey, at);
    await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
    alice.forgetPushes();
    await tell(alice, rings(callKey, at + ringMs, { outcome: 'cancelled' }));
    backend.pbx.report({
      ...{ kind: 'leg_ended', at: at + ringMs, callKey, extension: '1001', answered: false },
      ...{ cause, rang: true },
    });
    expect(await alice.next('agent')).toMatchObject({ agent: { state: { state: 'ready' } } });
    expect(await causes()).toEqual([]);
  },
);

test('a line that breaks under the ring is no fault of the agent’s', async () => {
  const callKey = randomUUID();
  const at = Date.now() + ringMs;
  offered(callKey, at - ringMs);
  await alice.next('agent', ({ agent }) => agent.state.state === 'reserved');
  const facts = wholeCall(callKey, at - ringMs);
  const over: EndedFact = { ...facts.ended, at, side: 'system', outcome: 'unreachable' };
  const journal = createJournal(alice.session.desk.user.id);
  const events = [
    eventOf(alice, rings(callKey, at, { outcome: 'unreachable' })),
    ...[facts.offered, over].map((fact) => journal.event(ledger(fact))),
  ];
  expect((await alice.ask('POST', '/events', { events })).body).toMatchObject({ refused: [] });
  expect(await causes()).toEqual(['offline']);
  await alice.next(
    'agent',
    ({ agent: { state } }) => state.state === 'not_ready' && state.reason === 'unreachable',
  );
});

test('a desk that tells in whatever order, late and twice, is judged the same', async () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2, 1, 0],
  ];
  for (const order of orders) {
    await beReady(alice);
    const { callKey, at } = await letRing(false);
    const facts = [
      rings(callKey, at, { soundedAt: null, shownAt: null }),
      span('no_network', at - ringMs, at - 2_000),
      span('unregistered', at - ringMs, at - 3_000),
    ];
    for (const index of order) {
      const fact = facts[index];
      if (fact !== undefined) expect((await tell(alice, fact)).body).toMatchObject({ refused: [] });
    }
    expect((await causes()).at(-1)).toBe('offline');
  }
});

test('a ring that is told late makes a miss of it, and changes no state of the past', async () => {
  const { callKey, at } = await letRing(false);
  await tell(alice, rings(callKey, at));
  expect(await causes()).toEqual(['not_answered']);
  expect(await today()).toEqual([1, 0]);
});

test('evidence that makes no sense refuses itself, and not its neighbours', async () => {
  const now = Date.now();
  const good = span('locked', now - 10, now);
  const events = [
    eventOf(alice, { ...good, id: randomUUID(), what: 'lazy' } as unknown as EvidenceFact),
    eventOf(alice, span('asleep', now, now - 1)),
    eventOf(alice, span('asleep', now, now + 90_000_000)),
    eventOf(alice, good),
    createJournal(alice.session.desk.user.id).event(ledger(wholeCall(randomUUID(), now).offered)),
  ];
  const { body } = await alice.ask('POST', '/events', { events });
  expect(body).toMatchObject({
    stored: [events[3]?.id, events[4]?.id],
    refused: events.slice(0, 3).map(({ id }) => ({ id })),
  });
});

test('the agent says a line about a miss, and nobody else does', async () => {
  await letRing(false, false);
  const [missed] = await misses();
  const path = `/missed/${missed?.id ?? ''}/note`;
  const bruno = await backend.signIn('bruno');
  expect((await bruno.ask('PUT', path, { note: 'mine' })).status).toBe(404);
  expect((await alice.ask('PUT', path, { note: 'x'.repeat(121) })).status).toBe(400);
  expect((await alice.ask('PUT', path, { note: 'The lid\n was shut' })).status).toBe(204);
  const { body } = await alice.ask('GET', '/contacts?search=lid%20was&show=missed');
  expect((body as HistoryPage).contacts).toMatchObject([
    { missed: true, miss: { id: missed?.id, cause: 'unreachable', note: 'The lid was shut' } },
  ]);
  expect((await backend.signIn('alice')).session.desk.missed).toMatchObject([
    { id: missed?.id, note: 'The lid was shut' },
  ]);
});
