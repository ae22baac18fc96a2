import type { ContactCard } from '../../../shared/api/records.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { lookUpNumber } from '../directory/lookup.ts';
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
export type CallReport = {
  readonly callKey: string;
  readonly origin: 'pbx' | 'client';
  readonly direction: 'inbound' | 'outbound';
  readonly queue: string | null;
  readonly remoteNumber: string;
  readonly remoteName: string;
  readonly at: number;
  readonly queued: boolean;
};

export type Contacts = {
  /** The card of a call that was reported, made ready ahead of its ringing; undefined: not (yet) here. */
  readonly prepared: (callKey: string) => ContactCard | undefined;
  /** Looks the caller up and makes the contact, once per call whoever reports it. */
  readonly prepare: (report: CallReport) => Promise<ContactCard>;
  /** The same inside a transaction, without a card. */
  readonly ensure: (database: Queryable, report: CallReport) => Promise<ContactRow>;
  readonly card: (callKey: string) => Promise<ContactCard | null>;
  readonly cardOf: (contact: ContactRow) => Promise<ContactCard>;
  /** Something in the card changed: a new revision for every desk that shows it. */
  readonly changed: (callKey: string) => Promise<ContactCard | null>;
  readonly forget: (callKey: string) => void;
};

type Needs = {
  readonly database: Database;
  readonly push: PushHub;
  readonly now: Now;
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
  const underWay = new Map<string, Promise<ContactCard>>();

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

  const matched = async (
    queryable: Queryable,
    remoteNumber: string,
  ): Promise<Pick<ContactRow, 'match' | 'customerId' | 'candidateIds'>> => {
    const { kind, customerIds } = await lookUpNumber(queryable, remoteNumber, country);
    return kind === 'exact'
      ? { match: kind, customerId: customerIds[0] ?? null, candidateIds: [] }
      : { match: kind, customerId: null, candidateIds: customerIds };
  };

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
        ? await matched(queryable, remoteNumber)
        : {}),
    });
  };

  const newContact = async (queryable: Queryable, report: CallReport): Promise<ContactRow> => {
    const remoteNumber = remoteText(report.remoteNumber);
    return {
      id: mintId(),
      callKey: report.callKey,
      origin: report.origin,
      direction: report.direction,
      queue: report.queue,
      remoteNumber,
      remoteName: remoteText(report.remoteName),
      startedAt: report.at,
      queuedAt: report.queued ? report.at : null,
      endedAt: null,
      revision: 1,
      ...(await matched(queryable, remoteNumber)),
    };
  };

  const ensure = async (queryable: Queryable, report: CallReport): Promise<ContactRow> => {
    const known = await findContactByCallKey(queryable, report.callKey);
    if (known !== null) return complete(queryable, known, report);
    const fresh = await newContact(queryable, report);
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

  /** The way of a ringing call: the record is read while the contact is being written. */
  const prepareNow = async (report: CallReport): Promise<ContactCard> => {
    const [known, fresh] = await Promise.all([
      findContactByCallKey(database, report.callKey),
      newContact(database, report),
    ]);
    if (known === null) {
      const [inserted, match] = await Promise.all([
        insertContact(database, fresh),
        findMatch(database, fresh),
      ]);
      if (inserted) {
        return cardOf({ contact: fresh, match, consentFacts: [], recording: undefined, country });
      }
    }
    return build(await ensure(database, report));
  };

  return {
    prepared: (callKey) => ready.get(callKey),
    prepare: (report) => {
      const go = () => prepareNow(report);
      const made = (underWay.get(report.callKey)?.then(go, go) ?? go()).then(keep).finally(() => {
        if (underWay.get(report.callKey) === made) underWay.delete(report.callKey);
      });
      underWay.set(report.callKey, made);
      return made;
    },
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
