import type { ContactCard, Match } from '../../../shared/api/records.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { lookUpNumber, type LookupResult } from '../directory/lookup.ts';
import type { PushHub } from '../push/push-hub.ts';
import { cardOf, type ContactRow } from './card.ts';
import {
  completeContact,
  findConsentFacts,
  findContactByCallKey,
  findHolders,
  findMatch,
  findRecordings,
  insertContact,
  raiseRevision,
} from './contact-repository.ts';

/** What a report of a call says; the first one makes the contact. */
export type CallReport = Pick<
  ContactRow,
  'callKey' | 'origin' | 'direction' | 'queue' | 'remoteNumber' | 'remoteName'
> & {
  readonly at: number;
  readonly queued: boolean;
};

export type Contacts = {
  /** The card of a call that was reported, made ready ahead of its ringing; undefined: not (yet) here. */
  readonly prepared: (callKey: string) => ContactCard | undefined;
  /** Looks the caller up and makes the contact, once per call whoever reports it. */
  readonly prepare: (report: CallReport) => Preparation;
  /** The same inside a transaction, without a card. */
  readonly ensure: (database: Queryable, report: CallReport) => Promise<ContactRow>;
  readonly card: (callKey: string) => Promise<ContactCard | null>;
  readonly cardOf: (contact: ContactRow) => Promise<ContactCard>;
  /** Something in the card changed: a new revision for every desk that shows it. */
  readonly changed: (callKey: string) => Promise<ContactCard | null>;
  readonly forget: (callKey: string) => void;
};

/** A card can be shown as soon as the caller is known; that it is written takes a moment longer. */
export type Preparation = {
  readonly card: Promise<ContactCard>;
  readonly written: Promise<ContactCard>;
};

type Needs = {
  readonly database: Database;
  readonly push: PushHub;
  readonly mintId: MintId;
  readonly country: string;
};

/** Cards kept ready; calls that ended are forgotten earlier. */
const maximumPrepared = 2_000;

const laterKnows = (known: ContactRow, report: CallReport): boolean =>
  (report.origin === 'pbx' && known.origin === 'client') ||
  (known.remoteNumber === '' && remoteText(report.remoteNumber) !== '') ||
  (known.queue === null && report.queue !== null) ||
  (known.queuedAt === null && report.queued);

export const createContacts = ({ database, push, mintId, country }: Needs): Contacts => {
  const ready = new Map<string, ContactCard>();
  const underWay = new Map<string, Preparation>();

  const keep = (card: ContactCard): ContactCard => {
    const known = ready.get(card.callKey);
    if (known !== undefined && known.revision > card.revision) return known;
    ready.delete(card.callKey);
    ready.set(card.callKey, card);
    for (const oldest of ready.keys()) {
      if (ready.size <= maximumPrepared) break;
      ready.delete(oldest);
    }
    return card;
  };

  const lookUp = (queryable: Queryable, report: CallReport): Promise<LookupResult> =>
    lookUpNumber(queryable, remoteText(report.remoteNumber), country);

  const matchOf = ({
    kind,
    customerIds,
  }: LookupResult): Pick<ContactRow, 'match' | 'customerId' | 'candidateIds'> =>
    kind === 'exact'
      ? { match: kind, customerId: customerIds[0] ?? null, candidateIds: [] }
      : { match: kind, customerId: null, candidateIds: customerIds };

  const complete = async (
    queryable: Queryable,
    known: ContactRow,
    report: CallReport,
  ): Promise<ContactRow> => {
    if (!laterKnows(known, report)) return known;
    const remoteNumber = known.remoteNumber || remoteText(report.remoteNumber);
    return completeContact(queryable, {
      ...known,
      origin: known.origin === 'pbx' ? 'pbx' : report.origin,
      direction: known.remoteNumber === '' ? report.direction : known.direction,
      queue: known.queue ?? report.queue,
      remoteNumber,
      remoteName: known.remoteName || remoteText(report.remoteName),
      startedAt: Math.min(known.startedAt, report.at),
      queuedAt: known.queuedAt ?? (report.queued ? report.at : null),
      ...(known.remoteNumber === '' && known.match === 'unknown'
        ? matchOf(await lookUp(queryable, report))
        : {}),
    });
  };

  const newContact = (report: CallReport, found: LookupResult): ContactRow => ({
    id: mintId(),
    callKey: report.callKey,
    origin: report.origin,
    direction: report.direction,
    queue: report.queue,
    remoteNumber: remoteText(report.remoteNumber),
    remoteName: remoteText(report.remoteName),
    startedAt: report.at,
    queuedAt: report.queued ? report.at : null,
    endedAt: null,
    revision: 1,
    ...matchOf(found),
  });

  const ensure = async (queryable: Queryable, report: CallReport): Promise<ContactRow> => {
    const known = await findContactByCallKey(queryable, report.callKey);
    if (known !== null) return complete(queryable, known, report);
    const fresh = newContact(report, await lookUp(queryable, report));
    if (await insertContact(queryable, fresh)) return fresh;
    const other = await findContactByCallKey(queryable, report.callKey);
    if (other === null) throw new Error('a contact was there and is not');
    return complete(queryable, other, report);
  };

  const build = async (contact: ContactRow): Promise<ContactCard> => {
    const [match, consentFacts, recordings] = await Promise.all([
      findMatch(database, contact),
      findConsentFacts(database, contact.id),
      findRecordings(database, contact.id),
    ]);
    return cardOf({ contact, match, consentFacts, recording: recordings.at(-1), country });
  };

  /** What the look-up has read already is not read again. */
  const foundMatch = async (contact: ContactRow, found: LookupResult): Promise<Match> => {
    const [customer] = found.customers;
    return found.kind === 'exact' && customer !== undefined
      ? { kind: 'exact', customer }
      : findMatch(database, contact);
  };

  const begin = (report: CallReport): Preparation => {
    const looked = Promise.all([
      findContactByCallKey(database, report.callKey),
      lookUp(database, report),
    ]).then(([known, found]) => ({ known, found, fresh: newContact(report, found) }));
    // The way of a ringing call: one round trip, and the card can leave.
    const card = looked.then(async ({ known, found, fresh }) => {
      if (known !== null) return build(known);
      const match = await foundMatch(fresh, found);
      return keep(
        cardOf({ contact: fresh, match, consentFacts: [], recording: undefined, country }),
      );
    });
    const written = looked.then(async ({ known, fresh }) => {
      if (known === null && (await insertContact(database, fresh))) return card;
      // Somebody else made it, or it was there: theirs is the one that counts.
      ready.delete(report.callKey);
      return keep(await build(await ensure(database, report)));
    });
    return { card, written };
  };

  const prepare: Contacts['prepare'] = (report) => {
    const already = underWay.get(report.callKey);
    if (already !== undefined) return already;
    const preparation = begin(report);
    underWay.set(report.callKey, preparation);
    const done = (): void => {
      underWay.delete(report.callKey);
    };
    preparation.written.then(done, done);
    // Whoever waits for the written one hears of a failure.
    preparation.card.catch(done);
    return preparation;
  };

  return {
    prepared: (callKey) => ready.get(callKey),
    prepare,
    ensure,
    card: async (callKey) => {
      const contact = await findContactByCallKey(database, callKey);
      return contact === null ? null : keep(await build(contact));
    },
    cardOf: build,
    changed: async (callKey) => {
      const contact = await raiseRevision(database, callKey);
      if (contact === null) return null;
      const [card, holders] = await Promise.all([build(contact), findHolders(database, callKey)]);
      keep(card);
      for (const agentId of holders) push.toUser(agentId, { kind: 'card', card });
      return card;
    },
    forget: (callKey) => {
      ready.delete(callKey);
    },
  };
};
