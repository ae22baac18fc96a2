import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import type { Queryable } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { lookUpNumbers, type LookupResult } from '../directory/lookup.ts';
import type { ContactRow } from './card.ts';
import { completeContact, findContactsByCallKeys, insertContacts } from './contact-repository.ts';

/** What a report of a call says; the first one makes the contact. */
export type CallReport = Pick<
  ContactRow,
  'callKey' | 'origin' | 'direction' | 'queue' | 'remoteNumber' | 'remoteName'
> & {
  readonly at: number;
  readonly queued: boolean;
  /** A contact that is new with this report is over already. */
  readonly endedAt?: number | null;
};

/** Contacts by call key; `made`: the ids of those that were not there before. */
export type EnsuredContacts = {
  readonly contacts: ReadonlyMap<string, ContactRow>;
  readonly made: ReadonlySet<string>;
};

const matchOf = ({
  kind,
  customerIds,
}: LookupResult): Pick<ContactRow, 'match' | 'customerId' | 'candidateIds'> =>
  kind === 'exact'
    ? { match: kind, customerId: customerIds[0] ?? null, candidateIds: [] }
    : { match: kind, customerId: null, candidateIds: customerIds };

export const newContact = (id: string, report: CallReport, found: LookupResult): ContactRow => ({
  id,
  callKey: report.callKey,
  origin: report.origin,
  direction: report.direction,
  queue: report.queue,
  remoteNumber: remoteText(report.remoteNumber),
  remoteName: remoteText(report.remoteName),
  startedAt: report.at,
  queuedAt: report.queued ? report.at : null,
  endedAt: report.endedAt ?? null,
  revision: 1,
  ...matchOf(found),
});

const laterKnows = (known: ContactRow, report: CallReport): boolean =>
  (report.origin === 'pbx' && known.origin === 'client') ||
  (known.remoteNumber === '' && remoteText(report.remoteNumber) !== '') ||
  (known.queue === null && report.queue !== null) ||
  (known.queuedAt === null && report.queued);

const completed = (known: ContactRow, report: CallReport, found: LookupResult): ContactRow => ({
  ...known,
  origin: known.origin === 'pbx' ? 'pbx' : report.origin,
  direction: known.remoteNumber === '' ? report.direction : known.direction,
  queue: known.queue ?? report.queue,
  remoteNumber: known.remoteNumber || remoteText(report.remoteNumber),
  remoteName: known.remoteName || remoteText(report.remoteName),
  startedAt: Math.min(known.startedAt, report.at),
  queuedAt: known.queuedAt ?? (report.queued ? report.at : null),
  ...(known.remoteNumber === '' && known.match === 'unknown' ? matchOf(found) : {}),
});

type Needs = {
  readonly queryable: Queryable;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
  readonly mintId: MintId;
};

const nobody: LookupResult = { kind: 'unknown', customerIds: [], customers: [] };

/** The contacts of these calls, made or completed by what the reports know; by call key. */
export const ensureContacts = async (
  { queryable, country, mintId }: Needs,
  reports: readonly CallReport[],
): Promise<EnsuredContacts> => {
  const keys = reports.map(({ callKey }) => callKey);
  const known = new Map(
    (await findContactsByCallKeys(queryable, keys)).map((row) => [row.callKey, row]),
  );
  const looked = await lookUpNumbers(
    queryable,
    reports
      .filter(({ callKey }) => (known.get(callKey)?.remoteNumber ?? '') === '')
      .map(({ remoteNumber }) => remoteText(remoteNumber)),
    country,
  );
  const foundFor = (report: CallReport): LookupResult =>
    looked.get(remoteText(report.remoteNumber)) ?? nobody;

  const fresh = reports
    .filter(({ callKey }) => !known.has(callKey))
    .map((report) => newContact(mintId(), report, foundFor(report)));
  const made = await insertContacts(queryable, fresh);
  const lost = fresh.filter(({ id }) => !made.has(id)).map(({ callKey }) => callKey);
  // Somebody else made it in the same moment: theirs is the one that counts.
  for (const row of await findContactsByCallKeys(queryable, lost)) known.set(row.callKey, row);

  const contacts = new Map(fresh.filter(({ id }) => made.has(id)).map((row) => [row.callKey, row]));
  for (const report of reports) {
    const before = known.get(report.callKey);
    if (before === undefined) continue;
    const after = laterKnows(before, report)
      ? await completeContact(queryable, completed(before, report, foundFor(report)))
      : before;
    contacts.set(report.callKey, after);
  }
  return { contacts, made };
};
