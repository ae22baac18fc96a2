import { afterEach, describe, expect, it } from 'vitest';
import {
  callRecord,
  connectorContract,
} from '../../../../tests/support/connectors/connector-contract.ts';
import type { Asked, Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';
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
import { hubspot } from './hubspot.ts';
import { hubspotFake } from './hubspot.fake.ts';

connectorContract(hubspot, hubspotFake, {
  findsForms: ['+55 (11) 3333.4444', '(11) 3333-4444', '011 3333 4444', '+551133334444'],
});

const facts = { portalId: '62515', uiDomain: 'app-eu1.hubspot.com' };

describe('HubSpot', () => {
  let opened: OpenFake | null = null;
  const open = async (
    model: VendorModel = hubspotFake(),
    more: Parameters<typeof openFake>[2] = {},
  ): Promise<OpenFake> => {
    opened = await openFake(hubspot, model, more);
    return opened;
  };
  afterEach(async () => {
    await opened?.vendor.stop();
    opened = null;
  });
  const lastAsked = ({ vendor }: OpenFake): Asked => {
    const asked = vendor.asked.at(-1);
    if (asked === undefined) throw new Error('nothing was asked');
    return asked;
  };
  const propertiesOf = (fake: OpenFake): Readonly<Record<string, unknown>> =>
    (lastAsked(fake).body as { properties: Record<string, unknown> }).properties;
  const person = (fake: OpenFake) => ({
    type: 'contact',
    id: fake.vendor.model.addPerson({ name: 'Ana Pires', phones: ['+551133334444'] }),
  });

  it('asks for the calculated and the written number of both fields in one search', async () => {
    const fake = await open();
    const forms = phoneForms('+551133334444', 'BR');
    if (forms === null) throw new Error('a number has forms');
    known(await able(fake.connection, 'findByPhone')(forms, asking()));
    expect(fake.vendor.asked).toHaveLength(1);
    const { filterGroups } = lastAsked(fake).body as {
      filterGroups: { filters: { propertyName: string; value: string }[] }[];
    };
    const asked = filterGroups.flatMap(({ filters }) =>
      filters.map(({ propertyName, value }) => [propertyName, value]),
    );
    expect(asked).toEqual([
      ['hs_searchable_calculated_phone_number', '1133334444'],
      ['hs_searchable_calculated_mobile_number', '1133334444'],
      ['phone', '+551133334444'],
      ['mobilephone', '+551133334444'],
    ]);
  });

  it('tells where the account is, and links to its own pages', async () => {
    const fake = await open(hubspotFake(), { facts });
    const account = known(await fake.connection.testConnection(asking()));
    expect(account).toEqual({ name: '62515 (app-eu1.hubspot.com)', facts });
    const made = { name: 'Ana Pires', e164: '+551133334444' };
    const { id, url } = known(await able(fake.connection, 'createPerson')(made, asking()));
    expect(url).toBe(`https://app-eu1.hubspot.com/contacts/62515/record/0-1/${id}`);
  });

  it('links to no other host, whatever it was told', async () => {
    const fake = await open(hubspotFake(), {
      facts: { portalId: '1', uiDomain: 'app.hubspot.com.evil.example' },
    });
    const made = { name: 'Ana Pires', e164: '+551133334444' };
    const { url } = known(await able(fake.connection, 'createPerson')(made, asking()));
    expect(url).toMatch(/^https:\/\/app\.hubspot\.com\/contacts\/1\/record/u);
  });

  it('logs a call in texts, with its lengths in milliseconds and what it hangs on', async () => {
    const fake = await open();
    const who = person(fake);
    const { addItem } = fake.vendor.model;
    const ticket = {
      type: 'ticket',
      id: addItem(who.id, { title: 'Refund', isOpen: true, updatedAt: 0 }),
    };
    const mappedDisposition = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
    const call = callRecord({ person: who, ticket, mappedDisposition });
    known(await able(fake.connection, 'logCall')(call, asking()));
    expect(propertiesOf(fake)).toMatchObject({
      hs_timestamp: '2026-11-20T12:00:00.000Z',
      ...{ hs_call_direction: 'INBOUND', hs_call_status: 'COMPLETED' },
      ...{ hs_call_duration: '240000', hs_call_disposition: mappedDisposition },
      ...{ hs_call_from_number: '+551133334444', hs_call_to_number: '+551140001000' },
      hs_call_external_id: call.callId,
    });
    const category = { associationCategory: 'HUBSPOT_DEFINED' };
    expect((lastAsked(fake).body as { associations: unknown }).associations).toEqual([
      { to: { id: who.id }, types: [{ ...category, associationTypeId: 194 }] },
      { to: { id: ticket.id }, types: [{ ...category, associationTypeId: 220 }] },
    ]);
  });

  it('tells a hidden number and a call that nobody took', async () => {
    const fake = await open();
    const { answeredAt: _, ...call } = callRecord({ direction: 'outbound', customerNumber: '' });
    known(await able(fake.connection, 'logCall')(call, asking()));
    const own = propertiesOf(fake);
    expect(own).toMatchObject({ hs_call_status: 'NO_ANSWER', hs_call_direction: 'OUTBOUND' });
    expect(own['hs_call_from_number']).toBe('+551140001000');
    expect(Object.keys(own)).not.toContain('hs_call_to_number');
  });

  it('finds what it made while the search still knows nothing of it', async () => {
    const fake = await open(hubspotFake({ isIndexLate: true }));
    const who = person(fake);
    const log = able(fake.connection, 'logCall');
    const call = callRecord({ person: who });
    for (const ask of [asking(), askingAgain(), askingAgain()]) known(await log(call, ask));
    expect(fake.vendor.model.written(call.callId)).toBe(1);

    const key = crypto.randomUUID();
    const given = { subject: 'Refund', body: 'Twice', person: who, tags: [], key };
    const create = able(fake.connection, 'createTicket');
    for (const ask of [asking(), askingAgain()]) known(await create(given, ask));
    expect(fake.vendor.model.written(key)).toBe(1);

    const ticket = known(await create(given, askingAgain()));
    const ofTicket = callRecord({ person: who, ticket });
    for (const ask of [asking(), askingAgain()]) known(await log(ofTicket, ask));
    expect(fake.vendor.model.written(ofTicket.callId)).toBe(1);
  });

  it('finds a call of which somebody became known between two attempts', async () => {
    const fake = await open();
    const log = able(fake.connection, 'logCall');
    const call = callRecord();
    known(await log(call, asking()));
    known(await log({ ...call, person: person(fake) }, askingAgain()));
    expect(fake.vendor.model.written(call.callId)).toBe(1);
  });

  it('finds a ticket of nobody by its subject and its mark', async () => {
    const fake = await open();
    const create = able(fake.connection, 'createTicket');
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const given = { subject: 'Refund', body: 'Twice', tags: [] };
    const first = known(await create({ ...given, key: one }, asking()));
    known(await create({ ...given, key: other }, askingAgain()));
    expect(known(await create({ ...given, key: one }, askingAgain())).id).toBe(first.id);
    expect([one, other].map(fake.vendor.model.written)).toEqual([1, 1]);
  });

  it('gives a new ticket the first open status of its pipeline', async () => {
    const fake = await open();
    const given = { subject: 'Refund', body: 'Twice', tags: [], key: crypto.randomUUID() };
    const made = known(await able(fake.connection, 'createTicket')(given, asking()));
    expect(made).toMatchObject({ status: 'New', isOpen: true, title: 'Refund' });
    expect(propertiesOf(fake)).toMatchObject({ hs_pipeline: '0', hs_pipeline_stage: '1' });
  });

  it('says that the chosen pipeline is not there', async () => {
    const fake = await open(hubspotFake(), { settings: { ticketPipeline: '99' } });
    const given = { subject: 'Refund', body: 'Twice', tags: [], key: crypto.randomUUID() };
    const outcome = await able(fake.connection, 'createTicket')(given, asking());
    expect(whyNot(outcome).kind).toBe('validation');
  });

  it('keeps what people wrote into a call around ours', async () => {
    const fake = await open();
    const call = callRecord();
    const logged = known(await able(fake.connection, 'logCall')(call, asking()));
    const route = fake.vendor.model.routes['PATCH /crm/objects/2026-03/:type/:id'];
    const [html = ''] = fake.vendor.model.texts();
    route?.(
      {
        ...{ method: 'PATCH', path: '', query: new URLSearchParams(), headers: {} },
        body: { properties: { hs_call_body: `<p>Before</p>${html}<p>After</p>` } },
      },
      { type: 'calls', id: logged.id },
    );
    const news = { ...call, revision: 1, lines: [{ label: 'Notes', value: 'Second thoughts' }] };
    const update = able(fake.connection, 'updateCall');
    for (const ask of [asking(), askingAgain()]) known(await update(logged, news, ask));
    const [changed = ''] = fake.vendor.model.texts();
    expect(changed).toMatch(
      /^<p>Before<\/p><p>\[Ringside .+Second thoughts.+\]<\/p><p>After<\/p>$/u,
    );
    expect(changed).not.toContain('invoice');
    expect(changed.split('Second thoughts')).toHaveLength(2);
    expect(Object.keys(propertiesOf(fake)).sort()).toEqual(['hs_call_body', 'hs_call_duration']);
  });

  it('lists the dispositions that are still used', async () => {
    const fake = await open();
    expect(known(await able(fake.connection, 'dispositions')(asking()))).toEqual([
      { id: 'f240bbac-87c9-4f6e-bf70-924b57d47db7', label: 'Connected' },
    ]);
  });

  const refusing = (told: Told): VendorModel => ({ ...hubspotFake(), refusal: () => told });

  it.each([
    ['DAILY', 'quota_exhausted', 3_600_000],
    ['TEN_SECONDLY_ROLLING', 'rate_limited', 10_000],
    ['SECONDLY', 'rate_limited', 1_000],
    ['SOMETHING_NEW', 'rate_limited', 10_000],
  ])('reads the policy %s as %s', async (policyName, kind, retryAfterMs) => {
    const body = { status: 'error', message: 'Ana Pires', errorType: 'RATE_LIMIT', policyName };
    const fake = await open(refusing({ status: 429, body }));
    fake.vendor.spoilBy(() => 429);
    const why = whyNot(await fake.connection.testConnection(asking()));
    expect(why).toMatchObject({ kind, retryAfterMs, vendorCode: policyName });
  });

  it('names what was wrong by its properties, and the request by its correlation id', async () => {
    const told = {
      status: 400,
      headers: { 'x-hubspot-correlation-id': '5c1a7b2e-0000-4000-8000-000000000000' },
      body: {
        status: 'error',
        category: 'VALIDATION_ERROR',
        message: 'Ana Pires',
        errors: [
          { message: 'Ana Pires', context: { propertyName: ['hs_timestamp'] } },
          { message: 'Ana Pires', in: 'hs_call_title' },
          { message: 'Ana Pires', in: 'a sentence of Ana Pires' },
        ],
      },
    };
    const fake = await open(refusing(told));
    fake.vendor.spoilBy(() => 400);
    const why = whyNot(await able(fake.connection, 'logCall')(callRecord(), asking()));
    expect(why).toMatchObject({
      kind: 'validation',
      vendorCode: 'VALIDATION_ERROR',
      requestId: '5c1a7b2e-0000-4000-8000-000000000000',
      message:
        'create calls: refused with 400 (VALIDATION_ERROR), wrong: hs_timestamp, hs_call_title',
    });
  });

  it('says that somebody is there already', async () => {
    const fake = await open();
    const email = 'ana@pires.example';
    fake.vendor.model.addPerson({ name: 'Ana Pires', phones: [], email });
    const made = { name: 'Ana Pires', e164: '+551133334444', email };
    const outcome = await able(fake.connection, 'createPerson')(made, asking());
    expect(whyNot(outcome)).toMatchObject({ kind: 'conflict', vendorCode: 'CONFLICT' });
  });
});
