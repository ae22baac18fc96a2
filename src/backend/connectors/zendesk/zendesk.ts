import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk, Settings } from '../ask.ts';
import { htmlOfCall, htmlOfText, markOf, plainText } from '../call-text.ts';
import type {
  CallRecord,
  Connection,
  Connector,
  Logged,
  Opened,
  Person,
  RecordItem,
  Ref,
} from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { waitFromSeconds, wordOf, type Dialect } from '../http/dialect.ts';
import { anything, path } from '../http/vendor-http.ts';
import { present, timeOf } from '../http/wire.ts';
import {
  articlesSchema,
  commentsSchema,
  searchSchema,
  ticketAnswerSchema,
  ticketsSchema,
  userAnswerSchema,
  usersSchema,
  type ZendeskTicket,
  type ZendeskUser,
} from './zendesk-answers.ts';

const host = (settings: Settings): string => `https://${settings['subdomain'] ?? ''}.zendesk.com`;

/** `via_id`: how the ticket came in (Managing tickets, "Adding voice comments to tickets"). */
const viaInboundCall = 45;
const viaOutboundCall = 46;
const closedStatuses = new Set(['solved', 'closed']);

/** `{"error":"RecordInvalid","details":{"subject":[…]}}`; a 429 may be text. */
const dialect: Dialect = {
  readRefusal: ({ status, headers, body }, nowMs) => {
    const details =
      typeof body === 'object' && body !== null && 'details' in body ? body.details : undefined;
    const vendorCode = wordOf(body, 'error');
    const retryAfterMs = status === 429 ? waitFromSeconds(headers, nowMs) : undefined;
    return {
      ...(vendorCode === undefined ? {} : { vendorCode }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(typeof details === 'object' && details !== null ? { fields: Object.keys(details) } : {}),
    };
  },
};

const open = ({ http, settings }: Opened): Connection => {
  const page = (kind: 'users' | 'tickets', id: string): string =>
    `${host(settings)}/agent/${kind}/${encodeURIComponent(id)}`;

  const personOf = (user: ZendeskUser): Person => {
    const id = String(user.id);
    const createdAt = timeOf(user.created_at);
    return {
      type: 'user',
      id,
      name: user.name,
      phones: present([user.phone]),
      ...(user.email ? { email: user.email } : {}),
      ...(createdAt === 0 ? {} : { createdAt }),
      url: page('users', id),
    };
  };

  const itemOf = (ticket: ZendeskTicket): RecordItem => {
    const id = String(ticket.id);
    const status = ticket.status ?? '';
    return {
      type: 'ticket',
      id,
      reference: `#${id}`,
      title: ticket.subject ?? '',
      status,
      isOpen: !closedStatuses.has(status),
      updatedAt: timeOf(ticket.updated_at),
      url: page('tickets', id),
    };
  };

  const findUsers = async (query: string, ask: Ask) => {
    const what = 'search users';
    const asked = { what, method: 'GET', path: '/api/v2/users/search', query: { query } } as const;
    const answer = await http.request(asked, usersSchema, ask);
    return answer.ok ? success(answer.value.body.users.map(personOf)) : answer;
  };

  /** The index is behind by some seconds; within two hours the idempotency key finds what it does not. */
  const findTicket = async (key: string, ask: RepeatedAsk): Promise<Outcome<string | null>> => {
    const query = `type:ticket external_id:"${key}"`;
    const asked = { what: 'search tickets', method: 'GET', path: '/api/v2/search' } as const;
    const answer = await http.request({ ...asked, query: { query } }, searchSchema, ask);
    if (!answer.ok) return answer;
    const found = answer.value.body.results.find(({ result_type }) => result_type === 'ticket');
    return success(found === undefined ? null : String(found.id));
  };

  const readTicket = async (id: string, ask: RepeatedAsk): Promise<Outcome<ZendeskTicket>> => {
    const asked = {
      what: 'show ticket',
      method: 'GET',
      path: path`/api/v2/tickets/${id}`,
    } as const;
    const answer = await http.request(asked, ticketAnswerSchema, ask);
    return answer.ok ? success(answer.value.body.ticket) : answer;
  };

  const createOnce = async (
    key: string,
    ticket: Readonly<Record<string, unknown>>,
    ask: RepeatedAsk,
  ): Promise<Outcome<ZendeskTicket>> => {
    if (ask.mayExist) {
      const found = await findTicket(key, ask);
      if (!found.ok) return found;
      if (found.value !== null) return readTicket(found.value, ask);
    }
    const answer = await http.request(
      {
        what: 'create ticket',
        method: 'POST',
        path: '/api/v2/tickets',
        json: { ticket: { external_id: key, ...ticket } },
        headers: { 'idempotency-key': key },
      },
      ticketAnswerSchema,
      ask,
    );
    return answer.ok ? success(answer.value.body.ticket) : answer;
  };

  /** A private comment, once: what was written is known by its mark. */
  const comment = async (
    ticketId: string,
    given: { readonly html: string; readonly mark: string; readonly isPublic: boolean },
    ask: RepeatedAsk,
  ): Promise<Outcome<null>> => {
    if (ask.mayExist) {
      const asked = { what: 'list comments', method: 'GET' } as const;
      const at = path`/api/v2/tickets/${ticketId}/comments`;
      const answer = await http.request({ ...asked, path: at }, commentsSchema, ask);
      if (!answer.ok) return answer;
      const lines = answer.value.body.comments.flatMap(({ body }) => (body ?? '').split('\n'));
      if (lines.some((line) => line.trim() === given.mark)) return success(null);
    }
    const answer = await http.request(
      {
        what: 'update ticket',
        method: 'PUT',
        path: path`/api/v2/tickets/${ticketId}`,
        json: { ticket: { comment: { html_body: given.html, public: given.isPublic } } },
      },
      anything,
      ask,
    );
    return answer.ok ? success(null) : answer;
  };

  const loggedAs = (id: string): Logged => ({ type: 'ticket', id, url: page('tickets', id) });

  const commentOfCall = async (
    ticketId: string,
    call: CallRecord,
    mark: string,
    ask: RepeatedAsk,
  ): Promise<Outcome<Logged>> => {
    const given = { html: htmlOfCall(call, mark), mark, isPublic: false };
    const written = await comment(ticketId, given, ask);
    return written.ok ? success(loggedAs(ticketId)) : written;
  };

  const personPart = (person: Ref | undefined) =>
    person === undefined ? {} : { requester_id: Number(person.id) };

  return {
    testConnection: async (ask) => {
      const asked = { what: 'read the own user', method: 'GET', path: '/api/v2/users/me' } as const;
      const answer = await http.request(asked, userAnswerSchema, ask);
      if (!answer.ok) return answer;
      const { name } = answer.value.body.user;
      return success({ name: `${name}, ${settings['subdomain'] ?? ''}.zendesk.com`, facts: {} });
    },
    // Digits alone; the star finds them behind any country code and any punctuation.
    findByPhone: ({ national }, ask) => findUsers(`role:end-user phone:*${national}`, ask),
    findByText: (text, ask) => findUsers(text.replaceAll(/[\\":*]/gu, ' '), ask),
    recentItems: async (person, limit, ask) => {
      const query = { sort_by: 'updated_at', sort_order: 'desc', per_page: limit };
      const asked = { what: 'list tickets', method: 'GET', query } as const;
      const at = path`/api/v2/users/${person.id}/tickets/requested`;
      const answer = await http.request({ ...asked, path: at }, ticketsSchema, ask);
      return answer.ok ? success(answer.value.body.tickets.slice(0, limit).map(itemOf)) : answer;
    },
    createPerson: async ({ name, e164, email }, ask) => {
      const user = { name, phone: e164, role: 'end-user', ...(email ? { email } : {}) };
      const asked = { what: 'create user', method: 'POST', path: '/api/v2/users' } as const;
      const answer = await http.request({ ...asked, json: { user } }, userAnswerSchema, ask);
      return answer.ok ? success(personOf(answer.value.body.user)) : answer;
    },
    logCall: async (call, ask) => {
      const mark = markOf(call.callId);
      if (call.ticket !== undefined) return commentOfCall(call.ticket.id, call, mark, ask);
      const ticket = await createOnce(
        call.callId,
        {
          subject: call.title,
          via_id: call.direction === 'inbound' ? viaInboundCall : viaOutboundCall,
          ...personPart(call.person),
          tags: ['ringside', ...(call.mappedDisposition ? [call.mappedDisposition] : [])],
          comment: { html_body: htmlOfCall(call, mark), public: false },
        },
        ask,
      );
      return ticket.ok ? success(loggedAs(String(ticket.value.id))) : ticket;
    },
    updateCall: (logged, call, ask) =>
      commentOfCall(logged.id, call, markOf(call.callId, call.revision), ask),
    createTicket: async ({ subject, body, person, tags, key }, ask) => {
      const ticket = await createOnce(
        key,
        {
          subject,
          ...personPart(person),
          tags,
          comment: { html_body: htmlOfText(body), public: false },
        },
        ask,
      );
      return ticket.ok ? success(itemOf(ticket.value)) : ticket;
    },
    appendToTicket: (ticket, { text, isPublic, key }, ask) => {
      const mark = markOf(key);
      return comment(ticket.id, { html: htmlOfText(`${text}\n${mark}`), mark, isPublic }, ask);
    },
    searchKnowledge: async (query, locale, limit, ask) => {
      const asked = { what: 'search articles', method: 'GET' } as const;
      const at = '/api/v2/help_center/articles/search.json';
      const given = { ...asked, path: at, query: { query, locale, per_page: limit } };
      const answer = await http.request(given, articlesSchema, ask);
      if (!answer.ok) return answer;
      return success(
        answer.value.body.results.slice(0, limit).map((article) => ({
          id: String(article.id),
          title: plainText(article.title),
          snippet: plainText(article.snippet ?? ''),
          url: article.html_url,
        })),
      );
    },
  };
};

export const zendesk: Connector = {
  id: 'zendesk',
  name: 'Zendesk',
  fields: [
    {
      name: 'subdomain',
      label: { en: 'Subdomain', es: 'Subdominio', pt: 'Subdomínio' },
      help: {
        en: 'What stands before .zendesk.com.',
        es: 'Lo que está antes de .zendesk.com.',
        pt: 'O que vem antes de .zendesk.com.',
      },
      pattern: /[a-z0-9][a-z0-9-]{0,62}/u,
      example: 'acme',
    },
    {
      name: 'clientId',
      label: {
        en: 'OAuth client: identifier',
        es: 'Cliente OAuth: identificador',
        pt: 'Cliente OAuth: identificador',
      },
    },
    {
      name: 'clientSecret',
      label: {
        en: 'OAuth client: secret',
        es: 'Cliente OAuth: secreto',
        pt: 'Cliente OAuth: segredo',
      },
      isSecret: true,
    },
    {
      name: 'grant',
      label: { en: 'How to connect', es: 'Cómo conectar', pt: 'Como conectar' },
      choices: ['authorization_code', 'client_credentials'],
      isOptional: true,
    },
  ],
  // API tokens end on 30 April 2027: OAuth alone.
  authentication: {
    kind: 'oauth2',
    grant: ({ grant }) =>
      grant === 'client_credentials' ? 'client_credentials' : 'authorization_code',
    authorizeUrl: (settings) => `${host(settings)}/oauth/authorizations/new`,
    tokenUrl: (settings) => `${host(settings)}/oauth/tokens`,
    scopes: ['read', 'write'],
    tokenBody: 'json',
    hasPkce: true,
  },
  // The smallest plan; larger ones tell by a 429 that never comes.
  rate: { requests: 200, perMs: 60_000, atOnce: 8 },
  dialect,
  baseUrl: host,
  open,
};
