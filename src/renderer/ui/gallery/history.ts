import type { Favourite } from '../../../shared/api/favourites.ts';
import type { HistoryPage, HistoryShow } from '../../../shared/api/history.ts';
import type { ContactSummary } from '../../../shared/api/records.ts';
import { pastContacts, uuid } from './people.ts';

/** A made-up agent's own calls, some of which came to nothing. */

const hourMs = 3_600_000;

const unanswered = (
  n: number,
  startedAt: number,
  part: Partial<ContactSummary>,
): ContactSummary => ({
  ...{ id: uuid(n), direction: 'inbound', queue: null, startedAt, agentName: null, code: null },
  ...{ notes: '', handleMs: null, hasRecording: false, missed: true, outcome: 'cancelled' },
  ...part,
});

const others = [
  { who: 'Marta Villanueva Ruiz', number: '+34963152208' },
  { who: '+49 30 901820', number: '+4930901820' },
  { who: 'Kwame Mensah', number: '+233302123456' },
] as const;

export const historyOf = (now: number): readonly ContactSummary[] => {
  const handled = pastContacts(now).map((contact, index) => ({
    ...contact,
    ...others[index],
    missed: false,
    outcome: 'completed' as const,
  }));
  return [
    ...handled,
    unanswered(911, now - 90 * 60_000, { who: 'Tom Okafor', number: '1002', outcome: 'no_answer' }),
    unanswered(912, now - 5 * hourMs, {
      ...{ who: 'Sofia Duarte', number: '+351912004118', queue: 'support' },
      agentName: 'Lucía Prado',
      miss: { id: uuid(962), cause: 'asleep', counted: false, note: '' },
    }),
    unanswered(913, now - 26 * hourMs, {
      ...{ who: '', number: '' },
      miss: { id: uuid(963), cause: 'not_answered', counted: true, note: 'I was at the printer.' },
    }),
    unanswered(914, now - 27 * hourMs, {
      ...{ who: '963 15 22 08', number: '+34963152208', direction: 'outbound' },
      ...{ missed: false, outcome: 'busy' },
    }),
  ].toSorted((a, b) => b.startedAt - a.startedAt);
};

const pageLength = 4;

/** As the server would answer, in short pages. */
export const searchedHistory = (
  now: number,
  search: string,
  show: HistoryShow,
  before: string | null,
): HistoryPage => {
  const wanted = search.toLowerCase();
  const fits = historyOf(now).filter(
    (contact) =>
      (show === 'all' || (show === 'missed' ? contact.missed : contact.direction === show)) &&
      `${contact.who ?? ''} ${contact.number ?? ''} ${contact.notes}`
        .toLowerCase()
        .includes(wanted),
  );
  const from = before === null ? 0 : fits.findIndex(({ id }) => before.endsWith(id)) + 1;
  const contacts = fits.slice(from, from + pageLength);
  const last = contacts.at(-1);
  const more = from + pageLength < fits.length && last !== undefined;
  return { contacts: [...contacts], next: more ? `1-${last.id}` : null };
};

export const favourites: readonly Favourite[] = [
  { kind: 'agent', target: '1003', label: 'Lucía Prado', gone: false },
  { kind: 'number', target: '+34963152208', label: 'Marta Villanueva Ruiz', gone: false },
  { kind: 'agent', target: '1008', label: 'Samir Haddad', gone: false },
  { kind: 'queue', target: 'sales', label: 'Sales', gone: false },
  { kind: 'agent', target: '1050', label: 'Ingrid Solberg', gone: true },
];
