import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk, Settings } from '../ask.ts';
import { hasMark, htmlOfCall, htmlOfText, markOf, plainText } from '../call-text.ts';
import type {
  CallRecord,
  Connection,
  Logged,
  NewTicket,
  Opened,
  Person,
  RecordItem,
  Ref,
} from '../connector.ts';
import { failed, type Outcome } from '../failure.ts';
import { anything, path } from '../http/vendor-http.ts';
import { present } from '../http/wire.ts';
import {
  articlesSchema,
  contactSchema,
  contactsSchema,
  conversationsSchema,
  meSchema,
  notesSchema,
  ticketSchema,
  ticketsSchema,
  ticketTypesSchema,
  withPartsSchema,
  type IntercomContact,
  type IntercomConversation,
  type IntercomTicket,
} from './intercom-answers.ts';

/** As many as a search takes ("Search conversations"); the newest of them are looked for here. */
const perPage = 60;

/** Where a workspace's data is kept decides its hosts. */
export const regionPart = ({ region }: Settings): string =>
  region === 'eu' || region === 'au' ? `${region}.` : '';

type Filter = { readonly field: string; readonly operator: string; readonly value: string };

const searchOf = (filters: readonly Filter[], most: number) => ({
  query: { operator: 'OR', value: filters },
  pagination: { per_page: most },
});

const needsPerson = (what: string) =>
  failed('validation', `${what}: Intercom keeps it with a person, and it has none`);

export const openIntercom = ({ http, settings, facts }: Opened): Connection => {
  const readMe = async (ask: Ask) => {
    const answer = await http.request(
      { what: 'read the own account', method: 'GET', path: '/me' },
      meSchema,
      ask,
    );
    return answer.ok ? success(answer.value.body) : answer;
  };

  /** Both are facts of a connection that was tested. */
  const ownIds = async (
    ask: Ask,
  ): Promise<Outcome<{ readonly appId: string; readonly adminId: string }>> => {
    const { appId, adminId } = facts;
    if (appId !== undefined && adminId !== undefined) return success({ appId, adminId });
    const me = await readMe(ask);
    return me.ok ? success({ appId: me.value.app.id_code, adminId: String(me.value.id) }) : me;
  };

  const pageOf = (appId: string, { type, id }: Ref): string => {
    const at = type === 'contact' ? 'users' : 'inbox/inbox/conversation';
    const base = `https://app.${regionPart(settings)}intercom.com/a/apps`;
    return `${base}/${encodeURIComponent(appId)}/${at}/${encodeURIComponent(id)}`;
  };

  const personOf = (contact: IntercomContact, appId: string): Person => {
    const ref = { type: 'contact', id: String(contact.id) };
    return {
      ...ref,
      name: contact.name ?? contact.email ?? contact.phone ?? '',
      phones: present([contact.phone]),
      ...(contact.email ? { email: contact.email } : {}),
      ...(contact.created_at ? { createdAt: contact.created_at * 1_000 } : {}),
      url: pageOf(contact.workspace_id ?? appId, ref),
    };
  };

  const findContacts = async (
    filters: readonly Filter[],
    ask: Ask,
  ): Promise<Outcome<readonly Person[]>> => {
    // An empty value is refused.
    if (filters.some(({ value }) => value.trim() === '')) return success([]);
    const [own, answer] = await Promise.all([
      ownIds(ask),
      http.request(
        {
          what: 'search contacts',
          method: 'POST',
          path: '/contacts/search',
          json: searchOf(filters, 10),
        },
        contactsSchema,
        ask,
      ),
    ]);
    if (!answer.ok) return answer;
    if (!own.ok) return own;
    return success(answer.value.body.data.map((contact) => personOf(contact, own.value.appId)));
  };

  const itemOfTicket = (ticket: IntercomTicket, appId: string): RecordItem => {
    const ref = { type: 'ticket', id: String(ticket.id) };
    const title = ticket.ticket_attributes?.['_default_title_'];
    const { category, internal_label: label } = ticket.ticket_state ?? {};
    return {
      ...ref,
      reference: `#${String(ticket.ticket_id ?? ticket.id)}`,
      title: typeof title === 'string' ? title : '',
      status: label ?? category ?? '',
      isOpen: category !== 'resolved',
      updatedAt: (ticket.updated_at ?? 0) * 1_000,
      url: pageOf(appId, ref),
    };
  };

  const itemOfConversation = (conversation: IntercomConversation, appId: string): RecordItem => {
    const ref = { type: 'conversation', id: String(conversation.id) };
    const { title, source } = conversation;
    const words = present([title, source?.subject, source?.body]).map((text) =>
      plainText(text, 80),
    );
    return {
      ...ref,
      reference: `#${ref.id}`,
      title: present(words)[0] ?? '',
      status: conversation.state ?? '',
      isOpen: conversation.state !== 'closed',
      updatedAt: (conversation.updated_at ?? 0) * 1_000,
      url: pageOf(appId, ref),
    };
  };

  const ofContact = (personId: string) =>
    searchOf([{ field: 'contact_ids', operator: '=', value: personId }], perPage);

  const ticketsOf = async (personId: string, ask: Ask) => {
    const asked = { what: 'search tickets', method: 'POST', path: '/tickets/search' } as const;
    const answer = await http.request({ ...asked, json: ofContact(personId) }, ticketsSchema, ask);
    return answer.ok ? success(answer.value.body.tickets) : answer;
  };

  const notePage = async (contactId: string, page: number, ask: Ask) => {
    const asked = { what: 'list notes', method: 'GET', query: { page, per_page: 50 } } as const;
    const at = path`/contacts/${contactId}/notes`;
    const answer = await http.request({ ...asked, path: at }, notesSchema, ask);
    return answer.ok ? success(answer.value.body) : answer;
  };

  /** The newest notes are on the first page or on the last one; nobody says on which. */
  const hasNote = async (contactId: string, mark: string, ask: Ask): Promise<Outcome<boolean>> => {
    const first = await notePage(contactId, 1, ask);
    if (!first.ok) return first;
    const has = ({ data }: (typeof first)['value']): boolean =>
      data.some(({ body }) => hasMark(body ?? '', mark));
    const count = first.value.pages?.total_pages ?? 1;
    if (has(first.value) || count <= 1) return success(has(first.value));
    const last = await notePage(contactId, count, ask);
    return last.ok ? success(has(last.value)) : last;
  };

  const noteOnContact = async (
    contactId: string,
    html: string,
    mark: string,
    ask: RepeatedAsk,
  ): Promise<Outcome<null>> => {
    if (ask.mayExist) {
      const known = await hasNote(contactId, mark, ask);
      if (!known.ok || known.value) return known.ok ? success(null) : known;
    }
    const { adminId } = facts;
    const json = { body: html, ...(adminId === undefined ? {} : { admin_id: adminId }) };
    const asked = { what: 'create note', method: 'POST' } as const;
    const at = path`/contacts/${contactId}/notes`;
    const answer = await http.request({ ...asked, path: at, json }, anything, ask);
    return answer.ok ? success(null) : answer;
  };

  /** A part of a ticket or conversation; a note is for the team alone. */
  const addPart = async (
    { type, id }: Ref,
    part: { readonly html: string; readonly mark: string; readonly isPublic: boolean },
    ask: RepeatedAsk,
  ): Promise<Outcome<null>> => {
    const at = type === 'conversation' ? path`/conversations/${id}` : path`/tickets/${id}`;
    if (ask.mayExist) {
      const asked = { what: `show ${type}`, method: 'GET', path: at } as const;
      const answer = await http.request(asked, withPartsSchema, ask);
      if (!answer.ok) return answer;
      const { ticket_parts: ofTicket, conversation_parts: ofTalk } = answer.value.body;
      const parts = [...(ofTicket?.ticket_parts ?? []), ...(ofTalk?.conversation_parts ?? [])];
      if (parts.some(({ body }) => hasMark(body ?? '', part.mark))) return success(null);
    }
    const own = await ownIds(ask);
    if (!own.ok) return own;
    const json = {
      message_type: part.isPublic ? 'comment' : 'note',
      type: 'admin',
      admin_id: own.value.adminId,
      body: part.html,
    };
    const asked = { what: `reply to ${type}`, method: 'POST', path: `${at}/reply` } as const;
    const answer = await http.request({ ...asked, json }, anything, ask);
    return answer.ok ? success(null) : answer;
  };

  const writeCall = async (
    { type, id }: Ref,
    call: CallRecord,
    mark: string,
    ask: RepeatedAsk,
  ): Promise<Outcome<Logged>> => {
    const ref = { type, id };
    const own = await ownIds(ask);
    if (!own.ok) return own;
    const html = htmlOfCall(call, mark);
    const written = await (ref.type === 'ticket' || ref.type === 'conversation'
      ? addPart(ref, { html, mark, isPublic: false }, ask)
      : noteOnContact(ref.id, html, mark, ask));
    return written.ok ? success({ ...ref, url: pageOf(own.value.appId, ref) }) : written;
  };

  const ticketType = async (ask: Ask): Promise<Outcome<string>> => {
    const own = settings['ticketType'] ?? '';
    if (own !== '') return success(own);
    const asked = { what: 'list ticket types', method: 'GET', path: '/ticket_types' } as const;
    const answer = await http.request(asked, ticketTypesSchema, ask);
    if (!answer.ok) return answer;
    const first = answer.value.body.data.find(({ archived }) => archived !== true);
    return first === undefined
      ? failed('validation', 'create ticket: the workspace has no ticket type')
      : success(String(first.id));
  };

  const ticketOnce = async (
    { subject, body, key }: NewTicket,
    personId: string,
    ask: RepeatedAsk,
  ): Promise<Outcome<IntercomTicket>> => {
    const mark = markOf(key);
    if (ask.mayExist) {
      const kept = await ticketsOf(personId, ask);
      if (!kept.ok) return kept;
      const found = kept.value.find(({ ticket_attributes: attributes }) => {
        const text = attributes?.['_default_description_'];
        return typeof text === 'string' && hasMark(text, mark);
      });
      if (found !== undefined) return success(found);
    }
    const type = await ticketType(ask);
    if (!type.ok) return type;
    const json = {
      ticket_type_id: type.value,
      contacts: [{ id: personId }],
      ticket_attributes: { _default_title_: subject, _default_description_: `${body}\n${mark}` },
      skip_notifications: true,
    };
    const asked = { what: 'create ticket', method: 'POST', path: '/tickets', json } as const;
    const answer = await http.request(asked, ticketSchema, ask);
    return answer.ok ? success(answer.value.body) : answer;
  };

  return {
    testConnection: async (ask) => {
      const me = await readMe(ask);
      if (!me.ok) return me;
      const { id, app } = me.value;
      const own = { appId: app.id_code, adminId: String(id) };
      return success({ name: app.name ?? app.id_code, facts: own });
    },
    // Kept as E.164 where Intercom could read it; `formatted_phone` is its digits; `$` is "ends with".
    findByPhone: ({ e164, digits, last10 }, ask) =>
      findContacts(
        [
          ...(e164 === null ? [] : [{ field: 'phone', operator: '=', value: e164 }]),
          { field: 'formatted_phone', operator: '=', value: digits },
          { field: 'phone', operator: '$', value: last10 },
        ],
        ask,
      ),
    findByText: (text, ask) =>
      findContacts(
        ['name', 'email'].map((field) => ({ field, operator: '~', value: text })),
        ask,
      ),
    recentItems: async (person, limit, ask) => {
      const asked = { what: 'search conversations', method: 'POST' } as const;
      const given = { ...asked, path: '/conversations/search', json: ofContact(person.id) };
      const [own, tickets, talks] = await Promise.all([
        ownIds(ask),
        ticketsOf(person.id, ask),
        http.request(given, conversationsSchema, ask),
      ]);
      if (!tickets.ok) return tickets;
      if (!talks.ok) return talks;
      if (!own.ok) return own;
      const { appId } = own.value;
      const ofTickets = tickets.value.map((ticket) => itemOfTicket(ticket, appId));
      // A customer's ticket is a conversation as well.
      const known = new Set(ofTickets.map(({ id }) => id));
      const ofTalks = talks.value.body.conversations
        .map((talk) => itemOfConversation(talk, appId))
        .filter(({ id }) => !known.has(id));
      const all = [...ofTickets, ...ofTalks].sort((a, b) => b.updatedAt - a.updatedAt);
      return success(all.slice(0, limit));
    },
    createPerson: async ({ name, e164, email }, ask) => {
      const own = await ownIds(ask);
      if (!own.ok) return own;
      // A user has to have an e-mail address or an id of the company's own; a lead has not.
      const json = email
        ? { role: 'user', name, phone: e164, email }
        : { role: 'lead', name, phone: e164 };
      const asked = { what: 'create contact', method: 'POST', path: '/contacts', json } as const;
      const answer = await http.request(asked, contactSchema, ask);
      return answer.ok ? success(personOf(answer.value.body, own.value.appId)) : answer;
    },
    logCall: async (call, ask) => {
      const ref = call.ticket ?? call.person;
      if (ref === undefined) return needsPerson('log the call');
      return writeCall(ref, call, markOf(call.callId), ask);
    },
    updateCall: (logged, call, ask) =>
      writeCall(logged, call, markOf(call.callId, call.revision), ask),
    createTicket: async (ticket, ask) => {
      if (ticket.person === undefined) return needsPerson('create ticket');
      const own = await ownIds(ask);
      if (!own.ok) return own;
      const made = await ticketOnce(ticket, ticket.person.id, ask);
      return made.ok ? success(itemOfTicket(made.value, own.value.appId)) : made;
    },
    appendToTicket: (ticket, { text, isPublic, key }, ask) => {
      const mark = markOf(key);
      return addPart(ticket, { html: htmlOfText(`${text}\n${mark}`), mark, isPublic }, ask);
    },
    searchKnowledge: async (query, _locale, limit, ask) => {
      const asked = { what: 'search articles', method: 'GET', path: '/articles/search' } as const;
      const given = { ...asked, query: { phrase: query, state: 'published', highlight: true } };
      const answer = await http.request(given, articlesSchema, ask);
      if (!answer.ok) return answer;
      const { articles, highlights } = answer.value.body.data;
      const summaryOf = (id: string): string =>
        (highlights ?? [])
          .filter((each) => String(each.article_id) === id)
          .flatMap(({ highlighted_summary: lines }) => lines ?? [])
          .map((pieces) => pieces.map(({ text }) => text ?? '').join(''))
          .join(' … ');
      return success(
        articles
          .map(({ id, title, description, url }) => ({
            id: String(id),
            title: plainText(title),
            snippet: plainText(present([summaryOf(String(id)), description])[0] ?? ''),
            url: url ?? '',
          }))
          // Without a help centre an article has no page that an agent could open or send.
          .filter(({ url }) => url.startsWith('https://'))
          .slice(0, limit),
      );
    },
  };
};
