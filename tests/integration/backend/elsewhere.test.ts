import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ElsewhereSource, KnowledgeSource } from '../../../src/shared/api/elsewhere.ts';
import type { ContactCard } from '../../../src/shared/api/records.ts';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { people } from '../../support/centre.ts';
import { connectVendor } from '../../support/connectors/connected.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';

let acme: FakeVendor;
let other: FakeVendor;
beforeEach(async () => {
  [acme, other] = [
    await startFakeVendor(zendeskFake('acme')),
    await startFakeVendor(zendeskFake('other')),
  ];
});
afterEach(async () => {
  await acme.stop();
  await other.stop();
});
const bed = backendForEachTest(() => ({
  config: { vendorOrigins: new Map([...acme.origins, ...other.origins]) },
}));

const number = '+13035550177';
const device = randomUUID();
let admin: Client;
let alice: Client;
beforeEach(async () => {
  [admin, alice] = [await bed.signIn('admin'), await bed.signIn('alice', device)];
});

const ring = (callKey: string = randomUUID(), remoteNumber = number): string => {
  const leg = { callKey, extension: people.alice.extension, at: Date.now() };
  bed.pbx.report({ kind: 'leg_offered', ...leg, queue: 'support', remoteNumber, remoteName: '' });
  return callKey;
};

/** What the desk has been told when every source has answered. */
const settled = async (callKey: string): Promise<readonly ElsewhereSource[]> => {
  const { elsewhere } = await alice.next(
    'elsewhere',
    (push) =>
      push.elsewhere.callKey === callKey &&
      push.elsewhere.sources.every(({ isComplete }) => isComplete),
  );
  await bed.backend.idle();
  return elsewhere.sources;
};

const cardOf = async (callKey: string): Promise<ContactCard> =>
  (await alice.next('card', ({ card }) => card.callKey === callKey)).card;

const day = Date.UTC(2026, 10, 1);

describe('who calls, as other systems know it', () => {
  it('is told beside the card, with open tickets first, and makes nobody', async () => {
    await connectVendor(admin, acme);
    const id = acme.model.addPerson({ name: 'Ana\u202e Pires', phones: ['(303) 555-0177'] });
    acme.model.addItem(id, { title: 'Solved', isOpen: false, updatedAt: day + 9 });
    acme.model.addItem(id, { title: 'Older', isOpen: true, updatedAt: day });
    acme.model.addItem(id, { title: 'Newer', isOpen: true, updatedAt: day + 1 });
    acme.model.addPerson({ name: 'Somebody else', phones: ['+1 720 555 0177'] });
    const callKey = ring();
    expect((await cardOf(callKey)).match.kind).toBe('unknown');
    const [source] = await settled(callKey);
    expect(source).toMatchObject({ name: 'Help desk', connector: 'zendesk', state: 'found' });
    // The number with another area code ends alike in seven digits alone, and is nobody's.
    expect(source?.people.map(({ name, grade }) => [name, grade])).toEqual([
      ['Ana Pires', 'exact'],
    ]);
    expect(source?.items.map(({ title }) => title)).toEqual(['Newer', 'Older', 'Solved']);
    expect(acme.model.peopleCount()).toBe(2);
    const rows = await bed.database.query<{ how: string; id: string }>(
      'SELECT how, person_id AS id FROM contact_people',
    );
    expect(rows).toEqual([{ how: 'exact', id }]);
  });

  it('is told in parts: who answers at once is not kept waiting by who hangs', async () => {
    await connectVendor(admin, acme, { name: 'Quick' });
    await connectVendor(admin, other, { name: 'Hanging' });
    acme.model.addPerson({ name: 'Ana', phones: [number] });
    other.spoilBy(() => 'slow');
    const startedAt = performance.now();
    const callKey = ring();
    await alice.next('elsewhere', ({ elsewhere: { sources } }) =>
      sources.some(({ state }) => state === 'found'),
    );
    const firstMs = performance.now() - startedAt;
    const sources = await settled(callKey);
    const settledMs = performance.now() - startedAt;
    expect(sources.map(({ name, state, why }) => [name, state, why])).toEqual([
      ['Quick', 'found', undefined],
      ['Hanging', 'failed', 'timeout'],
    ]);
    expect(firstMs).toBeLessThan(settledMs);
    expect(settledMs).toBeLessThan(5_000);
  });

  it.each([
    ['nobody', [] as string[], 'nobody', []],
    ['one', [number], 'found', ['exact']],
    ['several', [number, '303 555 0177'], 'found', ['exact', 'exact']],
    ['maybe', ['+52 303 555 0177'], 'found', ['maybe']],
  ])('has the ladder: %s', async (_, phones, state, grades) => {
    await connectVendor(admin, acme);
    for (const phone of phones) acme.model.addPerson({ name: `Of ${phone}`, phones: [phone] });
    const [source] = await settled(ring());
    expect(source?.state).toBe(state);
    expect(source?.people.map(({ grade }) => grade)).toEqual(grades);
  });

  it('is remembered once an agent said it, and our own directory has it from then on', async () => {
    const { id: connectionId } = await connectVendor(admin, acme);
    const phones = [number];
    acme.model.addPerson({ name: 'Ana Pires', phones });
    const second = acme.model.addPerson({ name: 'Bia Pires', phones, email: 'bia@p.example' });
    const callKey = ring();
    await settled(callKey);
    const { contactId } = await cardOf(callKey);
    const path = `/contacts/${contactId}/elsewhere/confirm`;
    const confirmed = await alice.ask('POST', path, { connectionId, type: 'user', id: second });
    expect(confirmed.status).toBe(200);
    const { card } = await alice.next('card', ({ card: { match } }) => match.kind === 'confirmed');
    expect(card.match).toMatchObject({ customer: { name: 'Bia Pires', email: 'bia@p.example' } });

    const [source] = await settled(ring());
    expect(source?.people.map(({ name, grade }) => [name, grade])).toEqual([
      ['Bia Pires', 'confirmed'],
      ['Ana Pires', 'exact'],
    ]);
    const unknown = await alice.ask('POST', path, { connectionId, type: 'user', id: '999' });
    expect(unknown.status).toBe(404);
  });

  it('is asked once for a caller who calls again, and anew when an agent wants it', async () => {
    await connectVendor(admin, acme);
    const searches = () => acme.asked.filter(({ path }) => path.includes('/search')).length;
    await settled(ring());
    const callKey = ring();
    await settled(callKey);
    expect(searches()).toBe(1);
    acme.model.addPerson({ name: 'Ana', phones: [number] });
    const { contactId } = await cardOf(callKey);
    const again = await alice.ask('POST', `/contacts/${contactId}/elsewhere/again`, {});
    expect((again.body as { sources: ElsewhereSource[] }).sources[0]?.state).toBe('found');
    expect(searches()).toBe(2);
  });

  it('is made there when an agent says so', async () => {
    const { id: connectionId } = await connectVendor(admin, acme);
    const callKey = ring();
    await settled(callKey);
    const { contactId } = await cardOf(callKey);
    const path = `/contacts/${contactId}/elsewhere/people`;
    const made = await alice.ask('POST', path, { connectionId, name: 'Nova Pessoa' });
    expect(made.status).toBe(200);
    expect(acme.model.peopleCount()).toBe(1);
    const { card } = await alice.next('card', ({ card: { match } }) => match.kind === 'confirmed');
    expect(card.match).toMatchObject({ customer: { name: 'Nova Pessoa' } });
  });

  it('is found by name, and then confirmed, where the number tells nothing', async () => {
    const { id: connectionId } = await connectVendor(admin, acme);
    const id = acme.model.addPerson({ name: 'Ana Pires', phones: ['+1 720 555 0100'] });
    const callKey = ring();
    await settled(callKey);
    const found = await alice.ask('GET', '/elsewhere?text=pires');
    const [source] = (found.body as { sources: ElsewhereSource[] }).sources;
    expect(source?.people.map((person) => person.id)).toEqual([id]);
    const { contactId } = await cardOf(callKey);
    const path = `/contacts/${contactId}/elsewhere/confirm`;
    expect((await alice.ask('POST', path, { connectionId, type: 'user', id })).status).toBe(200);
  });

  it('reaches a desk that comes back, and is nothing where nobody is connected', async () => {
    const alone = ring();
    await cardOf(alone);
    await bed.backend.idle();
    expect(alice.pushes.some(({ kind }) => kind === 'elsewhere')).toBe(false);
    await connectVendor(admin, acme);
    acme.model.addPerson({ name: 'Ana', phones: [number] });
    const callKey = ring();
    await settled(callKey);
    const back = await bed.signIn('alice', device);
    const { desk } = await back.next('desk');
    const told = desk.elsewhere?.find((each) => each.callKey === callKey);
    expect(told?.sources[0]?.people[0]?.name).toBe('Ana');
  });

  it('is not asked about extensions and hidden numbers', async () => {
    await connectVendor(admin, acme);
    for (const hidden of ['', 'anonymous', '1002']) {
      await cardOf(ring(randomUUID(), hidden));
    }
    await bed.backend.idle();
    expect(acme.asked).toEqual([]);
  });

  it('fails in words when a connection was revoked, and its health says so', async () => {
    await connectVendor(admin, acme);
    acme.spoilBy(() => 401);
    const [source] = await settled(ring());
    expect(source).toMatchObject({ state: 'failed', why: 'auth', people: [] });
    await bed.backend.idle();
    const list = await admin.ask('GET', '/connections');
    expect(JSON.stringify(list.body)).toContain('"why":"auth"');
  });
});

describe('what is written down', () => {
  it('is searched everywhere at once, and a source that fails says why', async () => {
    await connectVendor(admin, acme, { name: 'One' });
    await connectVendor(admin, other, { name: 'Two' });
    acme.model.addArticle({ title: 'Refund rules', text: 'Five days' });
    other.spoilBy(() => 500);
    const found = await alice.ask('GET', '/knowledge?text=refund');
    const { sources } = found.body as { sources: KnowledgeSource[] };
    expect(sources.map(({ name, why }) => [name, why])).toEqual([
      ['One', undefined],
      ['Two', 'unavailable'],
    ]);
    expect(sources[0]?.articles[0]).toMatchObject({ title: 'Refund rules' });
    expect(sources[0]?.articles[0]?.snippet).not.toContain('<');
    // One alone, which waits for no other.
    const one = `/knowledge?text=refund&connectionId=${sources[0]?.connectionId ?? ''}`;
    const posts = other.asked.length;
    expect((await alice.ask('GET', one)).body).toEqual({ sources: [sources[0]] });
    expect(other.asked).toHaveLength(posts);
    const none = `/knowledge?text=refund&connectionId=${crypto.randomUUID()}`;
    expect((await alice.ask('GET', none)).body).toEqual({ sources: [] });
  });
});
