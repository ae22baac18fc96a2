import { success } from '../../../shared/result.ts';
import type { PhoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { hasMark, htmlOfCall, htmlOfText, markOf } from '../call-text.ts';
import type {
  CallRecord,
  Connection,
  Logged,
  Opened,
  Person,
  RecordItem,
  Ref,
} from '../connector.ts';
import { failed, type Outcome } from '../failure.ts';
import { anything, path, type VendorRequest } from '../http/vendor-http.ts';
import { present, timeOf } from '../http/wire.ts';
import {
  conversationSchema,
  conversationsSchema,
  customersSchema,
  mailboxesSchema,
  meSchema,
  threadsSchema,
  type HelpScoutConversation,
  type HelpScoutCustomer,
} from './help-scout-answers.ts';

const pages = 'https://secure.helpscout.net';
/** Longer queries are refused, characters ("Search Customers (v3)"). */
const longestQuery = 500;
const longestName = 40;
const closedStatuses = new Set(['closed', 'spam']);

/** Without what would end a quoted value. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/gu, ' ').trim()}"`;

const customerPage = (id: string): string => `${pages}/customers/${encodeURIComponent(id)}/`;

const personOf = (customer: HelpScoutCustomer): Person => {
  const id = String(customer.id);
  const { phones, emails } = customer._embedded ?? {};
  const [email] = present((emails ?? []).map(({ value }) => value));
  const createdAt = timeOf(customer.createdAt);
  return {
    type: 'customer',
    id,
    name: present([customer.firstName, customer.lastName]).join(' '),
    phones: present((phones ?? []).map(({ value }) => value)),
    ...(email === undefined ? {} : { email }),
    ...(customer.organization ? { company: customer.organization } : {}),
    ...(createdAt === 0 ? {} : { createdAt }),
    url: customerPage(id),
  };
};

const itemOf = (conversation: HelpScoutConversation): RecordItem => {
  const id = String(conversation.id);
  const status = conversation.status ?? '';
  const number = conversation.number ?? '';
  return {
    type: 'conversation',
    id,
    reference: `#${String(number === '' ? id : number)}`,
    title: conversation.subject ?? '',
    status,
    isOpen: !closedStatuses.has(status),
    updatedAt: timeOf(conversation.userUpdatedAt ?? conversation.createdAt),
    url: `${pages}/conversation/${encodeURIComponent(id)}/${encodeURIComponent(String(number))}`,
  };
};

const phoneQuery = ({ e164, digits, national, ...phone }: PhoneForms): string => {
  const { nationalFormat, internationalFormat } = phone;
  const forms = new Set([e164 ?? digits, digits, national, nationalFormat, internationalFormat]);
  return `phone:(${[...forms].map(quoted).join(' OR ')})`;
};

/** Every word is in the first or the last name; an address is one. */
const textQuery = (text: string): string | null => {
  if (/^\S+@\S+$/u.test(text.trim())) return `email:${quoted(text)}`;
  const words = text.match(/[\p{L}\p{N}'’-]{1,40}/gu) ?? [];
  const each = words
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 4)
    .map((word) => `(firstName:${quoted(word)} OR lastName:${quoted(word)})`);
  return each.length === 0 ? null : each.join(' AND ').slice(0, longestQuery);
};

type NewConversation = {
  readonly key: string;
  readonly customerId: string;
  readonly subject: string;
  readonly html: string;
  readonly status: 'active' | 'closed';
  readonly tags: readonly string[];
  /** Epoch ms. */
  readonly at?: number;
};

export const openHelpScout = ({ http, settings }: Opened): Connection => {
  const findCustomers = async (query: string, ask: Ask): Promise<Outcome<readonly Person[]>> => {
    const asked = {
      what: 'search customers',
      method: 'GET',
      path: '/v3/customers/search',
    } as const;
    const answer = await http.request({ ...asked, query: { query } }, customersSchema, ask);
    return answer.ok
      ? success((answer.value.body._embedded.customers ?? []).map(personOf))
      : answer;
  };

  /** The id of what was made stands in a header; there is no body. */
  const write = async (
    request: Pick<VendorRequest, 'what' | 'path' | 'json'>,
    ask: Ask,
  ): Promise<Outcome<string>> => {
    const answer = await http.request({ ...request, method: 'POST', cost: 2 }, anything, ask);
    if (!answer.ok) return answer;
    const id = answer.value.headers.get('resource-id') ?? '';
    return /^\d+$/u.test(id)
      ? success(id)
      : failed('bad_response', `${request.what}: it did not say what it made`, { mayBeDone: true });
  };

  const createCustomer = (
    {
      name,
      e164,
      email,
    }: { readonly name: string; readonly e164: string; readonly email?: string },
    ask: Ask,
  ): Promise<Outcome<string>> => {
    const words = name.trim().split(/\s+/u);
    const json = {
      firstName: (words[0] ?? '').slice(0, longestName),
      ...(words.length > 1 ? { lastName: words.slice(1).join(' ').slice(0, longestName) } : {}),
      phones: [{ type: 'work', value: e164 }],
      ...(email ? { emails: [{ type: 'work', value: email }] } : {}),
    };
    return write({ what: 'create customer', path: '/v2/customers', json }, ask);
  };

  /** Whose the call is; somebody is only made where the administrator said so, and once. */
  const customerOf = async (call: CallRecord, ask: RepeatedAsk): Promise<Outcome<string>> => {
    if (call.person !== undefined) return success(call.person.id);
    const e164 = call.customerNumber;
    if (settings['unknownCallers'] !== 'create' || e164 === '') {
      return failed(
        'validation',
        'log the call: Help Scout keeps it with a customer, and it has none',
      );
    }
    const found = await findCustomers(`phone:${quoted(e164)}`, ask);
    if (!found.ok) return found;
    const [own] = found.value.filter(({ phones }) => phones.includes(e164));
    return own === undefined ? createCustomer({ name: e164, e164 }, ask) : success(own.id);
  };

  const listConversations = async (
    customerId: string,
    query: Readonly<Record<string, string>>,
    ask: Ask,
  ): Promise<Outcome<readonly HelpScoutConversation[]>> => {
    const all = {
      query: `(customerIds:${customerId.replaceAll(/\D/gu, '')})`,
      status: 'all',
      sortOrder: 'desc',
      ...query,
    };
    const asked = { what: 'list conversations', method: 'GET', path: '/v2/conversations' } as const;
    const answer = await http.request({ ...asked, query: all }, conversationsSchema, ask);
    return answer.ok ? success(answer.value.body._embedded.conversations ?? []) : answer;
  };

  const mailbox = async (ask: Ask): Promise<Outcome<number>> => {
    const own = settings['mailbox'] ?? '';
    if (own !== '') return success(Number(own));
    const asked = { what: 'list inboxes', method: 'GET', path: '/v2/mailboxes' } as const;
    const answer = await http.request(asked, mailboxesSchema, ask);
    if (!answer.ok) return answer;
    const first = answer.value.body._embedded.mailboxes?.[0];
    return first === undefined
      ? failed('validation', 'the account has no inbox that may be written to')
      : success(Number(first.id));
  };

  const conversationOnce = async (
    { key, customerId, subject, html, status, tags, at }: NewConversation,
    ask: RepeatedAsk,
  ): Promise<Outcome<string>> => {
    if (ask.mayExist) {
      const query = { embed: 'threads', sortField: 'createdAt' };
      const kept = await listConversations(customerId, query, ask);
      if (!kept.ok) return kept;
      const found = kept.value.find(({ _embedded }) =>
        (_embedded?.threads ?? []).some(({ body }) => hasMark(body ?? '', markOf(key))),
      );
      if (found !== undefined) return success(String(found.id));
    }
    const mailboxId = await mailbox(ask);
    if (!mailboxId.ok) return mailboxId;
    const customer = { id: Number(customerId) };
    const json = {
      ...{ subject, status, tags, customer, type: 'phone', mailboxId: mailboxId.value },
      // Nobody gets a mail about it.
      imported: true,
      ...(at === undefined ? {} : { createdAt: new Date(at).toISOString() }),
      threads: [{ type: 'phone', customer, text: html, imported: true }],
    };
    return write({ what: 'create conversation', path: '/v2/conversations', json }, ask);
  };

  /** A thread of a conversation, once. */
  const addThread = async (
    id: string,
    thread: { readonly kind: 'phones' | 'notes' | 'reply'; readonly html: string } & {
      readonly mark: string;
      readonly customerId?: string;
    },
    ask: RepeatedAsk,
  ): Promise<Outcome<null>> => {
    const { kind, html, mark, customerId } = thread;
    const at = path`/v2/conversations/${id}`;
    if (ask.mayExist) {
      const asked = { what: 'list threads', method: 'GET', path: `${at}/threads` } as const;
      const answer = await http.request(asked, threadsSchema, ask);
      if (!answer.ok) return answer;
      const threads = answer.value.body._embedded.threads ?? [];
      if (threads.some(({ body }) => hasMark(body ?? '', mark))) return success(null);
    }
    const json = {
      text: html,
      ...(customerId === undefined ? {} : { customer: { id: Number(customerId) } }),
      ...(kind === 'reply' ? {} : { imported: true }),
    };
    const answer = await http.request(
      { what: `create thread (${kind})`, method: 'POST', path: `${at}/${kind}`, json, cost: 2 },
      anything,
      ask,
    );
    return answer.ok ? success(null) : answer;
  };

  const readConversation = async (id: string, ask: Ask) => {
    const asked = { what: 'show conversation', method: 'GET' } as const;
    const at = path`/v2/conversations/${id}`;
    const answer = await http.request({ ...asked, path: at }, conversationSchema, ask);
    return answer.ok ? success(answer.value.body) : answer;
  };

  const loggedAs = (id: string): Logged => {
    const { type, url } = itemOf({ id });
    return { type, id, url };
  };

  const logCall = async (call: CallRecord, ask: RepeatedAsk): Promise<Outcome<Logged>> => {
    const mark = markOf(call.callId);
    const html = htmlOfCall(call, mark);
    if (call.ticket !== undefined) {
      // A phone thread says whose call it was; without a customer it is a note.
      const thread =
        call.person === undefined
          ? ({ kind: 'notes', html, mark } as const)
          : ({ kind: 'phones', html, mark, customerId: call.person.id } as const);
      const added = await addThread(call.ticket.id, thread, ask);
      return added.ok ? success(loggedAs(call.ticket.id)) : added;
    }
    const customerId = await customerOf(call, ask);
    if (!customerId.ok) return customerId;
    const tags = ['ringside', ...(call.mappedDisposition ? [call.mappedDisposition] : [])];
    const given = { key: call.callId, customerId: customerId.value, subject: call.title, html };
    const made = await conversationOnce(
      { ...given, status: 'closed', tags, at: call.startedAt },
      ask,
    );
    return made.ok ? success(loggedAs(made.value)) : made;
  };

  /** A note, or a reply that the customer gets by mail. */
  const append = async (
    ticket: Ref,
    {
      text,
      isPublic,
      key,
    }: { readonly text: string; readonly isPublic: boolean; readonly key: string },
    ask: RepeatedAsk,
  ): Promise<Outcome<null>> => {
    const mark = markOf(key);
    const html = htmlOfText(`${text}\n${mark}`);
    if (!isPublic) return addThread(ticket.id, { kind: 'notes', html, mark }, ask);
    const conversation = await readConversation(ticket.id, ask);
    if (!conversation.ok) return conversation;
    const customerId = conversation.value.primaryCustomer?.id;
    if (customerId === undefined || customerId === null) {
      return failed('validation', 'create thread (reply): the conversation has no customer');
    }
    const thread = { kind: 'reply', html, mark, customerId: String(customerId) } as const;
    return addThread(ticket.id, thread, ask);
  };

  return {
    testConnection: async (ask) => {
      const asked = { what: 'read the own user', method: 'GET', path: '/v2/users/me' } as const;
      const answer = await http.request(asked, meSchema, ask);
      if (!answer.ok) return answer;
      const { firstName, lastName } = answer.value.body;
      return success({
        name: present([firstName, lastName]).join(' ') || 'Help Scout',
        facts: {},
      });
    },
    findByPhone: (phone, ask) => findCustomers(phoneQuery(phone), ask),
    findByText: async (text, ask) => {
      const query = textQuery(text);
      return query === null ? success([]) : findCustomers(query, ask);
    },
    recentItems: async (person, limit, ask) => {
      const found = await listConversations(person.id, { sortField: 'modifiedAt' }, ask);
      if (!found.ok) return found;
      const items = found.value.map(itemOf).sort((a, b) => b.updatedAt - a.updatedAt);
      return success(items.slice(0, limit));
    },
    createPerson: async (person, ask) => {
      const made = await createCustomer(person, ask);
      if (!made.ok) return made;
      const { name, e164, email } = person;
      const known = { type: 'customer', id: made.value, name, phones: [e164] };
      return success({
        ...known,
        ...(email === undefined ? {} : { email }),
        url: customerPage(made.value),
      });
    },
    logCall,
    updateCall: async ({ id }, call, ask) => {
      const mark = markOf(call.callId, call.revision);
      const added = await addThread(id, { kind: 'notes', html: htmlOfCall(call, mark), mark }, ask);
      return added.ok ? success(loggedAs(id)) : added;
    },
    createTicket: async ({ subject, body, person, tags, key }, ask) => {
      if (person === undefined) {
        return failed(
          'validation',
          'create conversation: Help Scout keeps it with a customer, and it has none',
        );
      }
      const html = htmlOfText(`${body}\n${markOf(key)}`);
      const given = { key, customerId: person.id, subject, html, status: 'active', tags } as const;
      const made = await conversationOnce(given, ask);
      if (!made.ok) return made;
      const shown = await readConversation(made.value, ask);
      // It is made: what cannot be read of it now is what was sent.
      return success(
        itemOf(shown.ok ? shown.value : { id: made.value, subject, status: 'active' }),
      );
    },
    appendToTicket: append,
  };
};
