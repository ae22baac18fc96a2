import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { RefusedEvents } from '../../../src/shared/api/refused-events.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();
let alice: Client;
let admin: Client;

beforeEach(async () => {
  alice = await backend.signIn('alice');
  admin = await backend.signIn('admin');
});

const send = async (events: readonly unknown[]): Promise<EventReceipt> =>
  (await alice.ask('POST', '/events', { events })).body as EventReceipt;

const list = async (query = ''): Promise<RefusedEvents> =>
  (await admin.ask('GET', `/events/refused${query}`)).body as RefusedEvents;

test('what can never be taken is kept as it came, with the reason, each thing once', async () => {
  const journal = createJournal(people.alice.id);
  const { offered } = wholeCall(randomUUID(), Date.now());
  const first = journal.event(ledger(offered));
  const other = { ...first, body: ledger({ ...offered, remoteName: 'Mallory' }) };
  const future = journal.event(
    ledger(wholeCall(randomUUID(), Date.now() + 2 * 86_400_000).offered),
  );
  await send([first, other, future, 'nonsense', null]);
  await send([other, future]);
  const { events, total, notKept } = await list();
  expect({ total, notKept }).toEqual({ total: 4, notKept: 0 });
  expect(events.map(({ why, times }) => ({ why, times }))).toEqual(
    expect.arrayContaining([
      { why: 'this id was stored before with other content', times: 2 },
      { why: 'event/body/fact/at lies more than a day ahead', times: 2 },
      { why: 'event must be object', times: 1 },
      { why: 'event must be object', times: 1 },
    ]),
  );
  const kept = events.find(({ eventId }) => eventId === first.id);
  expect(JSON.parse(kept?.body ?? '')).toEqual(other);
  expect((await list(`?agentId=${people.bruno.id}`)).total).toBe(0);
});

test('an oversized one is kept in part, and more than enough of them are counted', async () => {
  await send([{ id: 'large', notes: 'x'.repeat(100_000) }]);
  expect((await list()).events[0]).toMatchObject({ eventId: 'large', isCut: true });
  for (let batch = 0; batch < 3; batch += 1) {
    await send(
      Array.from({ length: 400 }, (_, index) => ({ id: `e${String(batch * 400 + index)}` })),
    );
  }
  const { events, total, notKept } = await list();
  expect([events.length, total, notKept]).toEqual([200, 1_000, 201]);
});

test('only an administrator reads them', async () => {
  expect((await alice.ask('GET', '/events/refused')).status).toBe(403);
  const sofia = await backend.signIn('sofia');
  expect((await sofia.ask('GET', '/events/refused')).status).toBe(403);
});
