import { afterEach, describe, expect, it } from 'vitest';
import {
  callRecord,
  connectorContract,
} from '../../../../tests/support/connectors/connector-contract.ts';
import type { Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';
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
import { salesforce } from './salesforce.ts';
import { salesforceFake } from './salesforce.fake.ts';

connectorContract(salesforce, salesforceFake, {
  findsForms: ['+55 (11) 3333.4444', '(11) 3333-4444', '1133334444', '+551133334444'],
});

const contactId = '003000000000099AAA';
const leadId = '00Q000000000098AAA';
const caseId = '500000000000097AAA';

describe('Salesforce', () => {
  let opened: OpenFake | null = null;
  const open = async (
    model: VendorModel = salesforceFake(),
    more: Parameters<typeof openFake>[2] = {},
  ): Promise<OpenFake> => {
    opened = await openFake(salesforce, model, more);
    return opened;
  };
  afterEach(async () => {
    await opened?.vendor.stop();
    opened = null;
  });
  const lastBody = ({ vendor }: OpenFake): unknown => vendor.asked.at(-1)?.body;
  const lastQuery = ({ vendor }: OpenFake): string => vendor.asked.at(-1)?.query.get('q') ?? '';
  const refusing = (told: Told): VendorModel => ({ ...salesforceFake(), refusal: () => told });

  it('asks for a number in every form with one search', async () => {
    const fake = await open();
    const forms = phoneForms('+551133334444', 'BR');
    if (forms === null) throw new Error('a number has forms');
    known(await able(fake.connection, 'findByPhone')(forms, asking()));
    expect(fake.vendor.asked).toHaveLength(1);
    expect(lastQuery(fake)).toContain(
      String.raw`FIND {1133334444 OR 551133334444 OR "\(11\) 3333\-4444" OR "\+55 11 3333 4444"} IN PHONE FIELDS`,
    );
  });

  it.each([
    [String.raw`O'Neill {x} a*`, String.raw`FIND {O\'Neill \{x\} a\*} IN ALL`],
    ['Rock and Roll', 'FIND {Rock "and" Roll} IN ALL'],
    ['ana-maria@x.example', String.raw`FIND {ana\-maria@x.example} IN ALL`],
  ])('escapes what is typed: %s', async (typed, asked) => {
    const fake = await open();
    known(await able(fake.connection, 'findByText')(typed, asking()));
    expect(lastQuery(fake)).toContain(asked);
    expect(fake.vendor.violations).toEqual([]);
  });

  it('asks nothing where there is nothing to look for', async () => {
    const fake = await open();
    expect(known(await able(fake.connection, 'findByText')('a *', asking()))).toEqual([]);
    expect(fake.vendor.asked).toEqual([]);
  });

  it('quotes what stands in a query', async () => {
    const fake = await open();
    const subject = String.raw`It's \ "so"`;
    const ticket = { subject, body: 'x', tags: [], key: crypto.randomUUID() };
    const made = known(await able(fake.connection, 'createTicket')(ticket, askingAgain()));
    const again = known(await able(fake.connection, 'createTicket')(ticket, askingAgain()));
    expect(again.id).toBe(made.id);
    expect(lastQuery(fake)).toContain(String.raw`Subject = 'It\'s \\ "so"'`);
  });

  it('leaves leads out where the account has none', async () => {
    const fake = await open(salesforceFake(), { settings: { leads: 'leave_out' } });
    known(await able(fake.connection, 'findByText')('Pires', asking()));
    expect(lastQuery(fake)).not.toContain('Lead');
    expect(lastQuery(fake)).toContain('Account(');
  });

  it('tells at the test already that a lookup would be refused', async () => {
    const fake = await open();
    fake.vendor.spoilBy(({ path }) => (path.endsWith('/search') ? 403 : undefined));
    expect(whyNot(await fake.connection.testConnection(asking())).kind).toBe('forbidden');
  });

  it.each([
    ['acme', true],
    ['acme--uat.sandbox', true],
    ['acme-dev-ed.develop', true],
    ['acme.my.salesforce.com', false],
    ['acme/', false],
    ['evil.example/', false],
    ['-acme', false],
  ])('takes %s as a My Domain: %s', (given, isRight) => {
    const pattern = salesforce.fields.find(({ name }) => name === 'myDomain')?.pattern;
    expect(new RegExp(`^(?:${pattern?.source ?? ''})$`, 'u').test(given)).toBe(isRight);
  });

  it('believes no instance that is not of Salesforce', () => {
    const factsOf = (instance: unknown) => {
      const { authentication } = salesforce;
      if (authentication.kind !== 'oauth2') throw new Error('Salesforce has OAuth');
      return authentication.factsOf?.({ instance_url: instance });
    };
    for (const instance of [
      'https://acme.my.salesforce.com',
      'https://acme--uat.sandbox.my.salesforce.com',
      'https://acme.lightning.force.com',
    ]) {
      expect(factsOf(instance)).toEqual({ instanceUrl: instance });
    }
    for (const instance of [
      'http://acme.my.salesforce.com',
      'https://acme.my.salesforce.com.evil.example',
      'https://evilsalesforce.com',
      'https://salesforce.com@evil.example',
      'https://acme.my.salesforce.com:8443',
      'https://evil.example/.salesforce.com',
      7,
      undefined,
    ]) {
      expect(factsOf(instance)).toEqual({});
    }
  });

  it('asks the instance that came with the token', async () => {
    const told = { instanceUrl: 'https://acme.my.salesforce.com' };
    const fake = await open(salesforceFake(), { settings: { myDomain: 'renamed' }, told });
    expect(known(await fake.connection.testConnection(asking())).name).toContain('Acme');
  });

  it('shows the open cases first that would not fit otherwise, and in the order of their dates', async () => {
    const fake = await open();
    const { addPerson, addItem } = fake.vendor.model;
    const id = addPerson({ name: 'Ana Pires', phones: [] });
    addItem(id, { title: 'Open', isOpen: true, updatedAt: Date.UTC(2026, 0, 1) });
    for (const day of [2, 3, 4]) {
      addItem(id, {
        title: `Closed ${String(day)}`,
        isOpen: false,
        updatedAt: Date.UTC(2026, 0, day),
      });
    }
    const list = able(fake.connection, 'recentItems');
    const items = known(await list({ type: 'Contact', id }, 2, asking()));
    expect(items.map(({ title }) => title)).toEqual(['Closed 4', 'Open']);
    expect(items[0]?.url).toMatch(
      /^https:\/\/acme\.lightning\.force\.com\/lightning\/r\/Case\/500\w{15}\/view$/u,
    );
    expect(known(await list({ type: 'Lead', id: leadId }, 2, asking()))).toEqual([]);
  });

  it.each([
    [{ type: 'Contact', id: contactId }, undefined, { WhoId: contactId }],
    [{ type: 'Lead', id: leadId }, undefined, { WhoId: leadId }],
    [{ type: 'Lead', id: leadId }, { type: 'Case', id: caseId }, { WhatId: caseId }],
    [
      { type: 'Contact', id: contactId },
      { type: 'Case', id: caseId },
      { WhoId: contactId, WhatId: caseId },
    ],
    [{ type: 'Account', id: '001000000000096AAA' }, undefined, { WhatId: '001000000000096AAA' }],
  ])('relates a task to whom and what it may: %o %o', async (person, ticket, related) => {
    const fake = await open();
    const call = callRecord({ person, ...(ticket === undefined ? {} : { ticket }) });
    // Those records are not there: what counts is what was asked.
    whyNot(await able(fake.connection, 'logCall')(call, asking()));
    const { WhoId, WhatId } = lastBody(fake) as { WhoId?: string; WhatId?: string };
    expect({ ...(WhoId ? { WhoId } : {}), ...(WhatId ? { WhatId } : {}) }).toEqual(related);
  });

  it('logs a call with the fields of a call', async () => {
    const fake = await open();
    const call = callRecord({ mappedDisposition: 'Resolved' });
    known(await able(fake.connection, 'logCall')(call, asking()));
    expect(lastBody(fake)).toMatchObject({
      ...{ Status: 'Completed', TaskSubtype: 'Call', CallType: 'Inbound' },
      ...{ CallDurationInSeconds: 240, CallDisposition: 'Resolved', CallObject: call.callId },
      ActivityDate: '2026-11-20',
    });
  });

  it('keeps what people wrote into a task around ours', async () => {
    const fake = await open();
    const call = callRecord();
    const logged = known(await able(fake.connection, 'logCall')(call, asking()));
    const address = `/services/data/v67.0/sobjects/Task/${logged.id}`;
    const change = fake.vendor.model.routes['PATCH /services/data/v67.0/sobjects/:type/:id'];
    const [text = ''] = fake.vendor.model.texts();
    change?.(
      {
        ...{ method: 'PATCH', path: address, query: new URLSearchParams(), headers: {} },
        body: { Description: `Before\n${text}\nAfter` },
      },
      { type: 'Task', id: logged.id },
    );
    const notes = 'Second thoughts';
    const news = { ...call, revision: 1, lines: [{ label: 'Notes', value: notes }] };
    known(await able(fake.connection, 'updateCall')(logged, news, askingAgain()));
    const [changed = ''] = fake.vendor.model.texts();
    expect(changed).toMatch(/^Before\n\[Ringside [^]+Second thoughts[^]+\]\nAfter$/u);
    expect(changed).not.toContain('invoice');
    expect(Object.keys(lastBody(fake) as object).sort()).toEqual([
      'CallDisposition',
      'CallDurationInSeconds',
      'Description',
    ]);
  });

  it('cuts a long text where Salesforce ends, and a comment by its bytes', async () => {
    const fake = await open();
    const lines = [{ label: 'Notes', value: 'ã'.repeat(40_000) }];
    const logged = known(await able(fake.connection, 'logCall')(callRecord({ lines }), asking()));
    expect(logged.type).toBe('Task');
    const create = able(fake.connection, 'createTicket');
    const given = { subject: 'x', body: 'ã'.repeat(40_000), tags: [], key: crypto.randomUUID() };
    const made = known(await create(given, asking()));
    const note = { text: 'ã'.repeat(5_000), isPublic: true, key: crypto.randomUUID() };
    const append = able(fake.connection, 'appendToTicket');
    for (const ask of [asking(), askingAgain()]) known(await append(made, note, ask));
    expect(fake.vendor.model.written(note.key)).toBe(1);
    expect(fake.vendor.asked.find(({ path }) => path.endsWith('CaseComment'))?.body).toMatchObject({
      IsPublished: true,
    });
  });

  it.each([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'quota_exhausted', 900_000],
    [503, 'SERVER_UNAVAILABLE', 'unavailable', undefined],
    [400, 'UNABLE_TO_LOCK_ROW', 'unavailable', undefined],
    [400, 'DUPLICATES_DETECTED', 'conflict', undefined],
    [400, 'REQUIRED_FIELD_MISSING', 'validation', undefined],
    [403, 'API_DISABLED_FOR_ORG', 'forbidden', undefined],
  ])('reads %s %s as %s', async (status, errorCode, kind, retryAfterMs) => {
    const body = [{ message: 'Ana Pires', errorCode, fields: ['LastName', 'not a name'] }];
    const fake = await open(refusing({ status, body }));
    fake.vendor.spoilBy(() => status);
    const person = { name: 'Ana Pires', e164: '+551133334444' };
    const why = whyNot(await able(fake.connection, 'createPerson')(person, asking()));
    expect(why).toMatchObject({ kind, vendorCode: errorCode, httpStatus: status });
    expect(why.retryAfterMs).toBe(retryAfterMs);
    expect(why.message).toBe(
      `create Contact: refused with ${String(status)} (${errorCode}), wrong: LastName`,
    );
  });

  it('reads 300 as a conflict: several records have the same external id', async () => {
    const fake = await open(refusing({ status: 300, body: ['/services/data/v67.0/…'] }));
    fake.vendor.spoilBy(() => 300);
    expect(whyNot(await fake.connection.testConnection(asking())).kind).toBe('conflict');
  });

  it('says of a case that could not be read after it was made that it may be there', async () => {
    const fake = await open();
    fake.vendor.spoilBy(({ method }) => (method === 'GET' ? 503 : undefined));
    const ticket = { subject: 'x', body: 'y', tags: [], key: crypto.randomUUID() };
    const why = whyNot(await able(fake.connection, 'createTicket')(ticket, asking()));
    expect(why).toMatchObject({ kind: 'unavailable', mayBeDone: true });
  });
});
