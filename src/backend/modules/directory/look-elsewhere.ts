import type {
  ElsewhereItem,
  ElsewherePerson,
  ElsewhereSource,
} from '../../../shared/api/elsewhere.ts';
import {
  gradePeople,
  onlyPerson,
  type GradedPerson,
} from '../../../shared/domain/customer/grade-people.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import { phoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';
import type { Ask } from '../../connectors/ask.ts';
import type { Person, RecordItem, Ref } from '../../connectors/connector.ts';
import type { LiveConnection } from '../connections/connections.ts';
import type { PeopleCache } from './people-cache.ts';

/** From the ring until everything is told, whatever other systems do, ms. */
export const lookupBudgetMs = 1_500;
/** Somebody's tickets are asked for after it is known who it is: a part of the time is theirs. */
const peopleBudgetMs = 1_100;
const mostPeople = 8;
const mostItems = 10;
const longestText = 200;

export type Caller = {
  readonly number: string;
  readonly country: string;
  /** Whom an agent said that this number is there. */
  readonly remembered: Ref | null;
};

/** Names and titles are somebody else's text: what cannot be shown is left out. */
const shown = (text: string): string => remoteText(text).slice(0, longestText);

export const personView = ({ person, grade, phone }: GradedPerson<Person>): ElsewherePerson => ({
  type: person.type,
  id: person.id,
  name: shown(person.name),
  ...(person.company === undefined ? {} : { company: shown(person.company) }),
  ...(person.email === undefined ? {} : { email: shown(person.email) }),
  ...(phone === undefined ? {} : { phone: shown(phone) }),
  grade,
  url: person.url,
});

const itemView = (item: RecordItem): ElsewhereItem => ({
  ...item,
  reference: shown(item.reference),
  title: shown(item.title),
  status: shown(item.status),
});

/** Open ones first, then the newest. */
const inOrder = (items: readonly RecordItem[]): readonly ElsewhereItem[] =>
  [...items]
    .sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || b.updatedAt - a.updatedAt)
    .map(itemView);

export const sourceOf = (connection: LiveConnection): ElsewhereSource => ({
  connectionId: connection.id,
  name: connection.name,
  connector: connection.connector.id,
  state: 'searching',
  isComplete: false,
  people: [],
  hasMore: false,
  items: [],
  capabilities: connection.capabilities,
});

/** With what is new of somebody whom it is. */
export const withItems = async (
  connection: LiveConnection,
  source: ElsewhereSource,
  person: Ref,
  ask: Ask,
): Promise<ElsewhereSource> => {
  const complete = { ...source, isComplete: true };
  if (connection.now.recentItems === undefined) return complete;
  const found = connection.told(await connection.now.recentItems(person, mostItems, ask));
  return found.ok
    ? { ...complete, items: inOrder(found.value) }
    : { ...complete, why: found.why.kind };
};

/** Who it is there: `tell` hears of the people as soon as they are known, and the answer has their tickets as well. */
export const lookElsewhere = async (
  connection: LiveConnection,
  caller: Caller,
  needs: {
    readonly cache: PeopleCache;
    readonly signal: AbortSignal;
    readonly tell: (source: ElsewhereSource) => void;
    /** A person who is the only one, with how that is known. */
    readonly onPerson: (person: Person, grade: 'exact' | 'confirmed') => void;
  },
): Promise<ElsewhereSource> => {
  const { number, country, remembered } = caller;
  const searching = sourceOf(connection);
  const source = { ...searching, isComplete: true };
  const forms = phoneForms(number, country);
  const find = connection.now.findByPhone;
  if (forms === null || find === undefined) return { ...source, state: 'nobody' };
  const startedAt = performance.now();
  const found = await needs.cache.find(connection, forms, {
    signal: needs.signal,
    deadlineMs: peopleBudgetMs,
  });
  if (!found.ok) return { ...source, state: 'failed', why: found.why.kind };
  const graded = gradePeople(found.value, number, country, remembered);
  if (graded.length === 0) return { ...source, state: 'nobody' };
  const known: ElsewhereSource = {
    ...source,
    state: 'found',
    people: graded.slice(0, mostPeople).map(personView),
    hasMore: graded.length > mostPeople,
  };
  const only = onlyPerson(graded);
  if (only === null) return known;
  if (only.grade !== 'maybe') needs.onPerson(only.person, only.grade);
  needs.tell({ ...known, isComplete: false });
  const deadlineMs = lookupBudgetMs - (performance.now() - startedAt);
  return withItems(connection, known, only.person, { signal: needs.signal, deadlineMs });
};
