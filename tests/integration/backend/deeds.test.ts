import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../src/shared/api/connections.ts';
import type { DeedView, EscalationDraft } from '../../../src/shared/api/deeds.ts';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import { until, type Answered, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';
import { addCalls } from '../../support/deeds/outbox-bed.ts';

let vendor: FakeVendor;
beforeEach(async () => {
  vendor = await startFakeVendor(zendeskFake());
});
afterEach(async () => {
  expect(vendor.violations).toEqual([]);
  await vendor.stop();
});
const bed = backendForEachTest(() => ({ config: { vendorOrigins: vendor.origins } }));

let admin: Client;
let alice: Client;
let connection: ConnectionView;
let contactId: string;

const given = () => ({
  connector: 'zendesk',
  name: 'Help desk',
  settings: { ...vendor.model.settings, grant: 'client_credentials' },
  isEnabled: true,
  logsCalls: false,
});

beforeEach(async () => {
  admin = await bed.signIn('admin');
  alice = await bed.signIn('alice');
  connection = (await admin.ask('POST', '/connections', given())).body as ConnectionView;
  const open = { endedAt: null, wrappedUpAt: null, code: null };
  const [call] = await addCalls(bed.database, 1, Date.now(), open);
  contactId = call?.contactId ?? '';
});

const words = { subject: 'Parcel lost', body: 'It left on Monday.\nNobody has seen it.' };
const ticket = (more: object = {}, client = alice): Promise<Answered> =>
  client.ask('POST', `/contacts/${contactId}/tickets`, {
    ...{ key: randomUUID(), connectionId: connection.id, ...words },
    ...more,
  });
const deedOf = ({ status, body }: Answered): DeedView => {
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as DeedView;
};
const current = async (deedId: string): Promise<DeedView | undefined> => {
  const { body } = await alice.ask('GET', `/contacts/${contactId}/deeds`);
  return (body as { deeds: DeedView[] }).deeds.find(({ id }) => id === deedId);
};

describe('a ticket that is made in a call', () => {
  it('is there at once, once for its key, with its address', async () => {
    const key = randomUUID();
    const deed = deedOf(await ticket({ key }));
    expect(deed).toMatchObject({ id: key, state: 'done', kind: 'ticket', subject: 'Parcel lost' });
    expect(deed.reference).toMatch(/^#\d+$/u);
    expect(deed.url).toMatch(/^https:\/\/acme\.zendesk\.com\/agent\/tickets\/\d+$/u);
    expect(deed.by?.name).toBe('The alice');
    expect(deedOf(await ticket({ key }))).toEqual(deed);
    expect(vendor.model.written(key)).toBe(1);
    expect((await ticket({ key, subject: 'Another' })).status).toBe(409);
    const other = await ticket({ key }, await bed.signIn('admin'));
    expect(other.status).toBe(409);
  });

  it('is made later where the other system is slow or away, and only once', async () => {
    vendor.spoil('slow_after');
    const at = performance.now();
    const deed = deedOf(await ticket());
    expect(performance.now() - at).toBeLessThan(4_500);
    expect(deed).toMatchObject({ state: 'waiting', why: 'timeout', attempts: 1 });
    await until(async () => (await current(deed.id))?.state === 'done');
    expect(vendor.model.written(deed.id)).toBe(1);
  });

  it('is dead where it was refused, says why, and can be tried again or let go', async () => {
    vendor.spoil(422, 422);
    const deed = deedOf(await ticket());
    expect(deed).toMatchObject({ state: 'dead', why: 'validation', mayRetry: true });
    expect(deed.message).not.toContain('Ana Pires');
    const second = deedOf(await ticket());
    const listed = (await admin.ask('GET', '/deeds?state=dead')).body as { deeds: DeedView[] };
    expect(listed.deeds.map(({ id }) => id).sort()).toEqual([deed.id, second.id].sort());
    expect(listed).toMatchObject({
      connections: [{ connectionId: connection.id, waiting: 0, dead: 2 }],
    });
    const again = deedOf(await alice.ask('POST', `/deeds/${deed.id}/retry`));
    expect(['waiting', 'sending', 'done']).toContain(again.state);
    await until(async () => (await current(deed.id))?.state === 'done');
    expect((await alice.ask('POST', `/deeds/${deed.id}/retry`)).status).toBe(409);
    const gone = deedOf(await admin.ask('POST', `/deeds/${second.id}/let-go`));
    expect(gone).toMatchObject({ state: 'cancelled', mayRetry: false });
    const lines = await bed.database.query<{ readonly action: string }>(
      `SELECT action FROM audit_log WHERE action LIKE 'deed_%' ORDER BY id`,
    );
    expect(lines.map(({ action }) => action)).toEqual(['deed_retried', 'deed_let_go']);
  });

  it('waits for an account that has to be put right, and goes once it is', async () => {
    vendor.spoilBy(() => 401);
    const deed = deedOf(await ticket());
    expect(deed).toMatchObject({ state: 'waiting', why: 'auth', attempts: 0 });
    const asked = vendor.asked.length;
    expect(deedOf(await ticket())).toMatchObject({ state: 'waiting' });
    expect(vendor.asked).toHaveLength(asked);
    vendor.spoilBy(null);
    const tested = await admin.ask('POST', `/connections/${connection.id}/test`);
    expect(tested.body).toMatchObject({ ok: true });
    await until(async () => (await current(deed.id))?.state === 'done');
    expect(vendor.model.written(deed.id)).toBe(1);
  });

  it.each([
    ['no key', { key: undefined }, 400],
    ['a key that is none', { key: 'x' }, 400],
    ['an empty subject', { subject: '  ' }, 400],
    ['a subject with a line break', { subject: 'a\r\nb' }, 400],
    ['a NUL', { body: 'a\u0000b' }, 400],
    ['too much', { body: 'x'.repeat(20_001) }, 400],
    ['something more', { isPublic: true }, 400],
    ['a connection that there is not', { connectionId: randomUUID() }, 404],
  ])('is refused with %s', async (_name, more, status) => {
    expect((await ticket(more)).status).toBe(status);
    expect(await bed.database.query('SELECT 1 FROM deeds')).toEqual([]);
  });

  it('is nobody’s whose call it is not', async () => {
    const bruno = await bed.signIn('bruno');
    expect((await ticket({}, bruno)).status).toBe(404);
    const deed = deedOf(await ticket());
    expect((await bruno.ask('GET', `/contacts/${contactId}/deeds`)).status).toBe(404);
    expect((await bruno.ask('GET', `/contacts/${contactId}/escalation-draft`)).status).toBe(404);
    expect((await bruno.ask('POST', `/deeds/${deed.id}/retry`)).status).toBe(404);
    expect((await bruno.ask('GET', '/deeds?state=dead')).status).toBe(403);
    const escalation = { key: randomUUID(), connectionId: connection.id, ...words };
    const path = `/contacts/${contactId}/escalations`;
    expect((await bruno.ask('POST', path, escalation)).status).toBe(404);
  });
});

describe('a note to a ticket', () => {
  it('is added once, as public as it was meant', async () => {
    const person = vendor.model.addPerson({ name: 'Nora', phones: [] });
    const ticketId = vendor.model.addItem(person, { title: 'Old', isOpen: true, updatedAt: 0 });
    const note = {
      ...{ key: randomUUID(), connectionId: connection.id, text: 'Called again.' },
      ...{ ticket: { type: 'ticket', id: ticketId }, isPublic: false },
    };
    const send = () => alice.ask('POST', `/contacts/${contactId}/ticket-notes`, note);
    vendor.spoil('cut_off_after');
    expect(deedOf(await send()).state).toBe('waiting');
    await until(async () => (await current(note.key))?.state === 'done');
    expect(deedOf(await send()).state).toBe('done');
    expect(vendor.model.written(note.key)).toBe(1);
    const gone = { ...note, key: randomUUID(), ticket: { type: 'ticket', id: '1' } };
    const dead = deedOf(await alice.ask('POST', `/contacts/${contactId}/ticket-notes`, gone));
    expect(dead).toMatchObject({ state: 'dead', why: 'not_found' });
  });
});

describe('an escalation', () => {
  it('begins with what the next tier needs', async () => {
    deedOf(await ticket());
    await bed.database.query(
      `INSERT INTO wrap_up_drafts SELECT call_id, agent_id, 1, '{"notes": "Restarted the router."}' FROM legs`,
    );
    const answer = await alice.ask('GET', `/contacts/${contactId}/escalation-draft?language=es`);
    const draft = answer.body as EscalationDraft;
    expect(draft.subject).toBe('Llamada entrante, support');
    expect(draft.body).toContain('Pasos realizados:\nRestarted the router.');
    expect(draft.body).toContain('+13035551000');
    expect(draft.body).toContain(contactId);
    expect(draft.links).toMatchObject([
      { title: expect.stringMatching(/^Help desk #\d+$/u) as string },
    ]);
  });

  it('is refused where the other system has no such thing', async () => {
    const answer = await alice.ask('POST', `/contacts/${contactId}/escalations`, {
      ...{ key: randomUUID(), connectionId: connection.id, ...words },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'not_supported' } });
  });
});

describe('the call', () => {
  it('is written to the ticket that was made in it, once it is over', async () => {
    const [row] = await bed.database.query<{ readonly revision: number }>(
      'SELECT revision FROM connections',
    );
    const { settings: _, ...rest } = given();
    const settings = { ...connection.settings };
    const body = { ...rest, settings, logsCalls: true, revision: row?.revision };
    expect((await admin.ask('PUT', `/connections/${connection.id}`, body)).status).toBe(200);
    const made = deedOf(await ticket());
    await bed.database.query('UPDATE legs SET ended_at = $1, wrapped_up_at = $1', [Date.now()]);
    await bed.database.query('UPDATE contacts SET ended_at = $1', [Date.now()]);
    await until(async () => {
      const { body: listed } = await alice.ask('GET', `/contacts/${contactId}/deeds`);
      const log = (listed as { deeds: DeedView[] }).deeds.find(({ kind }) => kind === 'call_log');
      return log?.state === 'done' && log.url === made.url;
    });
    expect(vendor.model.texts()).toHaveLength(2);
  });
});
