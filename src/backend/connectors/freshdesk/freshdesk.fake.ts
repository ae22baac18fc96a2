import { Type, type TObject } from 'typebox';
import { Value } from 'typebox/value';
import type { Asked, Told, VendorModel } from '../../../../tests/support/connectors/fake-vendor.ts';

const strict = { additionalProperties: false };
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

const contactSchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    ...{ email: text(255), phone: text(255), mobile: text(255) },
  },
  strict,
);
const ticketSchema = Type.Object(
  {
    requester_id: Type.Integer(),
    subject: Type.String({ minLength: 1, maxLength: 255 }),
    description: Type.String({ minLength: 1 }),
    source: Type.Enum([1, 2, 3, 7, 9, 10]),
    status: Type.Enum([2, 3, 4, 5]),
    priority: Type.Enum([1, 2, 3, 4]),
    tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 32 }))),
  },
  strict,
);
const noteSchema = Type.Object(
  { body: Type.String({ minLength: 1 }), private: Type.Boolean() },
  strict,
);

type Contact = { id: number; name: string; email: string; phone: string; mobile: string };
type Note = { readonly body: string; readonly private: boolean };
type Ticket = {
  readonly id: number;
  readonly requester_id: number;
  readonly subject: string;
  readonly description: string;
  readonly status: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly notes: Note[];
};

/** What Freshdesk's `…_text` has of HTML: the words, without the lines. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

const codes: Readonly<Record<number, string>> = {
  401: 'invalid_credentials',
  403: 'access_denied',
  429: 'rate_limited',
};

const refusal = (status: number): Told => ({
  status,
  body:
    status === 409 || status === 422
      ? {
          description: 'Validation failed',
          errors: [{ field: 'email', message: 'Ana Pires', code: 'duplicate_value' }],
        }
      : { code: codes[status] ?? 'server_error', message: 'Ana Pires' },
  ...(status === 429 ? { headers: { 'retry-after': '2' } } : {}),
});

const invalid = (field: string, code = 'invalid_value'): Told => ({
  status: 400,
  body: { description: 'Validation failed', errors: [{ field, message: 'Ana Pires', code }] },
});

const wrongWith = (schema: TObject, body: unknown): Told | undefined => {
  const [error] = Value.Errors(schema, body);
  if (error === undefined) return undefined;
  const code = error.keyword === 'required' ? 'missing_field' : 'invalid_value';
  return invalid(error.instancePath.split('/')[1] ?? '', code);
};

/** A parameter that is not there is refused, as Freshdesk does it. */
const unknownIn = (query: URLSearchParams, known: readonly string[]): Told | undefined => {
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  return unknown === undefined ? undefined : invalid(unknown, 'invalid_field');
};

const agentId = 7;
const monthMs = 30 * 86_400_000;

const pageOf = <Each>(all: readonly Each[], query: URLSearchParams): readonly Each[] => {
  const size = Math.min(100, Number(query.get('per_page') ?? 30));
  const page = Number(query.get('page') ?? 1);
  return all.slice((page - 1) * size, page * size);
};

const published = 2;
const draft = 1;

/** So much of a Freshdesk account as the connector asks for. */
export const freshdeskFake = (): VendorModel => {
  const contacts: Contact[] = [];
  const tickets: Ticket[] = [];
  const articles: { id: number; title: string; text: string; status: number }[] = [];
  const key = 'api-key-of-an-agent';
  let lastId = 43_000_000_000;
  const nextId = (): number => (lastId += 1);

  const addContact = (given: Partial<Contact> & { readonly name: string }): Contact => {
    const contact = { email: '', phone: '', mobile: '', ...given, id: nextId() };
    contacts.push(contact);
    return contact;
  };
  const contactView = (contact: Contact) => ({
    ...contact,
    email: contact.email || null,
    phone: contact.phone || null,
    mobile: contact.mobile || null,
    created_at: '2026-11-01T10:00:00Z',
  });
  const ticketView = ({ description, notes: _, ...ticket }: Ticket, hasText: boolean) => ({
    ...ticket,
    ...(hasText ? { description, description_text: textOf(description) } : {}),
  });

  const searchContacts = ({ query }: Asked): Told => {
    const asked = query.get('query') ?? '';
    if (asked.length > 512 || !/^".*"$/u.test(asked)) return invalid('query');
    const clauses = asked.slice(1, -1).split(' OR ');
    const read = clauses.map((clause) => /^(phone|mobile):'([^'"\\]+)'$/u.exec(clause));
    if (read.includes(null)) return invalid('query');
    const results = contacts.filter((contact) =>
      read.some((clause) => {
        const [, field, value] = clause ?? [];
        return (field === 'phone' ? contact.phone : contact.mobile) === value;
      }),
    );
    return { status: 200, body: { total: results.length, results: results.map(contactView) } };
  };

  const listTickets = ({ query }: Asked): Told => {
    const known = ['requester_id', 'updated_since', 'order_by', 'order_type', 'include'];
    const wrong = unknownIn(query, [...known, 'page', 'per_page']);
    if (wrong !== undefined) return wrong;
    const since = query.get('updated_since');
    const order = query.get('order_by') === 'updated_at' ? 'updated_at' : 'created_at';
    const found = tickets
      .filter(({ requester_id: requester }) => String(requester) === query.get('requester_id'))
      .filter(({ created_at: created, updated_at: updated }) =>
        since === null ? Date.parse(created) > Date.now() - monthMs : updated >= since,
      )
      .sort((a, b) => b[order].localeCompare(a[order]));
    const hasText = query.get('include') === 'description';
    return { status: 200, body: pageOf(found, query).map((ticket) => ticketView(ticket, hasText)) };
  };

  const createTicket = ({ body }: Asked): Told => {
    const wrong = wrongWith(ticketSchema, body);
    if (wrong !== undefined) return wrong;
    const given = body as Pick<Ticket, 'requester_id' | 'subject' | 'description' | 'status'>;
    const isKnown =
      given.requester_id === agentId || contacts.some(({ id }) => id === given.requester_id);
    if (!isKnown) return invalid('requester_id');
    const now = new Date().toISOString();
    const ticket = {
      ...given,
      id: tickets.length + 1,
      created_at: now,
      updated_at: now,
      notes: [],
    };
    tickets.push(ticket);
    return { status: 201, body: ticketView(ticket, true) };
  };

  const withTicket = (id: string | undefined, tell: (ticket: Ticket) => Told): Told => {
    const ticket = tickets.find((each) => String(each.id) === id);
    return ticket === undefined ? { status: 404 } : tell(ticket);
  };

  const all = (): readonly string[] =>
    tickets.flatMap(({ description, notes }) => [description, ...notes.map(({ body }) => body)]);

  return {
    routes: {
      'GET /api/v2/agents/me': () => ({
        status: 200,
        body: { id: agentId, contact: { name: 'Ringside', email: 'ringside@acme.example' } },
      }),
      'GET /api/v2/search/contacts': searchContacts,
      'GET /api/v2/contacts': ({ query }) =>
        unknownIn(query, ['email', 'phone', 'mobile', 'page', 'per_page']) ?? {
          status: 200,
          body: contacts.filter(({ email }) => email === query.get('email')).map(contactView),
        },
      'GET /api/v2/contacts/autocomplete': ({ query }) => {
        const words = (query.get('term') ?? '').toLowerCase().split(/\s+/u);
        const found = contacts.filter(({ name }) =>
          words.every((word) => name.toLowerCase().includes(word)),
        );
        return { status: 200, body: found.map(({ id, name }) => ({ id, name })) };
      },
      'GET /api/v2/contacts/:id': (_, { id }) => {
        const contact = contacts.find((each) => String(each.id) === id);
        return contact === undefined
          ? { status: 404 }
          : { status: 200, body: contactView(contact) };
      },
      'POST /api/v2/contacts': ({ body }) => {
        const wrong = wrongWith(contactSchema, body);
        if (wrong !== undefined) return wrong;
        const given = body as Contact;
        const isThere = given.email && contacts.some(({ email }) => email === given.email);
        if (isThere) return refusal(409);
        return { status: 201, body: contactView(addContact(given)) };
      },
      'GET /api/v2/tickets': listTickets,
      'POST /api/v2/tickets': createTicket,
      'POST /api/v2/tickets/:id/notes': ({ body }, { id }) =>
        withTicket(id, ({ notes }) => {
          const wrong = wrongWith(noteSchema, body);
          if (wrong !== undefined) return wrong;
          notes.push(body as Note);
          return { status: 201, body: { id: nextId(), ...(body as Note) } };
        }),
      'GET /api/v2/tickets/:id/conversations': ({ query }, { id }) =>
        withTicket(id, ({ notes }) => ({
          status: 200,
          body: pageOf(notes, query).map((note) => ({ ...note, body_text: textOf(note.body) })),
        })),
      'GET /api/v2/search/solutions': ({ query }) => {
        const wrong = unknownIn(query, ['term']);
        if (wrong !== undefined) return wrong;
        const term = (query.get('term') ?? '').toLowerCase();
        if (term === '') return invalid('term', 'missing_field');
        const found = articles.filter((article) =>
          `${article.title} ${article.text}`.toLowerCase().includes(term),
        );
        const body = found.map(({ id, title, text: words, status }) => ({
          ...{ id, title, status },
          ...{ description: `<p>${words}</p>`, description_text: words },
        }));
        return { status: 200, body };
      },
    },
    refusesCaller: ({ headers }) => {
      const right = `Basic ${Buffer.from(`${key}:X`).toString('base64')}`;
      return headers['authorization'] === right ? undefined : refusal(401);
    },
    refusal,
    addPerson: ({ name, phones: [phone = '', mobile = ''], email = '' }) =>
      String(addContact({ name, phone, mobile, email }).id),
    addItem: (personId, { title, isOpen, updatedAt }) => {
      const at = new Date(updatedAt).toISOString();
      const id = tickets.length + 1;
      tickets.push({
        ...{ id, requester_id: Number(personId), subject: title, description: 'x', notes: [] },
        ...{ status: isOpen ? 6 : 5, created_at: at, updated_at: at },
      });
      return String(id);
    },
    addArticle: ({ title, text: words }) => {
      const id = nextId();
      articles.push({ id, title, text: words, status: published });
      articles.push({ id: nextId(), title: `${title} (draft)`, text: words, status: draft });
      return String(id);
    },
    peopleCount: () => contacts.length,
    written: (wanted) =>
      all().filter((html) => new RegExp(`Ringside ${wanted}(?![\\w/-])`, 'u').test(html)).length,
    texts: all,
    settings: { domain: 'acme', apiKey: key },
    origins: ['https://acme.freshdesk.com'],
  };
};
