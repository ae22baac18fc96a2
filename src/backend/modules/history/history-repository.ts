import type { HistoryShow } from '../../../shared/api/history.ts';
import type { MissedMark } from '../../../shared/api/missed.ts';
import type { ContactSummary } from '../../../shared/api/records.ts';
import type { Queryable } from '../../database/database.ts';
import { contactSummaryColumns, contactSummaryLeg } from '../directory/customer-repository.ts';

/** What one word of a search is found by. */
export type SearchedWord = {
  /** Lower case, without accents. */
  readonly word: string;
  /** Queues and wrap-up codes whose name or label, in any language, has the word in it. */
  readonly queues: readonly string[];
  readonly codes: readonly string[];
};

/** Reads words as the history is written; those that say nothing are left out. */
export const readWords = async (
  database: Queryable,
  words: readonly string[],
): Promise<readonly SearchedWord[]> =>
  words.length === 0
    ? []
    : database.query<SearchedWord>(
        `SELECT w.word,
           ARRAY(SELECT q.name FROM queues q WHERE strpos(plain_text(
             concat_ws(' ', q.label->>'en', q.label->>'es', q.label->>'pt', q.name)), w.word) > 0) AS queues,
           ARRAY(SELECT c.code FROM wrap_up_codes c WHERE strpos(plain_text(
             concat_ws(' ', c.label->>'en', c.label->>'es', c.label->>'pt')), w.word) > 0) AS codes
         FROM (SELECT plain_text(given) AS word FROM unnest($1::text[]) AS given) w WHERE w.word <> ''`,
        [words],
      );

export type HistorySearch = {
  readonly show: HistoryShow;
  /** All of them must be found; empty: everything fits. */
  readonly words: readonly SearchedWord[];
  /** Digits of a number, which are enough by themselves; null: no number was typed. */
  readonly digits: string | null;
  /** The contact behind which the page begins. */
  readonly before: { readonly startedAt: number; readonly contactId: string } | null;
  readonly limit: number;
};

export type HistoryRow = ContactSummary & {
  readonly customerName: string | null;
  readonly colleagueName: string | null;
  readonly ownDirection: ContactSummary['direction'];
  readonly ownNumber: string;
  /** The last miss of it; null: it was not missed. */
  readonly ownMiss: MissedMark | null;
};

const shown: Readonly<Record<HistoryShow, string>> = {
  all: 'true',
  missed: 'h.missed',
  inbound: `h.direction = 'inbound'`,
  outbound: `h.direction = 'outbound'`,
};

/** A page of the agent's own contacts, the newest first, with one more that tells whether there is a next page. */
export const listHistory = (
  database: Queryable,
  agentId: string,
  { show, words, digits, before, limit }: HistorySearch,
): Promise<readonly HistoryRow[]> => {
  const values: unknown[] = [agentId, limit + 1];
  const value = (given: unknown, type: string): string => `$${String(values.push(given))}::${type}`;
  const conditions = [`h.agent_id = $1`, shown[show]];
  if (before !== null) {
    const place = `(${value(before.startedAt, 'bigint')}, ${value(before.contactId, 'uuid')})`;
    conditions.push(`(h.started_at, h.contact_id) < ${place}`);
  }
  // By position, not by pattern: nothing that is typed means anything but itself.
  const found = words.map(({ word, queues, codes }) => {
    const ways = [`strpos(h.search_text, ${value(word, 'text')}) > 0`];
    if (queues.length > 0) ways.push(`h.queue = ANY(${value(queues, 'text[]')})`);
    if (codes.length > 0) ways.push(`h.codes && ${value(codes, 'text[]')}`);
    return `(${ways.join(' OR ')})`;
  });
  if (found.length > 0) {
    const byWords = found.join(' AND ');
    const byDigits = digits === null ? '' : `strpos(h.search_text, ${value(digits, 'text')}) > 0`;
    conditions.push(byDigits === '' ? byWords : `(${byDigits} OR (${byWords}))`);
  }
  return database.query<HistoryRow>(
    `SELECT ${contactSummaryColumns}, h.outcome, h.missed, c.name AS "customerName",
       u.name AS "colleagueName", h.direction AS "ownDirection", h.number AS "ownNumber",
       CASE WHEN h.missed THEN (
         SELECT json_build_object('id', m.id, 'cause', m.cause, 'counted', m.counted, 'note', m.note)
         FROM missed_offers m WHERE m.contact_id = k.id AND m.agent_id = $1
         ORDER BY m.at DESC, m.id DESC LIMIT 1) END AS "ownMiss"
     FROM (SELECT h.contact_id, h.started_at, h.direction, h.number, h.outcome, h.missed FROM history h
           WHERE ${conditions.join(' AND ')}
           ORDER BY h.started_at DESC, h.contact_id DESC LIMIT $2) h
     JOIN contacts k ON k.id = h.contact_id
     LEFT JOIN customers c ON c.id = k.customer_id
     LEFT JOIN users u ON u.extension = h.number ${contactSummaryLeg}
     ORDER BY h.started_at DESC, h.contact_id DESC`,
    values,
  );
};
