import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { EventReceipt, JournalEvent, JournalFact } from '../../../src/shared/api/events.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import {
  handleTimeOf,
  segmentsOf,
  type Segment,
} from '../../../src/shared/domain/handle-time/segments.ts';
import { groupBy } from '../../../src/shared/group-by.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall, type Journal } from '../../support/journal.ts';
import { callScene } from '../../support/ledger/call-scene.ts';
import { naiveSegments } from '../../support/ledger/naive-fold.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const backend = backendForEachTest();
let alice: Client;
let journal: Journal;

beforeEach(async () => {
  // What a phone alone tells: the PBX says nothing of these calls.
  backend.pbx.goAway('not part of this');
  alice = await backend.signIn('alice');
  journal = createJournal(people.alice.id);
});

const send = async (events: readonly unknown[], who = alice): Promise<EventReceipt> => {
  const { status, body } = await who.ask('POST', '/events', { events });
  expect(status).toBe(200);
  return body as EventReceipt;
};

const countOf = async (table: 'events' | 'segments' | 'contacts' | 'legs'): Promise<number> => {
  const [row] = await backend.database.query<{ readonly count: number }>(
    `SELECT count(*) AS count FROM ${table}`,
  );
  return row?.count ?? -1;
};

/** The leg as the contact's page shows it. */
const legOf = async (callKey: string) => {
  const [row] = await backend.database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [callKey],
  );
  const { body } = await alice.ask('GET', `/contacts/${row?.id ?? ''}`);
  return (body as Contact).legs[0];
};

test('an event that comes twice, or in two batches at once, is stored once', async () => {
  const facts = Object.values(wholeCall(randomUUID(), Date.now() - 10_000));
  const events = facts.map((fact) => journal.event(ledger(fact)));
  const ids = events.map((event) => event.id).sort();
  const receipts = await Promise.all([send(events), send(events), send([...events, ...events])]);
  for (const { stored, refused } of receipts) {
    expect([...stored].sort()).toEqual(ids);
    expect(refused).toEqual([]);
  }
  expect(await countOf('events')).toBe(6);
  expect(await countOf('segments')).toBe(5);
  expect(await countOf('contacts')).toBe(1);
});

test('a bad event refuses only itself, and says why', async () => {
  const { offered, answered } = wholeCall(randomUUID(), Date.now() - 10_000);
  const good = [journal.event(ledger(offered)), journal.event(ledger(answered))];
  const base = journal.event(ledger(answered));
  const withFact = (changes: object) => ({
    ...base,
    id: randomUUID(),
    body: { topic: 'ledger', fact: { ...answered, id: randomUUID(), ...changes } },
  });
  const [odd, early, strange, kindless, ahead] = [
    { ...base, id: randomUUID(), seq: 0 },
    withFact({ at: -1 }),
    withFact({ canary: 1 }),
    withFact({ kind: 'sneezed' }),
    withFact({ at: Date.now() + 2 * 86_400_000 }),
  ];
  const receipt = await send([good[0], odd, early, null, 'x', strange, kindless, ahead, good[1]]);
  expect(receipt.stored).toEqual(good.map((event) => event.id));
  expect(receipt.refused).toEqual([
    { id: odd.id, why: 'event/seq must be >= 1' },
    { id: early.id, why: 'event/body/fact/at must be >= 0' },
    { id: '', why: 'event must be object' },
    { id: '', why: 'event must be object' },
    { id: strange.id, why: 'event/body/fact/canary is not a known property' },
    { id: kindless.id, why: expect.any(String) as string },
    { id: ahead.id, why: 'event/body/fact/at lies more than a day ahead' },
  ]);
});

test('the same id with other content is refused loudly, in one batch or in two', async () => {
  const { offered, answered } = wholeCall(randomUUID(), Date.now() - 10_000);
  const first = journal.event(ledger(offered));
  const other: JournalEvent = { ...first, body: ledger({ ...offered, remoteName: 'Mallory' }) };
  const why = 'this id was stored before with other content';
  expect(await send([first, other])).toMatchObject({ refused: [{ id: first.id, why }] });
  expect(await send([other])).toEqual({ stored: [], refused: [{ id: first.id, why }] });
  // The same fact under another event's id.
  const again = journal.event(ledger({ ...offered, at: offered.at + 1 }));
  expect(await send([again])).toEqual({ stored: [], refused: [{ id: again.id, why }] });
  expect(await send([journal.event(ledger(answered))])).toMatchObject({ refused: [] });
  expect(await countOf('events')).toBe(2);
});

test('another agent’s leg, and events in another agent’s name, are refused', async () => {
  const facts = wholeCall(randomUUID(), Date.now() - 10_000);
  await send([journal.event(ledger(facts.offered))]);
  const bruno = await backend.signIn('bruno');
  const inBrunosName = createJournal(people.bruno.id).event(ledger(facts.answered));
  expect(await send([inBrunosName], bruno)).toEqual({
    stored: [],
    refused: [{ id: inBrunosName.id, why: 'the call leg belongs to another agent' }],
  });
  const inAlicesName = journal.event(ledger(facts.answered));
  expect(await send([inAlicesName], bruno)).toEqual({
    stored: [],
    refused: [{ id: inAlicesName.id, why: 'event/agentId is another agent' }],
  });
});

test('a leg stays with its call', async () => {
  const { offered, answered } = wholeCall(randomUUID(), Date.now() - 10_000);
  await send([journal.event(ledger(offered))]);
  const moved = journal.event(ledger({ ...answered, callKey: randomUUID() }));
  expect(await send([moved])).toEqual({
    stored: [],
    refused: [{ id: moved.id, why: 'the call leg belongs to another call' }],
  });
});

test('notes with every sort of character are kept as they were written', async () => {
  const callKey = randomUUID();
  const facts = wholeCall(callKey, Date.now() - 10_000);
  const notes = `NUL \u0000 quote ' " \\ emoji 👩‍👩‍👧 rtl \u202e half \ud800 <script>`;
  const events = Object.values({ ...facts, wrapUp: { ...facts.wrapUp, notes } }).map((fact) =>
    journal.event(ledger(fact)),
  );
  expect(await send(events)).toMatchObject({ refused: [] });
  expect(await send(events)).toMatchObject({ refused: [] });
  const leg = await legOf(callKey);
  const fact = leg?.facts.find((each) => each.kind === 'wrap_up_completed');
  expect(fact).toMatchObject({ notes });
  // The column cannot hold a NUL, nor UTF-8 half a pair.
  expect(leg?.notes).toBe(notes.replace('\u0000', '').replace('\ud800', '\ufffd'));
});

test('a wrap-up that arrives before the end of its call leaves nothing owed', async () => {
  // Of this session: what happened before the agent signed in changes no state.
  const facts = wholeCall(randomUUID(), Date.now());
  const [offered, answered, ended, wrapUp] = [
    facts.offered,
    facts.answered,
    facts.ended,
    facts.wrapUp,
  ].map((fact) => journal.event(ledger(fact)));
  await send([offered, answered, wrapUp]);
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  alice.forgetPushes();
  await send([ended]);
  const { agent } = await alice.next('agent');
  expect(agent.state.state).toBe('not_ready');
});

test('a customer who came back and hung up before the second answer leaves nothing owed, in whatever order it is told', async () => {
  const callKey = randomUUID();
  // Of this session: what happened before the agent signed in changes no state.
  const startedAt = Date.now();
  const first = wholeCall(callKey, startedAt);
  const second = wholeCall(callKey, startedAt + 10_000);
  const inOrder = [first.offered, first.answered, first.ended, first.wrapUp, second.offered];
  const last = { ...second.ended, outcome: 'cancelled' } as const;
  const [offered, answered, ended, wrapUp, back] = inOrder.map((fact) =>
    journal.event(ledger(fact)),
  );
  await send([offered, answered]);
  await send([back]);
  await send([ended, wrapUp]);
  alice.forgetPushes();
  await send([journal.event(ledger(last))]);
  const { agent } = await alice.next('agent');
  expect(agent.state.state).toBe('not_ready');
});

test('a customer who came back before the first wrap-up is over when the second leg is, even if the first begins last', async () => {
  const callKey = randomUUID();
  const startedAt = Date.now();
  const first = wholeCall(callKey, startedAt);
  const second = wholeCall(callKey, startedAt + 10_000);
  const wrapUp = { ...first.wrapUp, at: second.offered.at + 1 };
  const [back, ofFirst, ended, offered, answered] = [
    second.offered,
    wrapUp,
    second.ended,
    first.offered,
    second.answered,
  ].map((fact) => journal.event(ledger(fact)));
  await send([back, ofFirst]);
  await send([ended]);
  await send([offered]);
  await send([answered]);
  await send(
    [first.answered, first.ended, second.wrapUp].map((fact) => journal.event(ledger(fact))),
  );
  const [agent] = await backend.database.query<{ readonly standing: unknown }>(
    'SELECT standing FROM agent_standings WHERE agent_id = $1',
    [people.alice.id],
  );
  expect(agent?.standing).toMatchObject({ offers: [], calls: [], wrapUps: [] });
});

test('a journal of an hour ago is stored and leaves the agent where it stands', async () => {
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const facts = Object.values(wholeCall(randomUUID(), Date.now() - 3_600_000));
  expect(await send(facts.map((fact) => journal.event(ledger(fact))))).toMatchObject({
    refused: [],
  });
  const last = alice.pushes.filter((push) => push.kind === 'agent').at(-1);
  expect(last).toMatchObject({ agent: { state: { state: 'ready' } } });
});

test('batches are limited, and what is no batch is refused whole', async () => {
  const post = (body: unknown) => alice.ask('POST', '/events', body);
  expect(await post({ events: [] })).toMatchObject({ status: 400, body: { code: 'invalid' } });
  expect(await post({ events: Array.from({ length: 501 }, () => ({})) })).toMatchObject({
    status: 400,
  });
  expect(await post({})).toMatchObject({ status: 400 });
  expect(await post([])).toMatchObject({ status: 400 });
});

test('500 events of 84 legs are taken in one batch', async () => {
  const events = Array.from({ length: 84 }, () =>
    Object.values(wholeCall(randomUUID(), Date.now() - 10_000)),
  )
    .flat()
    .slice(0, 500)
    .map((fact) => journal.event(ledger(fact)));
  expect((await send(events)).stored).toHaveLength(500);
  expect(await countOf('legs')).toBe(84);
});

const storedSegments = async (callIds: readonly string[]) => {
  const rows = await backend.database.query<{
    readonly callId: string;
    readonly handleMs: number;
    readonly ringMs: number;
    readonly segments: readonly Segment[] | null;
  }>(
    `SELECT g.call_id AS "callId", g.handle_ms AS "handleMs", g.ring_ms AS "ringMs",
       (SELECT json_agg(json_build_object('kind', s.kind, 'startedAt', s.started_at,
          'endedAt', s.ended_at) ORDER BY s.position) FROM segments s WHERE s.call_id = g.call_id) AS segments
     FROM legs g WHERE g.call_id = ANY($1::uuid[])`,
    [callIds],
  );
  return new Map(rows.map((row) => [row.callId, row]));
};

/** An agent's calls with consultations, transfers and customers who come back; whatever of it is told. */
const scenes = fc
  .record({
    seed: fc.nat(),
    length: fc.integer({ min: 1, max: 30 }),
    told: fc.double({ min: 0.3, max: 1, noNaN: true }),
  })
  .map(({ seed, length, told }) => {
    const random = seededRandom(seed);
    const { facts } = callScene(random, length, Date.now() - 10_000_000);
    return facts.filter(() => random() <= told);
  })
  .filter((facts) => facts.length > 0);

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

/** The same scene under names of its own: all runs share one database, and a seed may come up twice. */
const renamed = (facts: readonly JournalFact[]): readonly JournalFact[] => {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? randomUUID();
    names.set(id, name);
    return name;
  };
  return JSON.parse(JSON.stringify(facts).replaceAll(uuid, nameOf)) as readonly JournalFact[];
};

test('any order, repetition and division into batches gives the fold that the client has, and it tiles', async () => {
  const scenario = scenes.chain((facts) =>
    fc.record({
      facts: fc.constant(facts),
      order: fc.shuffledSubarray([...facts.keys(), ...facts.keys()], {
        minLength: facts.length * 2,
      }),
      batch: fc.integer({ min: 1, max: facts.length * 2 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(scenario, async ({ facts: scene, order, batch }) => {
      const facts = renamed(scene);
      const events = facts.map((body) => journal.event(body));
      const shuffled = order.map((index) => events[index]);
      for (let start = 0; start < shuffled.length; start += batch) {
        expect(await send(shuffled.slice(start, start + batch))).toMatchObject({ refused: [] });
      }
      const legs = groupBy(
        facts.flatMap((body) => (body.topic === 'ledger' ? [body.fact] : [])),
        ({ callId }) => callId,
      );
      const stored = await storedSegments([...legs.keys()]);
      for (const [callId, own] of legs) {
        const expected = segmentsOf(own);
        const leg = stored.get(callId);
        expect(leg?.segments ?? []).toEqual(expected);
        expect(naiveSegments(own)).toEqual(expected);
        const closed = handleTimeOf(
          expected.filter((segment) => segment.endedAt !== null),
          0,
        );
        expect(leg).toMatchObject({ handleMs: closed.handleMs, ringMs: closed.ringMs });
        expected.forEach((segment, index) => {
          const next = expected[index + 1];
          if (next !== undefined) expect(next.startedAt).toBe(segment.endedAt);
        });
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
