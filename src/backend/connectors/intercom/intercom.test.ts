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
import { intercom } from './intercom.ts';
import { intercomFake } from './intercom.fake.ts';

connectorContract(intercom, intercomFake, {
  findsForms: ['+551133334444', '551133334444', '1133334444'],
  callNeedsPerson: true,
});

const ana = { name: 'Ana Pires', phones: ['+551133334444'] };
const newTicket = { subject: 'Refund', body: 'Paid twice', tags: [], key: 'k-1' };

describe('Intercom', () => {
  it('says that a call or a ticket needs a person, and asks nothing', async () => {
    await using given = await connectToFake(intercom, intercomFake());
    const { connection, vendor } = given;
    const call = whyNot(await can(connection, 'logCall')(callRecord(), firstAsk));
    expect([call.kind, call.message]).toEqual([
      'validation',
      'log the call: Intercom keeps it with a person, and it has none',
    ]);
    expect(whyNot(await can(connection, 'createTicket')(newTicket, firstAsk)).kind).toBe(
      'validation',
    );
    expect(vendor.asked).toEqual([]);
  });

  it('knows its own ids once it was tested, and writes notes in their name', async () => {
    const model = intercomFake();
    const { facts } = await (async () => {
      await using given = await connectToFake(intercom, model);
      return known(await given.connection.testConnection(ask));
    })();
    expect(facts).toEqual({ appId: 'ab12cd34', adminId: '991267459' });
    await using given = await connectToFake(intercom, model, { facts });
    const person = { type: 'contact', id: model.addPerson(ana) };
    const call = callRecord({ person });
    const logged = known(await can(given.connection, 'logCall')(call, firstAsk));
    expect(logged.url).toBe(`https://app.eu.intercom.com/a/apps/ab12cd34/users/${person.id}`);
    expect(given.vendor.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /contacts/${person.id}/notes`,
    ]);
    expect(given.vendor.asked[0]?.body).toMatchObject({ admin_id: '991267459' });
  });

  it('finds a call that was noted below many other notes', async () => {
    const model = intercomFake();
    await using given = await connectToFake(intercom, model);
    const person = { type: 'contact', id: model.addPerson(ana) };
    const log = can(given.connection, 'logCall');
    for (let count = 0; count < 55; count += 1) {
      known(await log(callRecord({ person }), firstAsk));
    }
    const call = callRecord({ person });
    for (const each of [firstAsk, secondAsk]) known(await log(call, each));
    expect(model.written(call.callId)).toBe(1);
  });

  it('logs a call to its ticket as a note for the team', async () => {
    const model = intercomFake();
    await using given = await connectToFake(intercom, model);
    const person = { type: 'contact', id: model.addPerson(ana) };
    const make = can(given.connection, 'createTicket');
    const ticket = known(await make({ ...newTicket, person }, firstAsk));
    const call = callRecord({ person, ticket });
    const log = can(given.connection, 'logCall');
    const logged = known(await log(call, firstAsk));
    expect([logged.type, logged.id]).toEqual(['ticket', ticket.id]);
    known(await log(call, secondAsk));
    expect(model.written(call.callId)).toBe(1);
    const parts = given.vendor.asked.filter(({ path }) => path.endsWith('/reply'));
    expect(parts.map(({ body }) => body)).toMatchObject([{ message_type: 'note', type: 'admin' }]);
  });

  it('makes tickets of the type that was chosen', async () => {
    const model = intercomFake();
    const settings = { ticketType: '77' };
    await using given = await connectToFake(intercom, model, { settings });
    const person = { type: 'contact', id: model.addPerson(ana) };
    const make = can(given.connection, 'createTicket');
    const why = whyNot(await make({ ...newTicket, person }, firstAsk));
    expect([why.kind, why.vendorCode]).toEqual(['not_found', 'ticket_type_not_found']);
  });

  it('makes somebody without an e-mail address a lead', async () => {
    await using given = await connectToFake(intercom, intercomFake());
    const make = can(given.connection, 'createPerson');
    known(await make({ name: 'Nova', e164: '+551177778888' }, ask));
    known(await make({ name: 'Nova', e164: '+551177778889', email: 'n@x.example' }, ask));
    const made = given.vendor.asked.filter(({ path }) => path === '/contacts');
    expect(made.map(({ body }) => body)).toMatchObject([{ role: 'lead' }, { role: 'user' }]);
  });

  it('waits until the instant that Intercom names', async () => {
    await using given = await connectToFake(intercom, intercomFake());
    given.vendor.spoilBy(() => 429);
    const why = whyNot(await given.connection.testConnection(ask));
    expect(why.retryAfterMs).toBeGreaterThan(0);
    expect(why.retryAfterMs).toBeLessThanOrEqual(2_000);
    expect(why.vendorCode).toBe('rate_limit_exceeded');
  });

  it('tells of an article what was highlighted, and of none that has no page', async () => {
    const model = intercomFake();
    model.addArticle({ title: 'Refund rules', text: 'A refund takes 5 days' });
    model.addArticle({ title: 'Refund draft', text: 'unlisted' });
    await using given = await connectToFake(intercom, model);
    const search = can(given.connection, 'searchKnowledge');
    const found = known(await search('refund', 'en', 5, ask));
    expect(found.map(({ title, snippet }) => [title, snippet])).toEqual([
      ['Refund rules', 'A refund takes 5 days & more'],
    ]);
  });

  it.each([
    ['us', 'https://api.intercom.io'],
    ['eu', 'https://api.eu.intercom.io'],
    ['au', 'https://api.au.intercom.io'],
  ])('goes to the hosts of its region %s', (region, base) => {
    expect(intercom.baseUrl({ region }, {})).toBe(base);
  });
});
