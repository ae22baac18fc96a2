import type { HistoryPage, HistoryQuery } from '../../../shared/api/history.ts';
import { displayNumber, nationalDigits } from '../../../shared/domain/phone-number/phone-number.ts';
import type { Database } from '../../database/database.ts';
import { digitsOf } from '../directory/search-text.ts';
import {
  listHistory,
  readWords,
  type HistoryRow,
  type HistorySearch,
} from './history-repository.ts';

export type History = {
  /** A page of the agent's own contacts, the newest first. */
  readonly page: (agentId: string, query: HistoryQuery) => Promise<HistoryPage>;
};

type Needs = {
  readonly database: Database;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
};

const usualLimit = 50;
/** Fewer digits than this find half of everything. */
const shortestNumberSearch = 3;
const maximumWords = 8;

/** The digits to look for when a number was typed in whatever notation; null: it is none. */
export const searchedDigits = (text: string, country: string): string | null => {
  if (!/^[\d\s()+./-]+$/u.test(text)) return null;
  // Without its plus, country code or trunk prefix it is still a part of the number as it came.
  const digits = nationalDigits(text, country) ?? digitsOf(text).replace(/^0+/u, '');
  return digits.length >= shortestNumberSearch ? digits : null;
};

const cursorOf = ({ startedAt, id }: HistoryRow): string => `${String(startedAt)}-${id}`;

const placeOf = (cursor: string): NonNullable<HistorySearch['before']> => {
  const dash = cursor.indexOf('-');
  return { startedAt: Number(cursor.slice(0, dash)), contactId: cursor.slice(dash + 1) };
};

export const createHistory = ({ database, country }: Needs): History => ({
  page: async (agentId, { search = '', show = 'all', before, limit = usualLimit }) => {
    const digits = searchedDigits(search, country);
    // What looks like a number may be one of an order, in the notes, as it was typed.
    const words =
      digits === null ? search.split(/\s+/u).filter(Boolean).slice(0, maximumWords) : [search];
    const rows = await listHistory(database, agentId, {
      show,
      words: await readWords(database, words),
      digits,
      before: before === undefined ? null : placeOf(before),
      limit,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      contacts: page.map(
        ({ customerName, colleagueName, ownDirection, ownNumber, ownMiss, ...summary }) => ({
          ...summary,
          ...(ownMiss === null ? {} : { miss: ownMiss }),
          direction: ownDirection,
          who: customerName ?? colleagueName ?? displayNumber(ownNumber, country),
          number: ownNumber,
        }),
      ),
      next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
    };
  },
});
