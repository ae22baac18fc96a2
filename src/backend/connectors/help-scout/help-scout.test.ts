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
import { createRateBudget, type RateBudget } from '../http/rate-budget.ts';
import { helpScout } from './help-scout.ts';
import { helpScoutFake } from './help-scout.fake.ts';

connectorContract(helpScout, helpScoutFake, {
  findsForms: ['+551133334444', '+55 11 3333-4444', '(11) 3333-4444', '1133334444', '551133334444'],
  callNeedsPerson: true,
});

const connectToHelpScout = (
  model = helpScoutFake(),
  settings: Readonly<Record<string, string>> = {},
) => connectToFake(helpScout, model, { settings: { grant: 'client_credentials', ...settings } });

const ana = { name: 'Ana Pires', phones: ['+551133334444'] };

describe('Help Scout', () => {
  it('connects without anybody who signs in', async () => {
    await using given = await connectToHelpScout();
    expect(known(await given.connection.testConnection(ask)).name).toBe('Ring Side');
    expect(given.vendor.tokenRequests()).toBe(1);
  });

  it('makes nobody of an unknown caller unless it is told to', async () => {
    const model = helpScoutFake();
    await using given = await connectToHelpScout(model);
    const why = whyNot(await can(given.connection, 'logCall')(callRecord(), firstAsk));
    expect([why.kind, why.message]).toEqual([
      'validation',
      'log the call: Help Scout keeps it with a customer, and it has none',
    ]);
    expect(model.peopleCount()).toBe(0);
  });

  it('makes one customer of an unknown caller when it is told to, and none of a hidden number', async () => {
    const model = helpScoutFake();
    await using given = await connectToHelpScout(model, { unknownCallers: 'create' });
    const log = can(given.connection, 'logCall');
    const call = callRecord();
    given.vendor.spoilBy(({ method }) => (method === 'GET' ? undefined : 'cut_off_after'));
    whyNot(await log(call, firstAsk));
    given.vendor.spoilBy(null);
    for (const _ of [1, 2]) known(await log(call, secondAsk));
    known(await log(callRecord(), firstAsk));
    expect(model.peopleCount()).toBe(1);
    expect(model.written(call.callId)).toBe(1);
    expect(whyNot(await log(callRecord({ customerNumber: '' }), firstAsk)).kind).toBe('validation');
  });

  it('logs a call as a closed conversation of the time of the call, without a mail to anybody', async () => {
    const model = helpScoutFake();
    await using given = await connectToHelpScout(model);
    const person = { type: 'customer', id: model.addPerson(ana) };
    known(await can(given.connection, 'logCall')(callRecord({ person }), firstAsk));
    expect(given.vendor.asked.at(-1)?.body).toMatchObject({
      ...{ type: 'phone', status: 'closed', imported: true, mailboxId: 85 },
      createdAt: '2026-11-20T12:00:00.000Z',
      threads: [{ type: 'phone', customer: { id: Number(person.id) } }],
    });
  });

  it('logs a call to its conversation by whom it was with, else as a note', async () => {
    const model = helpScoutFake();
    await using given = await connectToHelpScout(model);
    const person = { type: 'customer', id: model.addPerson(ana) };
    const id = model.addItem(person.id, { title: 'Refund', isOpen: true, updatedAt: 0 });
    const ticket = { type: 'conversation', id };
    const log = can(given.connection, 'logCall');
    known(await log(callRecord({ ticket, person }), firstAsk));
    known(await log(callRecord({ ticket }), firstAsk));
    expect(given.vendor.asked.map(({ path }) => path.split('/').at(-1))).toEqual([
      'phones',
      'notes',
    ]);
  });

  it('counts what is written twice, as Help Scout does', async () => {
    const model = helpScoutFake();
    const real = createRateBudget(helpScout.rate, () => performance.now());
    const costs: number[] = [];
    const budget: RateBudget = {
      ...real,
      take: (urgency, cost) => {
        costs.push(cost);
        return real.take(urgency, cost);
      },
    };
    const settings = { grant: 'client_credentials' };
    await using given = await connectToFake(helpScout, model, { settings, budget });
    const person = { type: 'customer', id: model.addPerson(ana) };
    const call = callRecord({ person });
    const logged = known(await can(given.connection, 'logCall')(call, firstAsk));
    known(await can(given.connection, 'updateCall')(logged, { ...call, revision: 1 }, firstAsk));
    expect(given.vendor.asked.map(({ method }) => (method === 'GET' ? 1 : 2))).toEqual(costs);
  });

  it('says what is public to the customer of the conversation', async () => {
    const model = helpScoutFake();
    await using given = await connectToHelpScout(model);
    const person = model.addPerson(ana);
    const id = model.addItem(person, { title: 'Refund', isOpen: true, updatedAt: 0 });
    const append = can(given.connection, 'appendToTicket');
    const note = { text: 'It is on its way', isPublic: true, key: 'k-1' };
    for (const each of [firstAsk, secondAsk]) {
      known(await append({ type: 'conversation', id }, note, each));
    }
    const replies = given.vendor.asked.filter(({ path }) => path.endsWith('/reply'));
    expect(replies.map(({ body }) => body)).toMatchObject([{ customer: { id: Number(person) } }]);
    expect(replies[0]?.body).not.toHaveProperty('imported');
  });

  it('names the fields that were wrong, and the wait that it was told', async () => {
    const model = helpScoutFake();
    await using given = await connectToHelpScout(model, { mailbox: '99' });
    const person = { type: 'customer', id: model.addPerson(ana) };
    const log = can(given.connection, 'logCall');
    const why = whyNot(await log(callRecord({ person }), firstAsk));
    expect(why.message).toBe('create conversation: refused with 400, wrong: mailboxId');
    given.vendor.spoilBy(() => 429);
    expect(whyNot(await given.connection.testConnection(ask)).retryAfterMs).toBe(2_000);
  });

  it('finds by an address, and by first and last name together', async () => {
    const model = helpScoutFake();
    const id = model.addPerson({ ...ana, email: 'ana@pires.example' });
    model.addPerson({ name: 'Ana Lima', phones: [] });
    await using given = await connectToHelpScout(model);
    const find = can(given.connection, 'findByText');
    for (const text of ['ana@pires.example', 'Pires, Ana']) {
      expect(known(await find(text, ask)).map((person) => person.id)).toEqual([id]);
    }
  });
});
