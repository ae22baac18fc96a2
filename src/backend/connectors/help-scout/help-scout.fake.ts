import {
  tokenOf,
  type Asked,
  type Route,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type Customer = {
  id: number;
  firstName: string;
  lastName: string;
  phones: readonly string[];
  emails: readonly string[];
};
type Thread = { id: number; type: string; body: string; customerId?: number };
type FakeConversation = {
  id: number;
  number: number;
  subject: string;
  status: string;
  customerId: number;
  createdAt: string;
  userUpdatedAt: string;
  threads: Thread[];
};
type ThreadInput = { type?: string; text?: string; customer?: { id?: number }; imported?: boolean };

const inbox = 85;

/** A quoted value is compared piece by piece, whatever stands between the pieces, as a search index does. */
const piecesOf = (text: string): string =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ').toLowerCase();

const values = (list: readonly string[]) => list.map((value, index) => ({ id: index + 1, value }));

/** So much of Help Scout as the connector asks for: customers, and conversations with threads. */
export const helpScoutFake = (): VendorModel => {
  const customers: Customer[] = [];
  const conversations: FakeConversation[] = [];
  let lastId = 2_000;
  const nextId = (): number => (lastId += 1);

  const refuse = (status: number, paths: readonly string[] = []): Told => {
    const headers = status === 429 ? { 'x-ratelimit-retry-after': '2' } : undefined;
    if (status === 401) {
      return { status, body: { error: 'invalid_token', error_description: 'Ana Pires' } };
    }
    const errors = paths.map((path) => ({ path, message: 'is wrong', rejectedValue: 'Ana Pires' }));
    return {
      status,
      body: { logRef: crypto.randomUUID(), message: 'Ana Pires is wrong', _embedded: { errors } },
      ...(headers === undefined ? {} : { headers }),
    };
  };

  const matches = (customer: Customer, field: string, value: string): boolean | null => {
    const wanted = piecesOf(value);
    const lists: Readonly<Record<string, readonly string[]>> = {
      firstName: [customer.firstName],
      lastName: [customer.lastName],
      phone: customer.phones,
      email: customer.emails,
    };
    const own = lists[field];
    return own === undefined ? null : own.some((each) => piecesOf(each) === wanted);
  };

  /** `field:"x"`, `field:("x" OR "y")`, and those joined by AND or OR in brackets. */
  const search: Route = ({ query }) => {
    const text = query.get('query') ?? '';
    if (text === '' || text.length > 500) return refuse(400, ['query']);
    const found: Customer[] = [];
    for (const customer of customers) {
      const unknownFields: string[] = [];
      const spread = text.replaceAll(
        /(\w+):\(((?:"[^"]*"|[^")])*)\)/gu,
        (_, field: string, list: string) => {
          const each = list.split(' OR ').map((value) => `${field}:${value}`);
          return `(${each.join(' OR ')})`;
        },
      );
      const truth = spread.replaceAll(/(\w+):"([^"]*)"/gu, (_, field: string, value: string) => {
        const isIt = matches(customer, field, value);
        if (isIt === null) unknownFields.push(field);
        return isIt === true ? '1' : '0';
      });
      if (unknownFields.length > 0 || !/^[01() ANDOR]+$/u.test(truth))
        return refuse(400, ['query']);
      const isFound = truth
        .split(' AND ')
        .every((part) => part.replaceAll(/[() ]/gu, '').split('OR').includes('1'));
      if (isFound) found.push(customer);
    }
    const views = found.map(({ phones, emails, ...customer }) => ({
      ...customer,
      createdAt: '2026-01-02T03:04:05Z',
      _embedded: { phones: values(phones), emails: values(emails) },
    }));
    return {
      status: 200,
      body: { _embedded: { customers: views }, _links: { self: { href: '/' } } },
    };
  };

  const threadView = ({ id, type, body }: Thread) => ({ id, type, body });
  const view = ({ threads, customerId, ...conversation }: FakeConversation, isWhole: boolean) => ({
    ...conversation,
    primaryCustomer: { id: customerId, type: 'customer' },
    _embedded: isWhole ? { threads: threads.map(threadView) } : {},
  });

  const list: Route = ({ query }) => {
    const id = /^\(customerIds:(\d+)\)$/u.exec(query.get('query') ?? '')?.[1];
    if (id === undefined) return refuse(400, ['query']);
    const own = conversations
      .filter(({ customerId }) => String(customerId) === id)
      .filter(({ status }) => query.get('status') === 'all' || status === 'active')
      .map((each) => view(each, query.get('embed') === 'threads'));
    const page = { size: 25, totalElements: own.length, totalPages: 1, number: 1 };
    return {
      status: 200,
      body: { _embedded: own.length === 0 ? {} : { conversations: own }, page },
    };
  };

  const made = (id: number): Told => ({ status: 201, headers: { 'resource-id': String(id) } });
  const isCustomer = (id: number | undefined): id is number =>
    customers.some((each) => each.id === id);

  const create = ({ body }: Asked): Told => {
    const input = body as {
      subject?: string;
      mailboxId?: number;
      type?: string;
      status?: string;
      customer?: { id?: number };
      threads?: ThreadInput[];
      imported?: boolean;
      createdAt?: string;
    };
    const { subject = '', type, status = '', customer, threads = [], createdAt, imported } = input;
    const customerId = customer?.id;
    if (subject === '') return refuse(400, ['subject']);
    if (input.mailboxId !== inbox) return refuse(400, ['mailboxId']);
    if (type !== 'phone') return refuse(400, ['type']);
    if (!['active', 'closed', 'pending'].includes(status)) return refuse(400, ['status']);
    if (!isCustomer(customerId)) return refuse(400, ['customer']);
    if (threads.length === 0 || threads.some(({ text = '' }) => text === '')) {
      return refuse(400, ['threads']);
    }
    if (createdAt !== undefined && imported !== true) return refuse(400, ['createdAt']);
    const at = createdAt ?? new Date().toISOString();
    const conversation: FakeConversation = {
      id: nextId(),
      number: conversations.length + 1,
      ...{ subject, status, customerId, createdAt: at, userUpdatedAt: at },
      threads: threads.map(({ text = '', type: kind = '' }) => ({
        id: nextId(),
        type: kind,
        body: text,
      })),
    };
    conversations.push(conversation);
    return made(conversation.id);
  };

  const addThread =
    (type: string, needsCustomer: boolean): Route =>
    ({ body }, { id }) => {
      const conversation = conversations.find((each) => String(each.id) === id);
      if (conversation === undefined) return refuse(404);
      const { text = '', customer } = body as ThreadInput;
      if (text === '') return refuse(400, ['text']);
      const customerId = customer?.id;
      if (needsCustomer && !isCustomer(customerId)) return refuse(400, ['customer']);
      const thread = { id: nextId(), type, body: text };
      conversation.threads.push(customerId === undefined ? thread : { ...thread, customerId });
      return made(thread.id);
    };

  const show =
    (tell: (conversation: FakeConversation) => unknown): Route =>
    (_, { id }) => {
      const conversation = conversations.find((each) => String(each.id) === id);
      return conversation === undefined ? refuse(404) : { status: 200, body: tell(conversation) };
    };

  const texts = (): readonly string[] =>
    conversations.flatMap(({ threads }) => threads.map(({ body }) => body));

  return {
    routes: {
      'GET /v2/users/me': () => ({
        status: 200,
        body: { id: 1, firstName: 'Ring', lastName: 'Side', email: 'ringside@acme.example' },
      }),
      'GET /v2/mailboxes': () => ({
        status: 200,
        body: { _embedded: { mailboxes: [{ id: inbox, name: 'Support' }] }, page: { number: 1 } },
      }),
      'GET /v3/customers/search': search,
      'POST /v2/customers': ({ body }) => {
        const input = body as {
          firstName?: string;
          lastName?: string;
          phones?: { value: string }[];
          emails?: { value: string }[];
        };
        const { firstName = '', lastName = '', phones = [], emails = [] } = input;
        if (firstName === '' || firstName.length > 40) return refuse(400, ['firstName']);
        const customer = {
          ...{ id: nextId(), firstName, lastName },
          phones: phones.map(({ value }) => value),
          emails: emails.map(({ value }) => value),
        };
        customers.push(customer);
        return made(customer.id);
      },
      'GET /v2/conversations': list,
      'POST /v2/conversations': create,
      'GET /v2/conversations/:id': show((conversation) => view(conversation, false)),
      'GET /v2/conversations/:id/threads': show(({ threads }) => ({
        _embedded: { threads: threads.map(threadView) },
      })),
      'POST /v2/conversations/:id/phones': addThread('phone', true),
      'POST /v2/conversations/:id/notes': addThread('note', false),
      'POST /v2/conversations/:id/reply': addThread('message', true),
    },
    refusesCaller: (asked, goodTokens) =>
      goodTokens.has(tokenOf(asked)) ? undefined : refuse(401),
    refusal: refuse,
    addPerson: ({ name, phones, email }) => {
      const [firstName = '', lastName = ''] = name.split(' ');
      const emails = email === undefined ? [] : [email];
      const customer = { id: nextId(), firstName, lastName, phones, emails };
      customers.push(customer);
      return String(customer.id);
    },
    addItem: (personId, { title, isOpen, updatedAt }) => {
      const at = new Date(updatedAt).toISOString();
      const conversation = {
        id: nextId(),
        number: conversations.length + 1,
        subject: title,
        status: isOpen ? 'active' : 'closed',
        customerId: Number(personId),
        createdAt: at,
        userUpdatedAt: at,
        threads: [],
      };
      conversations.push(conversation);
      return String(conversation.id);
    },
    addArticle: () => {
      throw new Error('its articles are of another product');
    },
    peopleCount: () => customers.length,
    written: (key) =>
      texts().filter((text) =>
        text.split(/<[^>]*>/u).some((line) => line.trim() === `Ringside ${key}`),
      ).length,
    texts,
    settings: { clientId: 'ringside-app', clientSecret: 'not-for-anybody' },
    origins: ['https://api.helpscout.net'],
  };
};
