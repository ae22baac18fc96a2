import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  tokenOf,
  type Asked,
  type Told,
  type VendorModel,
} from '../../../../tests/support/connectors/fake-vendor.ts';

type Customer = { id: number; first: string; last: string; numbers: string[]; mail: string | null };
type Ticket = { key: string; owner: string; subject: string; state: string; changed: number };
type Event = { id: string; type: string; call?: { lines: unknown; recordingUrl: string | null } };

const apiKey = 'not-for-anybody';
const webhookSecret = 'a-secret-of-our-own-make';
const toleranceSeconds = 300;
const digitsOf = (text: string): string => text.replaceAll(/\D/gu, '');

/** As whoever receives a webhook has to do it: over the bytes, in constant time, and not for an old one. */
const isSigned = ({ headers, body }: Asked): boolean => {
  const parts = new Map(
    (headers['ringside-signature'] ?? '').split(',').map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name, value];
    }),
  );
  const t = parts.get('t') ?? '';
  const told = Buffer.from(parts.get('v1') ?? '', 'hex');
  const own = createHmac('sha256', webhookSecret)
    .update(`${t}.${JSON.stringify(body)}`)
    .digest();
  const isNew = Math.abs(Date.now() / 1_000 - Number(t)) < toleranceSeconds;
  return isNew && told.length === own.length && timingSafeEqual(told, own);
};

/** A CRM that a company made itself: people with several numbers, tickets, and an address for calls. */
export const genericHttpFake =
  (authentication: 'header' | 'basic' | 'oauth2' = 'header') =>
  (): VendorModel => {
    const customers: Customer[] = [];
    const tickets: Ticket[] = [];
    const events = new Map<string, Event>();
    let lastId = 100;

    const view = ({ id, first, last, numbers, mail }: Customer) => ({
      id,
      attributes: { 'first-name': first, 'last-name': last },
      numbers: numbers.map((number) => ({ kind: 'main', number })),
      mail,
      employer: { name: 'Acme' },
    });
    const refusal = (status: number): Told => ({
      status,
      body: { error: 'Ana Pires is wrong' },
      ...(status === 429 ? { headers: { 'retry-after': '2' } } : {}),
    });
    const list = (found: readonly Customer[]): Told => ({
      status: 200,
      body: { result: { people: found.map(view) }, total: found.length },
    });

    const receive = (asked: Asked): Told => {
      const event = asked.body as Event;
      if (!isSigned(asked)) return refusal(401);
      if (asked.headers['ringside-event-id'] !== event.id) return refusal(422);
      // Known already: there is nothing to do.
      if (!events.has(event.id)) events.set(event.id, event);
      if (event.type === 'ping') return { status: 200, text: 'ok' };
      const url = 'https://crm.acme.example/calls/1';
      return { status: 200, body: { id: `call-${event.id.slice(0, 8)}`, url } };
    };

    const isCaller = (asked: Asked, goodTokens: ReadonlySet<string>): boolean => {
      if (authentication === 'oauth2') return goodTokens.has(tokenOf(asked));
      if (authentication === 'header') return asked.headers['x-api-key'] === apiKey;
      const basic = Buffer.from(`ringside:${apiKey}`).toString('base64');
      return asked.headers['authorization'] === `Basic ${basic}`;
    };

    return {
      routes: {
        'GET /api/people': ({ query }) => {
          const phone = query.get('phone') ?? '';
          if (!/^\d{4,}$/u.test(phone)) return refusal(422);
          return list(
            customers.filter(({ numbers }) =>
              numbers.some((number) => digitsOf(number).endsWith(phone)),
            ),
          );
        },
        'POST /api/people/search': ({ body }) => {
          const { filter } = body as { filter: { text: string } };
          const words = filter.text.toLowerCase();
          return list(
            customers.filter(({ first, last }) => `${first} ${last}`.toLowerCase().includes(words)),
          );
        },
        'GET /api/people/:id/tickets': (_, { id }) => ({
          status: 200,
          body: tickets
            .filter(({ owner }) => owner === id)
            .map(({ key, subject, state, changed }) => ({ key, subject, state, changed })),
        }),
        'POST /api/hooks/ringside': receive,
      },
      refusesCaller: (asked, goodTokens) =>
        isCaller(asked, goodTokens) ? undefined : refusal(401),
      refusal,
      addPerson: ({ name, phones, email = null }) => {
        const [first = '', last = ''] = name.split(' ');
        const id = (lastId += 1);
        customers.push({ id, first, last, numbers: [...phones], mail: email });
        return String(id);
      },
      addItem: (owner, { title, isOpen, updatedAt }) => {
        const key = `T-${String((lastId += 1))}`;
        const state = isOpen ? 'Open' : 'Done';
        tickets.push({ key, owner, subject: title, state, changed: updatedAt / 1_000 });
        return key;
      },
      addArticle: () => {
        throw new Error('knowledge is a link');
      },
      peopleCount: () => customers.length,
      written: (key) => [...events.keys()].filter((id) => id === key).length,
      texts: () => [...events.values()].map((event) => JSON.stringify(event)),
      settings: {
        baseUrl: 'https://crm.acme.example/api',
        authentication,
        ...(authentication === 'header' ? { authHeader: 'X-Api-Key', authValue: apiKey } : {}),
        ...(authentication === 'basic' ? { username: 'ringside', password: apiKey } : {}),
        ...(authentication === 'oauth2'
          ? {
              tokenUrl: 'https://login.acme.example/oauth/token',
              clientId: 'ringside-app',
              clientSecret: apiKey,
            }
          : {}),
        lookupPath: '/people?phone={national}',
        searchPath: '/people/search',
        searchBody: '{"filter": {"text": "{text}"}, "page": {}}',
        peopleList: '$.result.people[*]',
        personName: "attributes['first-name'], attributes['last-name']",
        personPhones: 'numbers[*].number',
        personEmail: 'mail',
        personCompany: 'employer.name',
        personPage: 'https://crm.acme.example/people/{id}',
        itemsPath: '/people/{id}/tickets',
        itemId: 'key',
        itemTitle: 'subject',
        itemStatus: 'state',
        itemUpdated: 'changed',
        itemPage: 'https://crm.acme.example/tickets/{id}',
        webhookPath: '/hooks/ringside',
        webhookSecret,
      },
      origins: ['https://crm.acme.example', 'https://login.acme.example'],
    };
  };
