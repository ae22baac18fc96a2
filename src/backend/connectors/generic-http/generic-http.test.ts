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
import { phoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import { capabilitiesOf } from '../open-connection.ts';
import { genericHttp } from './generic-http.ts';
import { genericHttpFake } from './generic-http.fake.ts';

const findsForms = ['+551133334444', '(11) 3333-4444', '011 3333 4444'];
connectorContract(genericHttp, genericHttpFake('header'), { findsForms });
connectorContract(genericHttp, genericHttpFake('oauth2'));

const fake = genericHttpFake('basic');
const base = { baseUrl: 'https://crm.acme.example/api', authentication: 'none' };

/** Settings alone, against nobody. */
const openWith = (settings: Readonly<Record<string, string>>) =>
  genericHttp.open({
    settings,
    facts: {},
    http: { request: () => Promise.reject(new Error('nothing is to be asked')) },
  });

const formsOf = (text: string) => {
  const forms = phoneForms(text, 'BR');
  if (forms === null) throw new Error('no digits');
  return forms;
};

describe('the generic connector', () => {
  it('says who asks by user and password', async () => {
    await using given = await connectToFake(genericHttp, fake());
    expect(known(await given.connection.testConnection(ask)).name).toBe('crm.acme.example');
  });

  it('reads people by where they are in the answer', async () => {
    const model = fake();
    const id = model.addPerson({
      ...{ name: 'Ana Pires', email: 'ana@pires.example' },
      phones: ['+55 11 3333-4444', '+55 11 99999-0000'],
    });
    await using given = await connectToFake(genericHttp, model);
    expect(known(await can(given.connection, 'findByText')('Pires', ask))).toEqual([
      {
        type: 'person',
        id,
        name: 'Ana Pires',
        phones: ['+55 11 3333-4444', '+55 11 99999-0000'],
        email: 'ana@pires.example',
        company: 'Acme',
        url: `https://crm.acme.example/people/${id}`,
      },
    ]);
  });

  it('can do what was filled in and nothing else', () => {
    const everything = { ...fake().settings, knowledgeUrl: 'https://kb.example/?q={text}' };
    expect(genericHttp.offers).toEqual(capabilitiesOf(openWith(everything)));
    expect(capabilitiesOf(openWith(base))).toEqual([]);
    expect(
      capabilitiesOf(openWith({ ...base, knowledgeUrl: 'https://kb.example/?q={text}' })),
    ).toEqual(['searchKnowledge']);
    const webhookSecret = 'sixteen-or-more-characters';
    expect(capabilitiesOf(openWith({ ...base, webhookPath: '/x', webhookSecret }))).toEqual([
      'logCall',
      'updateCall',
    ]);
  });

  it.each([
    [{ lookupPath: 'people' }, 'Number lookup: path, position 1: it has to begin with /'],
    [
      { lookupPath: '/p?q={e164}&r={phone}' },
      'Number lookup: path, position 15: {phone} is none of {e164} {digits} {national} {last10}',
    ],
    [
      { lookupPath: '/p?q={e164} x' },
      'Number lookup: path, position 12: spaces, \\ and # are not taken',
    ],
    [
      { lookupPath: '/p', lookupBody: '{"a": {e164}}' },
      'Number lookup: body, position 8: this is not JSON; places stand in quotes: "{e164}"',
    ],
    [
      { searchPath: '/p', searchBody: '{"a": "{e164}"}' },
      'Text search: body, position 8: {e164} is none of {text}',
    ],
    [
      { peopleList: '$.data[?@.x]' },
      'People: list, position 7: a name, [0], or [*] is wanted here',
    ],
    [
      { personName: 'first, last-name' },
      'Person: name, position 12: a name, [0], or [*] is wanted here',
    ],
    [
      { personPage: 'https://{id}.example/' },
      'Person: page, position 1: it has to begin with https:// and a host without {…}',
    ],
    [
      { personPage: 'http://crm.example/{id}' },
      'Person: page, position 1: it has to begin with https:// and a host without {…}',
    ],
    [
      { popUrl: 'https://user@elsewhere.example/{e164}' },
      'Page for a number, position 1: it has to begin with https:// and a host without {…}',
    ],
    [
      { webhookPath: '/x', webhookSecret: 'short' },
      'Calls: signing secret, position 1: the webhook needs a secret of at least 16 characters',
    ],
    [{ lookupPath: '/p?{e164}' }, 'Person: page, position 1: people who are found need a page'],
    [{ authentication: 'header', authHeader: 'X' }, 'Header: value, position 1: header needs it'],
  ])('says of %j what is wrong and where', async (settings, message) => {
    const connection = openWith({
      ...{ ...base, personPage: 'https://crm.acme.example/{id}' },
      ...('lookupPath' in settings && settings.lookupPath === '/p?{e164}'
        ? { personPage: '' }
        : {}),
      ...settings,
    });
    expect(whyNot(await connection.testConnection(ask))).toEqual({ kind: 'validation', message });
  });

  it('is known by what it can do before its secrets are read, and does nothing without them', async () => {
    const { authValue, webhookSecret, ...open } = genericHttpFake('header')().settings;
    const connection = openWith(open);
    expect(capabilitiesOf(connection)).toEqual([
      ...['findByPhone', 'findByText', 'recentItems', 'logCall', 'updateCall'],
    ]);
    expect([authValue, webhookSecret]).not.toContain(undefined);
    const asked = [
      connection.testConnection(ask),
      can(connection, 'findByText')('Pires', ask),
      can(connection, 'logCall')(callRecord(), firstAsk),
    ];
    for (const outcome of await Promise.all(asked)) expect(whyNot(outcome).kind).toBe('validation');
    expect(capabilitiesOf(openWith({ ...base, lookupPath: 'people' }))).toEqual([]);
  });

  it.each([
    ['a/../b?x=1&y=2#z', '/api/people/a%2F..%2Fb%3Fx%3D1%26y%3D2%23z/tickets'],
    ['@elsewhere.example', '/api/people/%40elsewhere.example/tickets'],
  ])('keeps %s in its place of an address', async (id, path) => {
    await using given = await connectToFake(genericHttp, fake());
    known(await can(given.connection, 'recentItems')({ type: 'person', id }, 5, ask));
    expect(given.vendor.asked.map((asked) => asked.path)).toEqual([path]);
  });

  it('asks nothing of the folder above', async () => {
    await using given = await connectToFake(genericHttp, fake());
    expect(
      known(await can(given.connection, 'recentItems')({ type: 'person', id: '..' }, 5, ask)),
    ).toEqual([]);
    expect(given.vendor.asked).toEqual([]);
  });

  it('keeps what is typed a text in a body', async () => {
    await using given = await connectToFake(genericHttp, fake());
    const typed = '", "admin": true, "x": "\\ {text} {e164}';
    expect(known(await can(given.connection, 'findByText')(typed, ask))).toEqual([]);
    expect(given.vendor.asked[0]?.body).toEqual({ filter: { text: typed }, page: {} });
  });

  it('tells a list that is not there from one that is empty', async () => {
    const model = fake();
    model.addPerson({ name: 'Ana Pires', phones: ['+551133334444'] });
    const find = async (settings: Readonly<Record<string, string>>) => {
      await using given = await connectToFake(genericHttp, model, { settings });
      return await can(given.connection, 'findByPhone')(formsOf('+551133334444'), ask);
    };
    expect(whyNot(await find({ peopleList: '$.results[*]' })).message).toBe(
      'look up a number: the answer has no list at its path',
    );
    expect(whyNot(await find({ personId: 'uuid' })).message).toBe(
      'look up a number: nothing in the list has an id at its path',
    );
    expect(known(await find({ peopleList: '$.result.people' }))).toHaveLength(1);
    expect(known(await find({ peopleList: '$.result.people[0]' }))).toHaveLength(1);
  });

  it('signs what it tells of a call, the same event in every attempt', async () => {
    const model = fake();
    await using given = await connectToFake(genericHttp, model);
    const person = { type: 'person', id: '7' };
    const call = callRecord({ person });
    const log = can(given.connection, 'logCall');
    for (const each of [firstAsk, secondAsk]) {
      const logged = known(await log(call, each));
      expect(logged.url).toBe('https://crm.acme.example/calls/1');
    }
    const [one, two] = given.vendor.asked;
    expect(one?.body).toEqual(two?.body);
    expect(one?.headers['ringside-event-id']).toBe(call.callId);
    expect(one?.headers['ringside-signature']).toMatch(/^t=\d{10},v1=[0-9a-f]{64}$/u);
    expect(one?.body).toMatchObject({
      type: 'call.logged',
      call: {
        ...{ id: call.callId, revision: 0, direction: 'inbound', talkSeconds: 240, person },
        startedAt: '2026-11-20T12:00:00.000Z',
        disposition: { code: 'billing', label: 'Billing question', mapped: null },
        recordingUrl: null,
      },
    });
    const news = { ...call, revision: 3 };
    known(await can(given.connection, 'updateCall')({ type: 'call', id: 'x' }, news, firstAsk));
    expect(given.vendor.asked.at(-1)?.headers['ringside-event-id']).toBe(`${call.callId}/3`);
    expect(given.vendor.asked.at(-1)?.body).toMatchObject({ type: 'call.updated' });
  });

  it('is refused where the secret is another, and opens no page of other hosts', async () => {
    const model = fake();
    const settings = { webhookSecret: 'another-secret-of-ours' };
    {
      await using given = await connectToFake(genericHttp, model, { settings });
      expect(whyNot(await can(given.connection, 'logCall')(callRecord(), firstAsk)).kind).toBe(
        'auth',
      );
    }
    const answer = { status: 200, body: { id: 1, url: 'https://elsewhere.example/x' } };
    const routes = { 'POST /api/hooks/ringside': () => answer };
    await using given = await connectToFake(genericHttp, { ...model, routes });
    const logged = known(await can(given.connection, 'logCall')(callRecord(), firstAsk));
    expect(logged).toEqual({ type: 'call', id: '1', url: 'https://crm.acme.example/api' });
  });

  it('asks the webhook whether it is there, where nothing else can be asked', async () => {
    await using given = await connectToFake(genericHttp, fake(), { settings: { lookupPath: '' } });
    known(await given.connection.testConnection(ask));
    expect(given.vendor.asked[0]?.body).toMatchObject({ type: 'ping' });
  });

  it('opens a page for the number where nobody is looked up', async () => {
    const popUrl = 'https://crm.acme.example/search?phone={e164}';
    const find = can(openWith({ ...base, popUrl }), 'findByPhone');
    expect(known(await find(formsOf('(11) 3333-4444'), ask))).toEqual([
      {
        type: 'link',
        id: '+551133334444',
        name: 'crm.acme.example',
        phones: ['+551133334444'],
        url: 'https://crm.acme.example/search?phone=%2B551133334444',
      },
    ]);
  });

  it('goes on searching on the page of the knowledge base', async () => {
    const knowledgeUrl = 'https://app.getguru.com/search?q={text}';
    const search = can(openWith({ ...base, knowledgeUrl }), 'searchKnowledge');
    expect(known(await search('refund & more', 'pt', 5, ask))).toEqual([
      {
        id: 'search',
        title: 'app.getguru.com: refund & more',
        snippet: '',
        url: 'https://app.getguru.com/search?q=refund%20%26%20more',
      },
    ]);
  });
});
