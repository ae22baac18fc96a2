import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { callDeedId } from '../../../src/backend/modules/deeds/call-logs.ts';
import { eraseRecords } from '../../../src/backend/modules/privacy/erase-customer.ts';
import { readPersonalData } from '../../../src/backend/modules/privacy/personal-data.ts';
import { customers, makeCentre } from '../../support/centre.ts';
import {
  startFakeVendor,
  type Asked,
  type FakeVendor,
} from '../../support/connectors/fake-vendor.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import {
  addCalls,
  connect,
  createHandClock,
  deedLines,
  startOutboxBackend,
  untilSettled,
  userOf,
  wrapUp,
  type HandClock,
  type OutboxBackend,
} from '../../support/deeds/outbox-bed.ts';

let server: DatabaseServer;
let database: Database;
let vendor: FakeVendor;
let clock: HandClock;
let backend: OutboxBackend;
const started: OutboxBackend[] = [];

const start = (origins = vendor.origins): OutboxBackend => {
  const made = startOutboxBackend(database, origins, clock);
  started.push(made);
  return made;
};

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ database } = await server.fresh());
  vendor = await startFakeVendor(zendeskFake());
  clock = createHandClock();
  backend = start();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ outbox }) => outbox.stop()));
  expect(vendor.violations).toEqual([]);
  await vendor.stop();
});

const settle = (more?: Parameters<typeof untilSettled>[3]) =>
  untilSettled(database, () => started, clock, more);
const isCreate = ({ method, path }: Asked): boolean =>
  method === 'POST' && path === '/api/v2/tickets';
const created = (): readonly Asked[] => vendor.asked.filter(isCreate);
const textsWith = (words: string): readonly string[] =>
  vendor.model.texts().filter((text) => text.includes(words));

describe('a call that is over', () => {
  it('stands there once its wrap-up is complete, with what the wrap-up says', async () => {
    const connection = await connect(backend, vendor.model.settings, {
      dispositions: { resolved: 'ringside_solved' },
    });
    const [call] = await addCalls(database, 1, clock.now(), { notes: 'The parcel <b>came</b>.' });
    await settle();
    const id = callDeedId(call?.contactId ?? '', connection.id);
    expect(vendor.model.written(id)).toBe(1);
    expect(await deedLines(database)).toMatchObject([{ id, state: 'done', done: 0, attempts: 0 }]);
    const [asked] = created();
    const { ticket } = asked?.body as { ticket: { tags: string[]; subject: string } };
    expect(ticket.tags).toEqual(['ringside', 'ringside_solved']);
    expect(ticket.subject).toBe('Incoming call, support, 1:35');
    expect(textsWith('Agent: The alice')).toHaveLength(1);
    expect(textsWith('Notes: The parcel &lt;b&gt;came&lt;/b&gt;.')).toHaveLength(1);
  });

  it('waits ten minutes for its wrap-up, and is told what that says afterwards', async () => {
    await connect(backend, vendor.model.settings);
    const open = { wrappedUpAt: null, code: null, notes: '' };
    const [call] = await addCalls(database, 1, clock.now(), open);
    await backend.outbox.work();
    clock.forward(595_000);
    await backend.outbox.work();
    expect(created()).toHaveLength(0);
    clock.forward(10_000);
    await backend.outbox.work();
    expect(textsWith('not completed yet')).toHaveLength(1);
    await wrapUp(database, [call?.callId ?? ''], clock.now(), 'Late, but there.');
    await settle();
    expect(created()).toHaveLength(1);
    expect(textsWith('Notes: Late, but there.')).toHaveLength(1);
    expect(await deedLines(database)).toMatchObject([{ state: 'done', done: 1 }]);
  });

  it('is told what is news and nothing twice', async () => {
    const connection = await connect(backend, vendor.model.settings);
    const [call] = await addCalls(database, 1, clock.now());
    const { contactId = '', callId = '' } = call ?? {};
    await settle();
    await database.query('UPDATE legs SET notes = notes WHERE call_id = $1', [callId]);
    await database.query('UPDATE contacts SET ended_at = ended_at WHERE id = $1', [contactId]);
    await settle();
    expect(vendor.model.texts()).toHaveLength(1);
    await database.query(
      `INSERT INTO recordings (id, contact_id, call_key, agent_id, state, started_at)
       SELECT gen_random_uuid(), id, call_key, $2, 'recording', 0 FROM contacts WHERE id = $1`,
      [contactId, userOf('alice').id],
    );
    await database.query(`UPDATE recordings SET state = 'stopped'`);
    const person = vendor.model.addPerson({ name: 'Nora', phones: ['+13035550123'] });
    await database.query(
      `INSERT INTO contact_people VALUES ($1, $2, 'user', $3, 'https://acme.zendesk.com/x', 'confirmed', 0)`,
      [contactId, connection.id, person],
    );
    await settle();
    expect(textsWith('Recording: in Ringside')).toHaveLength(1);
    expect(vendor.model.texts()).toHaveLength(2);
  });

  it('is written to the ticket that it is about, under the person it was with', async () => {
    const connection = await connect(backend, vendor.model.settings);
    const person = vendor.model.addPerson({ name: 'Nora', phones: ['+13035550123'] });
    const item = { title: 'Parcel', isOpen: true, updatedAt: 0 };
    const ticketId = vendor.model.addItem(person, item);
    const [first, second] = await addCalls(database, 2, clock.now());
    const ticket = { type: 'ticket', id: ticketId };
    const chosen = { connectionId: connection.id, ticket };
    expect((await backend.deeds.choose(userOf('alice'), first?.contactId ?? '', chosen)).ok).toBe(
      true,
    );
    await database.query(
      `INSERT INTO contact_people VALUES ($1, $2, 'user', $3, 'https://acme.zendesk.com/x', 'exact', 0)`,
      [second?.contactId, connection.id, person],
    );
    await settle();
    expect(vendor.asked.filter(({ path }) => path.endsWith(ticketId))).toHaveLength(1);
    expect(created()).toHaveLength(1);
    const { ticket: made } = created()[0]?.body as { ticket: { requester_id?: number } };
    expect(made.requester_id).toBe(Number(person));
  });

  it.each([
    ['goes on', { endedAt: null }, ''],
    ['nobody answered', { answeredAt: null }, ''],
    ['was between colleagues', { number: '1002' }, ''],
    [
      'was for help',
      {},
      `INSERT INTO emergency_calls SELECT call_key, $1, '911', 0, NULL, true FROM contacts`,
    ],
  ])('that %s is written nowhere', async (_name, given, sql) => {
    await connect(backend, vendor.model.settings);
    await addCalls(database, 1, clock.now(), given);
    if (sql !== '') await database.query(sql, [userOf('alice').id]);
    await settle();
    expect(await deedLines(database)).toEqual([]);
  });

  it('is nothing to a connection that logs none', async () => {
    await connect(backend, vendor.model.settings, { logsCalls: false });
    await addCalls(database, 1, clock.now());
    const news = await database.query('SELECT 1 FROM call_log_news');
    expect(news).toEqual([]);
  });
});

describe('a vendor', () => {
  it('that is down for a day is tried now and then, and has everything once afterwards', async () => {
    await connect(backend, vendor.model.settings);
    await addCalls(database, 30, clock.now());
    vendor.spoilBy(() => 503);
    for (let step = 0; step < 288; step += 1) {
      await backend.outbox.work();
      clock.forward(300_000);
    }
    // One each five minutes at the most, and those before it was known to be down.
    expect(vendor.asked.length).toBeLessThan(330);
    const waiting = await deedLines(database);
    expect(waiting.filter(({ state }) => state !== 'waiting')).toEqual([]);
    vendor.spoilBy(null);
    await settle();
    for (const { id } of waiting) expect(vendor.model.written(id)).toBe(1);
    expect(await deedLines(database)).toHaveLength(30);
  });

  it.each(['cut_off_after', 'other_shape', 'cut_off_before', 500] as const)(
    'whose answer is %s has the call once',
    async (fault) => {
      await connect(backend, vendor.model.settings);
      await addCalls(database, 1, clock.now());
      await backend.outbox.work();
      clock.forward(5_000);
      vendor.spoil(fault);
      await backend.outbox.work();
      const [lost] = await deedLines(database);
      expect(lost).toMatchObject({ state: 'waiting', mayExist: true, attempts: 1 });
      await settle();
      expect(vendor.model.written(lost?.id ?? '')).toBe(1);
      expect(vendor.model.texts()).toHaveLength(1);
    },
  );

  it('whose account has to be signed in to again gets nothing until that is done', async () => {
    const { subdomain = '', clientId = '', clientSecret = '' } = vendor.model.settings;
    const grant = 'authorization_code';
    const settings = { subdomain, clientId, clientSecret, grant };
    const connection = await connect(backend, settings);
    const signIn = async (): Promise<void> => {
      const url = await backend.connections.authorize(userOf('admin'), connection.id, 'https://r');
      const state = new URL(url.ok ? url.value : '').searchParams.get('state') ?? '';
      expect((await backend.connections.finishAuthorization(state, 'code')).ok).toBe(true);
    };
    await signIn();
    vendor.revoke();
    await addCalls(database, 10, clock.now());
    await backend.outbox.work();
    clock.forward(5_000);
    await backend.outbox.work();
    const askedBefore = vendor.asked.length + vendor.tokenRequests();
    for (let hour = 0; hour < 24; hour += 1) {
      clock.forward(3_600_000);
      await backend.outbox.work();
    }
    expect(vendor.asked.length + vendor.tokenRequests()).toBe(askedBefore);
    const held = await deedLines(database);
    expect(new Set(held.map(({ state, attempts }) => `${state} ${String(attempts)}`))).toEqual(
      new Set(['waiting 0']),
    );
    await signIn();
    await settle();
    for (const { id } of held) expect(vendor.model.written(id)).toBe(1);
  });

  it('that hangs holds up no other', async () => {
    const other = await startFakeVendor(zendeskFake());
    const [, otherUrl = ''] = [...other.origins][0] ?? [];
    const both = start(new Map([...vendor.origins, ['https://other.zendesk.com', otherUrl]]));
    await connect(both, vendor.model.settings);
    const second = { ...other.model.settings, subdomain: 'other' };
    await connect(both, second, { name: 'Other' });
    await addCalls(database, 20, clock.now());
    await both.outbox.work();
    clock.forward(5_000);
    vendor.delayMs = 60_000;
    const working = both.outbox.work();
    const giveUpAt = performance.now() + 20_000;
    while (other.model.texts().length < 20 && performance.now() < giveUpAt) {
      await new Promise((done) => setTimeout(done, 20));
    }
    expect(other.model.texts()).toHaveLength(20);
    expect(vendor.model.texts()).toHaveLength(0);
    await both.outbox.stop();
    await working;
    await other.stop();
    const left = await deedLines(database);
    // What was under way was given up, and may have been done.
    expect(left.filter(({ state }) => state === 'sending')).toEqual([]);
    expect(left.filter(({ mayExist }) => mayExist)).toHaveLength(4);
  });
});

describe('several backends', () => {
  it('send each thing once', async () => {
    await connect(backend, vendor.model.settings);
    start();
    start();
    await addCalls(database, 60, clock.now());
    vendor.delayMs = 2;
    await settle();
    const lines = await deedLines(database);
    expect(lines).toHaveLength(60);
    for (const { id } of lines) expect(vendor.model.written(id)).toBe(1);
    expect(created()).toHaveLength(60);
  });

  it('go on where one was killed after it had written and before it had said so', async () => {
    await connect(backend, vendor.model.settings);
    await addCalls(database, 1, clock.now());
    await backend.outbox.work();
    clock.forward(5_000);
    vendor.spoilBy((asked) => {
      if (isCreate(asked)) backend.kill();
      return undefined;
    });
    await backend.outbox.work();
    vendor.spoilBy(null);
    const [sending] = await deedLines(database);
    expect(sending?.state).toBe('sending');
    expect(vendor.model.written(sending?.id ?? '')).toBe(1);
    started.splice(0);
    start();
    await settle();
    expect(await deedLines(database)).toMatchObject([{ state: 'done' }]);
    expect(vendor.model.texts()).toHaveLength(1);
    // It looked, and found it.
    expect(created()).toHaveLength(1);
  });
});

describe('a customer who is forgotten', () => {
  it('is in nothing that waits or was written from here', async () => {
    await connect(backend, vendor.model.settings);
    const [done, waiting] = await addCalls(database, 2, clock.now(), { notes: 'Kiwi the parrot.' });
    await database.query('UPDATE contacts SET customer_id = $1', [customers.nora.id]);
    await settle();
    await wrapUp(database, [waiting?.callId ?? ''], clock.now(), 'Kiwi again.');
    vendor.spoilBy(() => 503);
    await backend.outbox.work();
    const contactIds = [done?.contactId ?? '', waiting?.contactId ?? ''];
    const data = await readPersonalData(database, customers.nora.id, contactIds);
    expect(JSON.stringify(data?.contacts)).toContain('writtenElsewhere');
    expect(JSON.stringify(data?.contacts)).toContain('https://acme.zendesk.com/agent/tickets/');
    const erased = await eraseRecords(database, customers.nora.id, contactIds);
    expect(erased).toMatchObject({ ok: true, value: { deeds: 2 } });
    vendor.spoilBy(null);
    await settle();
    const rows = await database.query<{ readonly text: string; readonly state: string }>(
      'SELECT d::text AS text, state FROM deeds d ORDER BY state',
    );
    expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'done']);
    for (const { text } of rows) expect(text).not.toContain('Kiwi');
    expect(textsWith('Kiwi again.')).toEqual([]);
  });
});
