import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type User = { id: number; name: string; phone: string; email: string; created_at: string };
type Comment = { id: number; body: string; public: boolean };
type FakeTicket = {
  id: number;
  subject: string;
  status: string;
  updated_at: string;
  created_at: string;
  requester_id: number;
  external_id: string | null;
  comments: Comment[];
};
type TicketInput = {
  subject?: string;
  requester_id?: number;
  external_id?: string;
  comment?: { html_body?: string; public?: boolean };
};

const digitsOf = (text: string): string => text.replaceAll(/\D/gu, '');
const bodyOf = (html: string): string =>
  html.replaceAll(/<br>|<\/p>|<\/li>/gu, '\n').replaceAll(/<[^>]+>/gu, '');

/** Whoever writes is the requester where nobody is named. */
const ownId = 1;

/** So much of a Zendesk account as the connector asks for: users, tickets with comments, and a help centre. */
export const zendeskFake = (subdomain = 'acme'): VendorModel => {
  const users: User[] = [];
  const tickets: FakeTicket[] = [];
  const articles: { id: number; title: string; text: string }[] = [];
  const idempotent = new Map<string, FakeTicket>();
  let lastId = 1_000;
  const nextId = (): number => (lastId += 1);
  const now = (): string => new Date().toISOString();

  const ticketView = ({ comments: _, ...ticket }: FakeTicket) => ticket;

  const matching = (query: string): readonly User[] => {
    const phone = /phone:\*?(\d+)/u.exec(query)?.[1];
    if (phone !== undefined) {
      const isSuffix = query.includes('phone:*');
      return users.filter((user) => {
        const digits = digitsOf(user.phone);
        return isSuffix ? digits.endsWith(phone) : digits === phone;
      });
    }
    const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
    if (words.length === 0) return [];
    return users.filter((user) =>
      words.every((word) => `${user.name} ${user.email}`.toLowerCase().includes(word)),
    );
  };

  const addComment = (ticket: FakeTicket, input: TicketInput): void => {
    if (input.comment === undefined) return;
    const { html_body: html = '', public: isPublic = true } = input.comment;
    ticket.comments.push({ id: nextId(), body: bodyOf(html), public: isPublic });
    ticket.updated_at = now();
  };

  const createTicket = ({ body, headers }: Asked): Told => {
    const input = (body as { ticket: TicketInput }).ticket;
    const key = headers['idempotency-key'] ?? '';
    const known = idempotent.get(key);
    if (known !== undefined) {
      return {
        status: 201,
        body: { ticket: ticketView(known) },
        headers: { 'x-idempotency-lookup': 'hit' },
      };
    }
    if (input.comment === undefined) return refusal(422);
    const ticket: FakeTicket = {
      id: nextId(),
      subject: input.subject ?? '',
      status: 'open',
      updated_at: now(),
      created_at: now(),
      requester_id: input.requester_id ?? ownId,
      external_id: input.external_id ?? null,
      comments: [],
    };
    addComment(ticket, input);
    tickets.push(ticket);
    if (key !== '') idempotent.set(key, ticket);
    return { status: 201, body: { ticket: ticketView(ticket) } };
  };

  const withTicket = (id: string | undefined, tell: (ticket: FakeTicket) => Told): Told => {
    const ticket = tickets.find((each) => String(each.id) === id);
    return ticket === undefined ? refusal(404) : tell(ticket);
  };

  const refusal = (status: number): Told => {
    if (status === 429)
      return { status, text: 'Too many requests', headers: { 'retry-after': '2' } };
    if (status === 401) return { status, body: { error: "Couldn't authenticate you" } };
    if (status === 422) {
      const details = { subject: [{ description: 'Subject: Ana Pires is wrong' }] };
      return { status, body: { error: 'RecordInvalid', description: 'Ana Pires', details } };
    }
    return { status, body: { error: 'RecordNotFound', description: 'Ana Pires was not found' } };
  };

  return {
    routes: {
      'GET /api/v2/users/me': () => ({
        status: 200,
        body: { user: { id: ownId, name: 'Ringside', email: 'ringside@acme.example' } },
      }),
      'GET /api/v2/users/search': ({ query }) => {
        const found = matching(query.get('query') ?? '');
        return { status: 200, body: { users: found, count: found.length } };
      },
      'POST /api/v2/users': ({ body }) => {
        const input = (body as { user: { name: string; phone?: string; email?: string } }).user;
        const { name, phone = '', email = '' } = input;
        const user = { id: nextId(), name, phone, email, created_at: now() };
        users.push(user);
        return { status: 201, body: { user } };
      },
      'GET /api/v2/users/:id/tickets/requested': ({ query }, { id }) => {
        const own = tickets
          .filter((ticket) => String(ticket.requester_id) === id)
          .sort((a, b) => b.updated_at.localeCompare(a.updated_at))
          .slice(0, Number(query.get('per_page') ?? 100));
        return { status: 200, body: { tickets: own.map(ticketView), count: own.length } };
      },
      'GET /api/v2/search': ({ query }) => {
        const key = /external_id:"([^"]+)"/u.exec(query.get('query') ?? '')?.[1];
        const found = tickets.filter((ticket) => ticket.external_id === key);
        const results = found.map((ticket) => ({ ...ticketView(ticket), result_type: 'ticket' }));
        return { status: 200, body: { results, count: results.length } };
      },
      'POST /api/v2/tickets': createTicket,
      'GET /api/v2/tickets/:id': (_, { id }) =>
        withTicket(id, (ticket) => ({ status: 200, body: { ticket: ticketView(ticket) } })),
      'PUT /api/v2/tickets/:id': ({ body }, { id }) =>
        withTicket(id, (ticket) => {
          addComment(ticket, (body as { ticket: TicketInput }).ticket);
          return { status: 200, body: { ticket: ticketView(ticket) } };
        }),
      'GET /api/v2/tickets/:id/comments': (_, { id }) =>
        withTicket(id, ({ comments }) => ({ status: 200, body: { comments } })),
      'GET /api/v2/help_center/articles/search.json': ({ query }) => {
        const word = (query.get('query') ?? '').toLowerCase();
        const found = articles.filter(({ title, text }) =>
          `${title} ${text}`.toLowerCase().includes(word),
        );
        const results = found.map(({ id, title, text }) => ({
          id,
          title,
          snippet: `… <em>${text}</em> &amp; more`,
          html_url: `https://${subdomain}.zendesk.com/hc/en-us/articles/${String(id)}`,
        }));
        return { status: 200, body: { results, count: results.length } };
      },
    },
    refusesCaller: (asked, goodTokens) =>
      goodTokens.has(tokenOf(asked)) ? undefined : refusal(401),
    refusal,
    addPerson: ({ name, phones, email = '' }) => {
      const [phone = ''] = phones;
      const user = { id: nextId(), name, phone, email, created_at: now() };
      users.push(user);
      return String(user.id);
    },
    addItem: (personId, { title, isOpen, updatedAt }) => {
      const at = new Date(updatedAt).toISOString();
      const ticket: FakeTicket = {
        id: nextId(),
        subject: title,
        status: isOpen ? 'open' : 'solved',
        updated_at: at,
        created_at: at,
        requester_id: Number(personId),
        external_id: null,
        comments: [],
      };
      tickets.push(ticket);
      return String(ticket.id);
    },
    addArticle: ({ title, text }) => {
      const id = nextId();
      articles.push({ id, title, text });
      return String(id);
    },
    peopleCount: () => users.length,
    written: (key) =>
      tickets.filter(({ external_id: own }) => own === key).length +
      tickets
        .filter(({ external_id: own }) => own !== key)
        .flatMap(({ comments }) => comments)
        .filter(({ body }) => body.split('\n').some((line) => line.trim() === `Ringside ${key}`))
        .length,
    texts: () => tickets.flatMap(({ comments }) => comments.map(({ body }) => body)),
    settings: { subdomain, clientId: 'ringside-app', clientSecret: 'not-for-anybody' },
    origins: [`https://${subdomain}.zendesk.com`],
    description: { file: 'zendesk-support.json', except: ['GET /api/v2/users/me'] },
  };
};
