import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type Contact = {
  id: string;
  role: string;
  name: string;
  phone: string | null;
  email: string;
  created_at: number;
};
type Filter = { field: string; operator: string; value: unknown };
type Search = { query: { operator: string; value: Filter[] }; pagination?: { per_page?: number } };
type Part = { id: string; part_type: string; body: string };
type FakeTicket = {
  id: string;
  contactId: string;
  title: string;
  description: string;
  category: 'submitted' | 'resolved';
  updatedAt: number;
  parts: Part[];
};
type Talk = { id: string; contactId: string; title: string; state: string; updatedAt: number };

const workspace = 'ab12cd34';
const adminId = '991267459';
const accessToken = 'not-for-anybody-at-all';

const seconds = (ms: number): number => Math.floor(ms / 1_000);
/** Intercom keeps a number with a country code as E.164, and any other as it was given. */
const keptPhone = (text: string): string =>
  text.startsWith('+') ? `+${text.replaceAll(/\D/gu, '')}` : text;
const valueOf = (contact: Contact, field: string): string | undefined => {
  const fields: Readonly<Record<string, string>> = {
    phone: contact.phone ?? '',
    formatted_phone: (contact.phone ?? '').replaceAll(/\D/gu, ''),
    name: contact.name,
    email: contact.email,
  };
  return fields[field];
};
const operators: Readonly<Record<string, (own: string, value: string) => boolean>> = {
  '=': (own, value) => own.toLowerCase() === value.toLowerCase(),
  '~': (own, value) => own.toLowerCase().includes(value.toLowerCase()),
  $: (own, value) => own.endsWith(value),
};

/** So much of a workspace as the connector asks for: contacts with notes, conversations, tickets and articles. */
export const intercomFake = (): VendorModel => {
  const contacts: Contact[] = [];
  const notes: { id: string; contactId: string; body: string }[] = [];
  const tickets: FakeTicket[] = [];
  const talks: Talk[] = [];
  const articles: { id: string; title: string; text: string }[] = [];
  let lastId = 6_000;
  const nextId = (): string => String((lastId += 1));

  const refuse = (status: number, code: string, field?: string): Told => ({
    status,
    body: {
      type: 'error.list',
      request_id: crypto.randomUUID(),
      errors: [{ code, message: 'Ana Pires is wrong', ...(field === undefined ? {} : { field }) }],
    },
    ...(status === 429
      ? { headers: { 'x-ratelimit-reset': String(seconds(Date.now()) + 2) } }
      : {}),
  });

  const contactView = (contact: Contact) => ({
    type: 'contact',
    workspace_id: workspace,
    ...contact,
    external_id: null,
  });

  const withContact = (id: string | undefined, tell: (contact: Contact) => Told): Told => {
    const contact = contacts.find((each) => each.id === id);
    return contact === undefined ? refuse(404, 'not_found') : tell(contact);
  };

  const search = ({ body }: Asked): { filters: Filter[]; most: number } | Told => {
    const { query, pagination } = body as Search;
    const most = pagination?.per_page ?? 20;
    if (query.value.length > 15) return refuse(400, 'too_many_filters');
    if (most > 150) return refuse(400, 'parameter_invalid', 'per_page');
    return { filters: query.value, most };
  };

  const searchContacts = (asked: Asked): Told => {
    const given = search(asked);
    if ('status' in given) return given;
    const found: Contact[] = [];
    for (const contact of contacts) {
      for (const { field, operator, value } of given.filters) {
        const own = valueOf(contact, field);
        const compare = operators[operator];
        if (own === undefined || compare === undefined || value === '') {
          return refuse(400, 'parameter_invalid', 'field');
        }
        if (compare(own, String(value)) && !found.includes(contact)) found.push(contact);
      }
    }
    const data = found.slice(0, given.most).map(contactView);
    return { status: 200, body: { type: 'list', data, total_count: found.length } };
  };

  const ofContact = (asked: Asked): { contactId: string; most: number } | Told => {
    const given = search(asked);
    if ('status' in given) return given;
    const [filter] = given.filters;
    if (filter?.field !== 'contact_ids') return refuse(400, 'parameter_invalid', 'field');
    return { contactId: String(filter.value), most: given.most };
  };

  const ticketView = (ticket: FakeTicket) => ({
    type: 'ticket',
    id: ticket.id,
    ticket_id: `7${ticket.id}`,
    ticket_attributes: {
      _default_title_: ticket.title,
      _default_description_: ticket.description,
    },
    ticket_state: {
      type: 'ticket_state',
      id: '1',
      category: ticket.category,
      internal_label: ticket.category === 'submitted' ? 'Submitted' : 'Resolved',
    },
    created_at: ticket.updatedAt,
    updated_at: ticket.updatedAt,
    open: ticket.category !== 'resolved',
  });

  const createTicket = ({ body }: Asked): Told => {
    const input = body as {
      ticket_type_id: string;
      contacts: { id: string }[];
      ticket_attributes?: Record<string, string>;
    };
    if (input.ticket_type_id !== '54') return refuse(404, 'ticket_type_not_found');
    const [contact] = input.contacts;
    if (contact === undefined) return refuse(400, 'parameter_not_found', 'contacts');
    return withContact(contact.id, ({ id }) => {
      const ticket: FakeTicket = {
        id: nextId(),
        contactId: id,
        title: input.ticket_attributes?.['_default_title_'] ?? '',
        description: input.ticket_attributes?.['_default_description_'] ?? '',
        category: 'submitted',
        updatedAt: seconds(Date.now()),
        parts: [],
      };
      tickets.push(ticket);
      return { status: 200, body: ticketView(ticket) };
    });
  };

  const reply = ({ body }: Asked, { id }: Readonly<Record<string, string>>): Told => {
    const input = body as { message_type: string; type: string; admin_id: string; body: string };
    const ticket = tickets.find((each) => each.id === id);
    if (ticket === undefined) return refuse(404, 'ticket_not_found');
    if (input.type !== 'admin' || input.admin_id !== adminId) {
      return refuse(400, 'parameter_invalid', 'admin_id');
    }
    const part = { id: nextId(), part_type: input.message_type, body: input.body };
    ticket.parts.push(part);
    return { status: 200, body: { type: 'ticket_part', ...part } };
  };

  const createContact = ({ body }: Asked): Told => {
    const input = body as { role?: string; name?: string; phone?: string; email?: string };
    const { role = 'user', name = '', phone = null, email = '' } = input;
    if (role === 'user' && email === '') return refuse(400, 'parameter_not_found', 'email');
    if (email !== '' && contacts.some((each) => each.email === email)) {
      return refuse(409, 'conflict');
    }
    const contact = { id: nextId(), role, name, phone, email, created_at: seconds(Date.now()) };
    contacts.push(contact);
    return { status: 200, body: contactView(contact) };
  };

  return {
    routes: {
      'GET /me': () => ({
        status: 200,
        body: {
          type: 'admin',
          id: adminId,
          name: 'Ringside',
          email: 'ringside@acme.example',
          app: { type: 'app', id_code: workspace, name: 'Acme', region: 'EU' },
        },
      }),
      'POST /contacts/search': searchContacts,
      'POST /contacts': createContact,
      'GET /contacts/:id/notes': ({ query }, { id }) =>
        withContact(id, () => {
          const own = notes.filter(({ contactId }) => contactId === id);
          const size = Number(query.get('per_page') ?? 10);
          const page = Number(query.get('page') ?? 1);
          const data = own
            .slice((page - 1) * size, page * size)
            .map(({ id: noteId, body }) => ({ type: 'note', id: noteId, body }));
          const pages = { type: 'pages', page, total_pages: Math.ceil(own.length / size) };
          return { status: 200, body: { type: 'list', data, total_count: own.length, pages } };
        }),
      'POST /contacts/:id/notes': ({ body }, { id }) =>
        withContact(id, (contact) => {
          const note = { id: nextId(), contactId: contact.id, body: (body as Part).body };
          notes.push(note);
          return { status: 200, body: { type: 'note', id: note.id, body: note.body } };
        }),
      'POST /conversations/search': (asked) => {
        const given = ofContact(asked);
        if ('status' in given) return given;
        const own = talks
          .filter(({ contactId }) => contactId === given.contactId)
          .slice(0, given.most)
          .map(({ id, title, state, updatedAt }) => ({
            type: 'conversation',
            id,
            title: null,
            state,
            open: state === 'open',
            updated_at: updatedAt,
            source: { type: 'conversation', subject: `<p>${title}</p>`, body: '<p>Hello</p>' },
          }));
        return { status: 200, body: { type: 'conversation.list', conversations: own } };
      },
      'POST /tickets/search': (asked) => {
        const given = ofContact(asked);
        if ('status' in given) return given;
        const own = tickets.filter(({ contactId }) => contactId === given.contactId);
        const body = { type: 'ticket.list', tickets: own.slice(0, given.most).map(ticketView) };
        return { status: 200, body };
      },
      'GET /ticket_types': () => ({
        status: 200,
        body: {
          type: 'list',
          data: [
            { type: 'ticket_type', id: '53', name: 'Old', archived: true },
            { type: 'ticket_type', id: '54', name: 'Question', archived: false },
          ],
        },
      }),
      'POST /tickets': createTicket,
      'GET /tickets/:id': (_, { id }) => {
        const ticket = tickets.find((each) => each.id === id);
        if (ticket === undefined) return refuse(404, 'ticket_not_found');
        const parts = { type: 'ticket_part.list', ticket_parts: ticket.parts };
        return { status: 200, body: { ...ticketView(ticket), ticket_parts: parts } };
      },
      'POST /tickets/:id/reply': reply,
      'GET /articles/search': ({ query }) => {
        const phrase = (query.get('phrase') ?? '').toLowerCase();
        const found = articles.filter(({ title, text }) =>
          `${title} ${text}`.toLowerCase().includes(phrase),
        );
        const views = found.map(({ id, title, text }) => ({
          type: 'article',
          id,
          workspace_id: workspace,
          title,
          description: null,
          state: 'published',
          url: text === 'unlisted' ? null : `https://help.acme.example/en/articles/${id}`,
          author_id: 1,
        }));
        const highlights = found.map(({ id, text }) => ({
          article_id: id,
          highlighted_title: [{ type: 'plain', text: 'x' }],
          highlighted_summary: [
            [
              { type: 'plain', text: `${text} &amp; ` },
              { type: 'highlight', text: '<b>more</b>' },
            ],
          ],
        }));
        const data = { articles: views, highlights };
        return { status: 200, body: { type: 'list', total_count: found.length, data } };
      },
    },
    refusesCaller: (asked) => {
      if (tokenOf(asked) !== accessToken) return refuse(401, 'unauthorized');
      return asked.headers['intercom-version'] === '2.16'
        ? undefined
        : refuse(400, 'intercom_version_invalid');
    },
    refusal: (status) => refuse(status, status === 429 ? 'rate_limit_exceeded' : 'server_error'),
    addPerson: ({ name, phones, email = '' }) => {
      const id = nextId();
      const phone = phones[0] === undefined ? null : keptPhone(phones[0]);
      const created_at = seconds(Date.UTC(2026, 0, 1));
      contacts.push({ id, role: 'user', name, phone, email, created_at });
      return id;
    },
    addItem: (contactId, { title, isOpen, updatedAt }) => {
      const id = nextId();
      const at = seconds(updatedAt);
      talks.push({ id, contactId, title, state: isOpen ? 'open' : 'closed', updatedAt: at });
      return id;
    },
    addArticle: ({ title, text }) => {
      const id = nextId();
      articles.push({ id, title, text });
      return id;
    },
    peopleCount: () => contacts.length,
    written: (key) => {
      const all = [
        ...notes.map(({ body }) => body),
        ...tickets.flatMap(({ description, parts }) => [
          description,
          ...parts.map(({ body }) => body),
        ]),
      ];
      return all.filter((text) =>
        text.split(/\n|<[^>]*>/u).some((line) => line.trim() === `Ringside ${key}`),
      ).length;
    },
    texts: () => [
      ...notes.map(({ body }) => body),
      ...tickets.flatMap(({ description, parts }) => [
        description,
        ...parts.map(({ body }) => body),
      ]),
    ],
    settings: { region: 'eu', accessToken },
    origins: ['https://api.eu.intercom.io'],
    description: { file: 'intercom-2.16.json' },
  };
};
