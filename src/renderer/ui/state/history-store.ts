import { create } from 'zustand';
import type { HistoryShow } from '../../../shared/api/history.ts';
import type { ContactSummary } from '../../../shared/api/records.ts';
import { ask } from './orders.ts';

/** What was looked for and found; kept while a contact of it is open, so that going back is going back. */
type Kept = {
  readonly search: string;
  readonly show: HistoryShow;
  readonly contacts: readonly ContactSummary[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
  /** What the contacts were found by; null: nothing was asked yet. */
  readonly foundBy: string | null;
  readonly state: 'loading' | 'here' | 'away';
  /** The line that was opened last. */
  readonly openedId: string | null;
};

const nothing = {
  search: '',
  show: 'all',
  contacts: [],
  next: null,
  foundBy: null,
  state: 'loading',
  openedId: null,
} as const satisfies Kept;

export const useHistory = create<Kept>(() => nothing);

let latest = 0;

/** `by` names what is asked, so that the same is not asked twice. */
export const findHistory = async (by: string): Promise<void> => {
  const { search, show, foundBy, contacts } = useHistory.getState();
  if (foundBy === by) return;
  latest += 1;
  const mine = latest;
  // What is there stays until there is something better: nothing jumps.
  useHistory.setState({ state: contacts.length === 0 ? 'loading' : 'here' });
  const answer = await ask('contacts.search', { search: search.trim(), show });
  if (mine !== latest) return;
  useHistory.setState(
    answer.ok
      ? { contacts: answer.value.contacts, next: answer.value.next, foundBy: by, state: 'here' }
      : { state: 'away', foundBy: null },
  );
};

/** The page behind the last one. */
export const findMoreHistory = async (): Promise<void> => {
  const { search, show, next } = useHistory.getState();
  if (next === null) return;
  const mine = latest;
  const answer = await ask('contacts.search', { search: search.trim(), show, before: next });
  if (mine !== latest) return;
  useHistory.setState(({ contacts }) =>
    answer.ok
      ? {
          contacts: [...contacts, ...answer.value.contacts],
          next: answer.value.next,
          state: 'here',
        }
      : { state: 'away' },
  );
};

export const lookFor = (part: Partial<Pick<Kept, 'search' | 'show'>>): void => {
  useHistory.setState(part);
};

export const noteOpened = (contactId: string): void => {
  useHistory.setState({ openedId: contactId });
};

/** Somebody else works here from now on. */
export const forgetHistory = (): void => {
  latest += 1;
  useHistory.setState(nothing);
};
