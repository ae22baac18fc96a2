import { afterEach, describe, expect, it } from 'vitest';
import {
  callRecord,
  connectorContract,
} from '../../../../tests/support/connectors/connector-contract.ts';
import type { VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';
import {
  able,
  asking,
  askingAgain,
  openFake,
  whyNot,
  type OpenFake,
} from '../../../../tests/support/connectors/open-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import { phoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import { freshdesk } from './freshdesk.ts';
import { freshdeskFake } from './freshdesk.fake.ts';
import { phoneQuery } from './freshdesk-people.ts';

connectorContract(freshdesk, freshdeskFake, {
  findsForms: ['+55 (11) 3333-4444', '(11) 3333-4444', '1133334444', '+551133334444'],
});

const formsOf = (number: string, country: string) => {
  const forms = phoneForms(number, country);
  if (forms === null) throw new Error('a number has forms');
  return forms;
};

describe('Freshdesk', () => {
  let opened: OpenFake | null = null;
  const open = async (
    model: VendorModel = freshdeskFake(),
    more: Parameters<typeof openFake>[2] = {},
  ): Promise<OpenFake> => {
    opened = await openFake(freshdesk, model, more);
    return opened;
  };
  afterEach(async () => {
    await opened?.vendor.stop();
    opened = null;
  });
  const pathsOf = ({ vendor }: OpenFake): readonly string[] =>
    vendor.asked.map(({ method, path }) => `${method} ${path.replace('/api/v2', '')}`);

  it('asks for a number in every form with one request', async () => {
    const fake = await open();
    const forms = formsOf('+551133334444', 'BR');
    known(await able(fake.connection, 'findByPhone')(forms, asking()));
    expect(pathsOf(fake)).toEqual(['GET /search/contacts']);
    const query = fake.vendor.asked[0]?.query.get('query') ?? '';
    for (const form of [
      '+551133334444',
      '551133334444',
      '1133334444',
      '(11) 3333-4444',
      '+55 11 3333 4444',
      '+55 11 3333-4444',
      '+55 (11) 3333-4444',
    ]) {
      expect(query).toContain(`phone:'${form}' OR mobile:'${form}'`);
    }
  });

  it.each([
    ['+442079460958', 'GB', "phone:'020 7946 0958'"],
    ['+14155551212', 'US', "phone:'+1 (415) 555-1212'"],
    ['4021', 'BR', "phone:'4021'"],
    ['+4930123456789012', 'DE', "phone:'+4930123456789012'"],
  ])('takes the forms of %s, and never more than Freshdesk reads', (number, country, form) => {
    const query = phoneQuery(formsOf(number, country));
    expect(query).toContain(form);
    expect(query.length).toBeLessThanOrEqual(512);
    expect(query).not.toContain('+44 020');
  });

  it('finds a mobile number too', async () => {
    const fake = await open();
    const id = fake.vendor.model.addPerson({ name: 'Ana', phones: ['1', '+551133334444'] });
    const forms = formsOf('+551133334444', 'BR');
    const found = known(await able(fake.connection, 'findByPhone')(forms, asking()));
    expect(found.map((each) => each.id)).toEqual([id]);
  });

  it('finds by email in one request, and nobody who was deleted meanwhile', async () => {
    const fake = await open();
    const { addPerson, routes } = fake.vendor.model;
    const id = addPerson({ name: 'Ana Pires', phones: [], email: 'ana@pires.example' });
    const find = able(fake.connection, 'findByText');
    const found = known(await find('ana@pires.example', asking()));
    expect(found.map((each) => each.id)).toEqual([id]);
    expect(pathsOf(fake)).toEqual(['GET /contacts']);
    expect(routes['GET /api/v2/contacts/:id']).toBeDefined();
    fake.vendor.spoilBy(({ path }) => (path.endsWith(id) ? 404 : undefined));
    expect(known(await find('Pires', asking()))).toEqual([]);
    fake.vendor.spoilBy(({ path }) => (path.endsWith(id) ? 503 : undefined));
    expect(whyNot(await find('Pires', asking())).kind).toBe('unavailable');
  });

  it('makes no contact of a caller whom nobody knows', async () => {
    const fake = await open();
    const account = known(await fake.connection.testConnection(asking()));
    expect(account).toEqual({ name: 'Ringside, acme.freshdesk.com', facts: { agentId: '7' } });
    known(await able(fake.connection, 'logCall')(callRecord(), asking()));
    expect(fake.vendor.model.peopleCount()).toBe(0);
    expect(fake.vendor.asked.at(-1)?.body).toMatchObject({
      ...{ requester_id: 7, source: 3, status: 2, priority: 1, tags: ['ringside'] },
    });
  });

  it('asks not again for whose key it is once that is known', async () => {
    const fake = await open(freshdeskFake(), { facts: { agentId: '7' } });
    known(await able(fake.connection, 'logCall')(callRecord(), asking()));
    expect(pathsOf(fake)).toEqual(['POST /tickets']);
  });

  it('finds a call of which somebody became known between two attempts', async () => {
    const fake = await open(freshdeskFake(), { facts: { agentId: '7' } });
    const log = able(fake.connection, 'logCall');
    const call = callRecord();
    const logged = known(await log(call, asking()));
    const id = fake.vendor.model.addPerson({ name: 'Ana', phones: [] });
    const again = { ...call, person: { type: 'contact', id } };
    expect(known(await log(again, askingAgain())).id).toBe(logged.id);
    expect(fake.vendor.model.written(call.callId)).toBe(1);
  });

  it('looks through all the pages for what it wrote', async () => {
    const fake = await open(freshdeskFake(), { facts: { agentId: '7' } });
    const log = able(fake.connection, 'logCall');
    const call = callRecord();
    const logged = known(await log(call, asking()));
    const { routes } = fake.vendor.model;
    const given = { method: 'POST', path: '', query: new URLSearchParams(), headers: {} };
    const note = { ...given, body: { body: 'Of somebody else', private: true } };
    for (let count = 0; count < 150; count += 1) {
      routes['POST /api/v2/tickets/:id/notes']?.(note, { id: logged.id });
      const other = { requester_id: 7, subject: 'x', description: 'y', source: 2, priority: 1 };
      routes['POST /api/v2/tickets']?.({ ...given, body: { ...other, status: 2 } }, {});
    }
    const append = able(fake.connection, 'appendToTicket');
    const ours = { text: 'Called again', isPublic: false, key: crypto.randomUUID() };
    for (const ask of [asking(), askingAgain()]) known(await append(logged, ours, ask));
    expect(known(await log(call, askingAgain())).id).toBe(logged.id);
    expect(fake.vendor.model.written(ours.key)).toBe(1);
    expect(fake.vendor.model.written(call.callId)).toBe(1);
    expect(pathsOf(fake).filter((path) => path === 'GET /tickets')).toHaveLength(2);
  });

  it('takes no news of a call for the call itself', async () => {
    const fake = await open();
    const call = callRecord();
    const logged = known(await able(fake.connection, 'logCall')(call, asking()));
    const update = able(fake.connection, 'updateCall');
    known(await update(logged, { ...call, revision: 12 }, asking()));
    known(await update(logged, { ...call, revision: 1 }, askingAgain()));
    expect(fake.vendor.model.texts()).toHaveLength(3);
  });

  it('writes private notes on calls, and public ones where that is wanted', async () => {
    const fake = await open();
    const call = callRecord();
    const logged = known(await able(fake.connection, 'logCall')(call, asking()));
    const append = able(fake.connection, 'appendToTicket');
    const note = { text: 'On its way', isPublic: true, key: crypto.randomUUID() };
    known(await append(logged, note, asking()));
    expect(fake.vendor.asked.at(-1)?.body).toMatchObject({ private: false });
    known(await able(fake.connection, 'logCall')(callRecord({ ticket: logged }), asking()));
    expect(fake.vendor.asked.at(-1)?.body).toMatchObject({ private: true });
  });

  it('shows what is older than a month, and its own words for a status', async () => {
    const fake = await open();
    const id = fake.vendor.model.addPerson({ name: 'Ana', phones: [] });
    fake.vendor.model.addItem(id, { title: 'Old', isOpen: true, updatedAt: Date.UTC(2020, 1, 1) });
    const list = able(fake.connection, 'recentItems');
    const [item] = known(await list({ type: 'contact', id }, 5, asking()));
    expect(item).toMatchObject({
      ...{ title: 'Old', status: 'Waiting on Customer', isOpen: true, reference: '#1' },
      url: 'https://acme.freshdesk.com/a/tickets/1',
    });
  });

  it('cuts tags and subjects where Freshdesk ends', async () => {
    const fake = await open(freshdeskFake(), { facts: { agentId: '7' } });
    const subject = 'x'.repeat(300);
    const tags = ['t'.repeat(40), 'a,b', ' ', 'a b'];
    const given = { subject, body: 'y', tags, key: crypto.randomUUID() };
    known(await able(fake.connection, 'createTicket')(given, asking()));
    expect(fake.vendor.asked.at(-1)?.body).toMatchObject({
      subject: 'x'.repeat(255),
      tags: ['t'.repeat(32), 'a b'],
    });
  });

  it('shows published articles at the address for customers', async () => {
    const fake = await open();
    const id = fake.vendor.model.addArticle({ title: 'Refunds', text: 'Five days' });
    const search = able(fake.connection, 'searchKnowledge');
    const url = `https://acme.freshdesk.com/support/solutions/articles/${id}`;
    const article = { id, title: 'Refunds', snippet: 'Five days', url };
    expect(known(await search('refunds', 'en', 5, asking()))).toEqual([article]);
  });

  it('names what was wrong by its fields', async () => {
    const fake = await open();
    const email = 'ana@pires.example';
    fake.vendor.model.addPerson({ name: 'Ana Pires', phones: [], email });
    const made = { name: 'Ana Pires', e164: '+551133334444', email };
    const why = whyNot(await able(fake.connection, 'createPerson')(made, asking()));
    expect(why).toMatchObject({
      ...{ kind: 'conflict', vendorCode: 'duplicate_value', httpStatus: 409 },
      message: 'create contact: refused with 409 (duplicate_value), wrong: email',
    });
  });

  it('waits as long as it is told to', async () => {
    const fake = await open();
    fake.vendor.spoil(429);
    const why = whyNot(await fake.connection.testConnection(asking()));
    expect(why).toMatchObject({ kind: 'rate_limited', retryAfterMs: 2_000 });
  });
});
