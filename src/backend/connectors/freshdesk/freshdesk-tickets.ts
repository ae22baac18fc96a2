import { success } from '../../../shared/result.ts';
import type { Ask, RepeatedAsk } from '../ask.ts';
import { hasMark, htmlOfCall, htmlOfText, markOf } from '../call-text.ts';
import type { CallRecord, Connection, Logged, Opened, RecordItem, Ref } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { anything, path } from '../http/vendor-http.ts';
import { timeOf } from '../http/wire.ts';
import {
  agentSchema,
  conversationsSchema,
  ticketSchema,
  ticketsSchema,
  type FreshdeskTicket,
} from './freshdesk-answers.ts';
import { agentPage, largestPage, type FreshdeskRequests } from './freshdesk-requests.ts';

/** Properties of a ticket: 3 is how it came in, by phone. */
const sourcePhone = 3;
const statusOpen = 2;
const priorityLow = 1;
/** Companies add their own, from 8 on: those are told by their numbers. */
const statuses: Readonly<Record<number, string>> = {
  ...{ 2: 'Open', 3: 'Pending', 4: 'Resolved', 5: 'Closed' },
  ...{ 6: 'Waiting on Customer', 7: 'Waiting on Third Party' },
};
const closedStatuses = new Set([4, 5]);

const longestSubject = 255;
const longestTag = 32;
/** So many pages are looked through for something of ours: more of one ticket or requester is not ours any more. */
const mostPages = 5;
/** Lists have the last 30 days alone unless they are told another beginning. */
const always = '2000-01-01T00:00:00Z';

const tagsOf = (tags: readonly string[]): readonly string[] => [
  ...new Set(
    tags.map((tag) => tag.replaceAll(',', ' ').trim().slice(0, longestTag)).filter(Boolean),
  ),
];

type NewFreshdeskTicket = {
  readonly subject: string;
  readonly html: string;
  readonly person: Ref | undefined;
  readonly tags: readonly string[];
  /** The line of its text by which it is found again. */
  readonly mark: string;
};

export const ticketsOf = (
  requests: FreshdeskRequests,
  { settings, facts }: Pick<Opened, 'settings' | 'facts'>,
): Required<
  Pick<Connection, 'recentItems' | 'logCall' | 'updateCall' | 'createTicket' | 'appendToTicket'>
> => {
  const itemOf = (ticket: FreshdeskTicket): RecordItem => {
    const id = String(ticket.id);
    return {
      type: 'ticket',
      id,
      reference: `#${id}`,
      title: ticket.subject ?? '',
      status: statuses[ticket.status] ?? String(ticket.status),
      isOpen: !closedStatuses.has(ticket.status),
      updatedAt: timeOf(ticket.updated_at),
      url: agentPage(settings, 'tickets', id),
    };
  };

  /**
   * A ticket has to have a requester. Where nobody is known it is the agent whose key it is: a number instead would make a
   * contact of every caller.
   */
  const requesterOf = async (person: Ref | undefined, ask: Ask): Promise<Outcome<number>> => {
    const known = person?.id ?? facts['agentId'];
    if (known !== undefined) return success(Number(known));
    const agent = await requests.read('read the own agent', '/agents/me', {}, agentSchema, ask);
    return agent.ok ? success(Number(agent.value.id)) : agent;
  };

  /** The pages of a list one after the other, until something is in one of them. */
  const findInPages = async <Found>(
    readPage: (page: number) => Promise<Outcome<readonly Found[]>>,
    isIt: (each: Found) => boolean,
  ): Promise<Outcome<Found | null>> => {
    for (let page = 1; page <= mostPages; page += 1) {
      const read = await readPage(page);
      if (!read.ok) return read;
      const found = read.value.find(isIt);
      if (found !== undefined) return success(found);
      if (read.value.length < largestPage) break;
    }
    return success(null);
  };

  /** Read from the list of the requester's tickets: the search index is minutes behind. */
  const findMade = (requester: number, mark: string, ask: RepeatedAsk) =>
    findInPages<FreshdeskTicket>(
      (page) =>
        requests.read(
          'list tickets',
          '/tickets',
          {
            ...{ requester_id: requester, include: 'description', page, per_page: largestPage },
            ...{ order_by: 'created_at', order_type: 'desc' },
          },
          ticketsSchema,
          ask,
        ),
      ({ description_text: text }) => hasMark(text, mark),
    );

  const createOnce = async (
    given: NewFreshdeskTicket,
    ask: RepeatedAsk,
  ): Promise<Outcome<FreshdeskTicket>> => {
    const requester = await requesterOf(given.person, ask);
    if (!requester.ok) return requester;
    // At the first attempt nobody may have been known yet.
    const requesters = new Set([requester.value, Number(facts['agentId'] ?? requester.value)]);
    for (const each of ask.mayExist ? requesters : []) {
      const found = await findMade(each, given.mark, ask);
      if (!found.ok) return found;
      if (found.value !== null) return success(found.value);
    }
    const ticket = {
      requester_id: requester.value,
      subject: given.subject.replaceAll(/\s+/gu, ' ').slice(0, longestSubject),
      description: given.html,
      source: sourcePhone,
      status: statusOpen,
      priority: priorityLow,
      tags: tagsOf(given.tags),
    };
    return requests.write('create ticket', '/tickets', ticket, ticketSchema, ask);
  };

  const addNote = async (
    ticketId: string,
    note: { readonly html: string; readonly mark: string; readonly isPublic: boolean },
    ask: RepeatedAsk,
  ): Promise<Outcome<null>> => {
    if (ask.mayExist) {
      const at = path`/tickets/${ticketId}/conversations`;
      const found = await findInPages<{ readonly body_text?: string | null }>(
        (page) => {
          const query = { page, per_page: largestPage };
          return requests.read('list conversations', at, query, conversationsSchema, ask);
        },
        ({ body_text: text }) => hasMark(text, note.mark),
      );
      if (!found.ok) return found;
      if (found.value !== null) return success(null);
    }
    const given = { body: note.html, private: !note.isPublic };
    const at = path`/tickets/${ticketId}/notes`;
    const added = await requests.write('create note', at, given, anything, ask);
    return added.ok ? success(null) : added;
  };

  const loggedAs = (id: string): Logged => ({
    type: 'ticket',
    id,
    url: agentPage(settings, 'tickets', id),
  });

  const noteOfCall = async (
    ticketId: string,
    call: CallRecord,
    mark: string,
    ask: RepeatedAsk,
  ): Promise<Outcome<Logged>> => {
    const note = { html: htmlOfCall(call, mark), mark, isPublic: false };
    const added = await addNote(ticketId, note, ask);
    return added.ok ? success(loggedAs(ticketId)) : added;
  };

  return {
    recentItems: async (person, limit, ask) => {
      const query = {
        ...{ requester_id: person.id, updated_since: always, per_page: limit },
        ...{ order_by: 'updated_at', order_type: 'desc' },
      };
      const listed = await requests.read('list tickets', '/tickets', query, ticketsSchema, ask);
      return listed.ok ? success(listed.value.map(itemOf)) : listed;
    },
    logCall: async (call, ask) => {
      const mark = markOf(call.callId);
      if (call.ticket !== undefined) return noteOfCall(call.ticket.id, call, mark, ask);
      const ticket = await createOnce(
        {
          subject: call.title,
          html: htmlOfCall(call, mark),
          person: call.person,
          tags: ['ringside', ...(call.mappedDisposition ? [call.mappedDisposition] : [])],
          mark,
        },
        ask,
      );
      return ticket.ok ? success(loggedAs(String(ticket.value.id))) : ticket;
    },
    updateCall: (logged, call, ask) =>
      noteOfCall(logged.id, call, markOf(call.callId, call.revision), ask),
    createTicket: async ({ subject, body, person, tags, key }, ask) => {
      const mark = markOf(key);
      const html = htmlOfText(`${body}\n${mark}`);
      const ticket = await createOnce({ subject, html, person, tags, mark }, ask);
      return ticket.ok ? success(itemOf(ticket.value)) : ticket;
    },
    appendToTicket: (ticket, { text, isPublic, key }, ask) => {
      const mark = markOf(key);
      return addNote(ticket.id, { html: htmlOfText(`${text}\n${mark}`), mark, isPublic }, ask);
    },
  };
};
