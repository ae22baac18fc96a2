import { success } from '../../../shared/result.ts';
import type { RepeatedAsk } from '../ask.ts';
import { hasMark, markOf } from '../call-text.ts';
import type { Connection, NewTicket, Opened, RecordItem, Ref } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { timeOf } from '../http/wire.ts';
import {
  caseSchema,
  casesSchema,
  commentsSchema,
  type SalesforceCase,
} from './salesforce-answers.ts';
import { soqlText } from './salesforce-queries.ts';
import { lightningPage, madeButUnread, type SalesforceRequests } from './salesforce-requests.ts';

const caseFields = 'Id, CaseNumber, Subject, Status, IsClosed, LastModifiedDate, Description';
/** Case.Subject and Case.Description (Object Reference), characters. */
const longestSubject = 255;
const longestDescription = 32_000;
/** CaseComment.CommentBody (Object Reference), bytes. */
const longestComment = 4_000;
/** An attempt is repeated for hours, not for days; SOQL's word for the last days. */
const searchedDays = 'LAST_N_DAYS:7';

/** What stands for a person in a case; leads have none before they are converted. */
const partyOf = (person: Ref | undefined): Readonly<Record<string, string>> => {
  if (person?.type === 'Contact') return { ContactId: person.id };
  if (person?.type === 'Account') return { AccountId: person.id };
  return {};
};

const oneLine = (text: string, longest: number): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);

const cut = (text: string, mark: string, longestBytes: number): string => {
  const room = longestBytes - Buffer.byteLength(mark) - 1;
  let kept = text;
  while (Buffer.byteLength(kept) > room) kept = kept.slice(0, -Math.ceil(kept.length / 50));
  return `${kept}\n${mark}`;
};

export const casesOf = (
  requests: SalesforceRequests,
  { settings }: Pick<Opened, 'settings'>,
): Required<Pick<Connection, 'recentItems' | 'createTicket' | 'appendToTicket'>> => {
  const itemOf = (record: SalesforceCase): RecordItem => ({
    type: 'Case',
    id: record.Id,
    reference: record.CaseNumber ?? record.Id,
    title: record.Subject ?? '',
    status: record.Status ?? '',
    isOpen: !record.IsClosed,
    updatedAt: timeOf(record.LastModifiedDate),
    url: lightningPage(settings, 'Case', record.Id),
  });

  /** Case.Description cannot be filtered by: what can is narrowed down, and its mark is looked for here. */
  const findMade = async (
    { key, subject, person }: NewTicket,
    ask: RepeatedAsk,
  ): Promise<Outcome<SalesforceCase | null>> => {
    const parties = Object.entries(partyOf(person)).map(
      ([name, id]) => `${name} = ${soqlText(id)}`,
    );
    const either = [`Subject = ${soqlText(oneLine(subject, longestSubject))}`, ...parties];
    const soql = `SELECT ${caseFields} FROM Case WHERE CreatedDate = ${searchedDays} AND (${either.join(' OR ')}) ORDER BY CreatedDate DESC LIMIT 200`;
    const found = await requests.query('find case', soql, casesSchema, ask);
    if (!found.ok) return found;
    const mark = markOf(key);
    const own = found.value.records.find(({ Description }) => hasMark(Description, mark));
    return success(own ?? null);
  };

  return {
    recentItems: async (person, limit, ask) => {
      const [party] = Object.entries(partyOf(person));
      if (party === undefined) return success([]);
      // Open ones come before closed ones where not all of them fit.
      const soql = `SELECT ${caseFields} FROM Case WHERE ${party[0]} = ${soqlText(party[1])} ORDER BY IsClosed ASC, LastModifiedDate DESC LIMIT ${String(limit)}`;
      const found = await requests.query('list cases', soql, casesSchema, ask);
      if (!found.ok) return found;
      return success(found.value.records.map(itemOf).sort((a, b) => b.updatedAt - a.updatedAt));
    },
    createTicket: async (ticket, ask) => {
      const { subject, body, person, key } = ticket;
      if (ask.mayExist) {
        const found = await findMade(ticket, ask);
        if (!found.ok) return found;
        if (found.value !== null) return success(itemOf(found.value));
      }
      const fields = {
        ...partyOf(person),
        Subject: oneLine(subject, longestSubject),
        Description: cut(body, markOf(key), longestDescription),
        Origin: 'Phone',
      };
      const made = await requests.create('Case', fields, ask);
      if (!made.ok) return made;
      const read = await requests.show(
        'Case',
        made.value,
        caseFields.replaceAll(' ', ''),
        caseSchema,
        ask,
      );
      return read.ok ? success(itemOf(read.value)) : madeButUnread(read.why);
    },
    appendToTicket: async (ticket, { text, isPublic, key }, ask) => {
      const mark = markOf(key);
      if (ask.mayExist) {
        const soql = `SELECT CommentBody FROM CaseComment WHERE ParentId = ${soqlText(ticket.id)} ORDER BY CreatedDate DESC LIMIT 200`;
        const found = await requests.query('list comments', soql, commentsSchema, ask);
        if (!found.ok) return found;
        if (found.value.records.some(({ CommentBody }) => hasMark(CommentBody, mark))) {
          return success(null);
        }
      }
      const CommentBody = cut(text, mark, longestComment);
      const fields = { ParentId: ticket.id, CommentBody, IsPublished: isPublic };
      const made = await requests.create('CaseComment', fields, ask);
      return made.ok ? success(null) : made;
    },
  };
};
