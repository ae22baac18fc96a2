import { describe, expect, it } from 'vitest';
import {
  callRecord,
  connectorContract,
} from '../../../../tests/support/connectors/connector-contract.ts';
import {
  ask,
  can,
  connectToFake,
  firstAsk,
  secondAsk,
  whyNot,
} from '../../../../tests/support/connectors/connect-to-fake.ts';
import { known } from '../../../../tests/support/known.ts';
import type { VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';
import { zohoCrm } from './zoho-crm.ts';
import { zohoCrmFake } from './zoho-crm.fake.ts';

connectorContract(zohoCrm, zohoCrmFake, {
  findsForms: [
    '+551133334444',
    '+55 11 3333-4444',
    '(11) 3333-4444',
    '1133334444',
    '11 33 33 44 44',
    '0113333.44.44',
  ],
});

const connectToZoho = (model: VendorModel) => {
  const held = { accessToken: 'spent', refreshToken: 'spent' };
  const refusesCaller = () => undefined;
  return connectToFake(zohoCrm, { ...model, refusesCaller }, { tokens: held });
};

/** What was sent of the last record to this address. */
const sent = (asked: readonly { method: string; path: string; body: unknown }[], path: string) =>
  (
    asked.findLast((each) => each.method !== 'GET' && each.path === path)?.body as {
      data: Record<string, unknown>[];
    }
  ).data[0];

describe('Zoho CRM', () => {
  it('writes a call as its module has it', async () => {
    await using given = await connectToZoho(zohoCrmFake());
    const log = can(given.connection, 'logCall');
    const logged = known(await log(callRecord({ mappedDisposition: 'Interested' }), firstAsk));
    expect(logged.url).toBe(`https://crm.zoho.eu/crm/EntityInfo.do?module=Calls&id=${logged.id}`);
    expect(sent(given.vendor.asked, '/crm/v8/Calls')).toMatchObject({
      Call_Type: 'Inbound',
      Call_Start_Time: '2026-11-20T12:00:00+00:00',
      Call_Duration: '04:00',
      Call_Result: 'Interested',
    });
    const { answeredAt: _, ...unanswered } = callRecord({ talkSeconds: 0 });
    known(await log(unanswered, firstAsk));
    const missed = sent(given.vendor.asked, '/crm/v8/Calls');
    expect(missed).toMatchObject({ Call_Type: 'Missed' });
    expect(missed).not.toHaveProperty('Call_Duration');
    known(await log(callRecord({ direction: 'outbound', talkSeconds: 4_205 }), firstAsk));
    expect(sent(given.vendor.asked, '/crm/v8/Calls')).toMatchObject({
      Call_Type: 'Outbound',
      Outbound_Call_Status: 'Completed',
      Call_Duration: '70:05',
    });
  });

  it('keeps a call with a contact, and about a lead or a case', async () => {
    const model = zohoCrmFake();
    await using given = await connectToZoho(model);
    const log = can(given.connection, 'logCall');
    const person = { type: 'Contacts', id: model.addPerson({ name: 'Ana', phones: [] }) };
    const ticket = {
      type: 'Cases',
      id: model.addItem(person.id, { title: 'Refund', isOpen: true, updatedAt: 0 }),
    };
    known(await log(callRecord({ person, ticket }), firstAsk));
    expect(sent(given.vendor.asked, '/crm/v8/Calls')).toMatchObject({
      Who_Id: { id: person.id },
      What_Id: { id: ticket.id },
      $se_module: 'Cases',
    });
    const lead = { type: 'Leads', id: '77' };
    const why = whyNot(await log(callRecord({ person: lead }), firstAsk));
    expect([why.kind, why.httpStatus, why.vendorCode]).toEqual(['validation', 202, 'INVALID_DATA']);
    expect(why.message).toBe('create call: refused with 202 (INVALID_DATA), wrong: What_Id');
    const about = sent(given.vendor.asked, '/crm/v8/Calls');
    expect(about).toMatchObject({ What_Id: { id: '77' }, $se_module: 'Leads' });
    expect(about).not.toHaveProperty('Who_Id');
  });

  it('adds news below what people wrote there, and changes nothing else', async () => {
    const model = zohoCrmFake();
    await using given = await connectToZoho(model);
    const call = callRecord();
    const logged = known(await can(given.connection, 'logCall')(call, firstAsk));
    const at = `/crm/v8/Calls/${logged.id}`;
    const edit = { data: [{ Description: 'Edited by a colleague' }] };
    const headers = { 'content-type': 'application/json' };
    const origin = given.vendor.origins.get('https://www.zohoapis.eu') ?? '';
    await fetch(origin + at, { method: 'PUT', headers, body: JSON.stringify(edit) });
    const update = can(given.connection, 'updateCall');
    for (const _ of [1, 2]) known(await update(logged, { ...call, revision: 2 }, secondAsk));
    expect(model.texts()[0]?.split('Billing question')).toHaveLength(2);
    const put = sent(given.vendor.asked, at);
    expect(Object.keys(put ?? {})).toEqual(['Description']);
    expect(put?.['Description']).toMatch(/^Edited by a colleague\n\nIncoming call/u);
  });

  it('tells of the modules that it may read', async () => {
    const model = zohoCrmFake();
    const id = model.addPerson({ name: 'Ana Pires', phones: ['+551133334444'] });
    await using given = await connectToZoho(model);
    given.vendor.spoilBy(({ path }) => (path.includes('/Contacts/') ? undefined : 403));
    const find = can(given.connection, 'findByText');
    expect(known(await find('Pires', ask)).map((person) => person.id)).toEqual([id]);
    given.vendor.spoilBy(({ path }) => (path.includes('/Leads/') ? 500 : undefined));
    expect(whyNot(await find('Pires', ask)).kind).toBe('unavailable');
  });

  it('lists what a call can have come to', async () => {
    await using given = await connectToZoho(zohoCrmFake());
    expect(known(await can(given.connection, 'dispositions')(ask))).toEqual([
      { id: 'Interested', label: 'Interessado' },
      { id: 'Requested more info', label: 'Mais' },
    ]);
  });

  it('goes where the token’s answer said that the account is', async () => {
    const model = zohoCrmFake();
    const apiDomain = 'https://www.zohoapis.in';
    const refusesCaller = () => undefined;
    const elsewhere = { ...model, refusesCaller, origins: [apiDomain] };
    const tokens = { accessToken: 'of-india', facts: { apiDomain } };
    await using given = await connectToFake(zohoCrm, elsewhere, { tokens });
    expect(known(await given.connection.testConnection(ask)).facts).toEqual({ orgId: '60001' });
  });

  it.each([
    ['https://www.zohoapis.in', 'https://www.zohoapis.in'],
    ['https://sandbox.zohoapis.com', 'https://sandbox.zohoapis.com'],
    ['https://www.zohoapis.com.elsewhere.example', 'https://www.zohoapis.ca'],
    ['http://www.zohoapis.com', 'https://www.zohoapis.ca'],
    ['https://elsewhere.example/www.zohoapis.com', 'https://www.zohoapis.ca'],
  ])('believes %s as far as it is a host of Zoho’s', (told, base) => {
    const { authentication } = zohoCrm;
    if (authentication.kind !== 'oauth2') throw new Error('it has no tokens');
    const settings = { dataCentre: 'ca' };
    expect(zohoCrm.baseUrl(settings, authentication.factsOf?.({ api_domain: told }) ?? {})).toBe(
      base,
    );
    expect(zohoCrm.baseUrl(settings, { apiDomain: told })).toBe(base);
    expect(authentication.tokenUrl(settings)).toBe('https://accounts.zohocloud.ca/oauth/v2/token');
  });
});
