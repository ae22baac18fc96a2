import type { ContactCard, Match } from '../../../shared/api/records.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import type { RecordingPolicy } from '../../../shared/domain/consent/recording-decision.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { findAttempts } from '../guidance/verification-attempts.ts';
import { lookUpNumber, type LookupResult } from '../directory/lookup.ts';
import { findOpenPauses } from '../payment/payment-repository.ts';
import type { PushHub } from '../push/push-hub.ts';
import { findRescue } from '../rescue/rescue-repository.ts';
import type { ConsentBook } from '../consent/consent-book.ts';
import { recordsOf } from '../consent/places.ts';
import { standingFacts } from '../consent/standing-choices.ts';
import { cardOf, type ContactRow } from './card.ts';
import {
  ensureContacts,
  newContact,
  type CallReport,
  type EnsuredContacts,
} from './ensure-contacts.ts';
import {
  findConsentFacts,
  findContactByCallKey,
  findHolders,
  findHoldersOf,
  findMatch,
  findParties,
  findRecordings,
  insertContact,
  raiseRevisions,
} from './contact-repository.ts';

export type Contacts = {
  /** The card of a call that was reported, made ready ahead of its ringing; undefined: not (yet) here. */
  readonly prepared: (callKey: string) => ContactCard | undefined;
  /** Looks the caller up and makes the contact, once per call whoever reports it. */
  readonly prepare: (report: CallReport) => Preparation;
  /** The same inside a transaction, without a card. */
  readonly ensure: (database: Queryable, report: CallReport) => Promise<ContactRow>;
  /** The same for several calls, each once. */
  readonly ensureAll: (
    database: Queryable,
    reports: readonly CallReport[],
  ) => Promise<EnsuredContacts>;
  readonly card: (callKey: string) => Promise<ContactCard | null>;
  readonly cardOf: (contact: ContactRow) => Promise<ContactCard>;
  /** Something in the card changed: a new revision for every desk that shows it. */
  readonly changed: (callKey: string) => Promise<ContactCard | null>;
  /** The same for calls of which most may be on no desk. */
  readonly changedAll: (callKeys: readonly string[]) => Promise<void>;
  /** The card with this agent among the parties of its rule. */
  readonly forAgent: ConsentBook['forAgent'];
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
  readonly book: Pick<ConsentBook, 'rule' | 'wordings' | 'forAgent' | 'refresh'>;
  /** Recorded, if at all, by a SIP service that phones tell. */
  readonly isByService: () => boolean;
  /** A call is heard of for the first time: others may begin to look up who it is. */
  readonly onReported: (report: CallReport) => void;
};

/** Cards kept ready; calls that ended are forgotten earlier. */
const maximumPrepared = 2_000;

export const createContacts = (needs: Needs): Contacts => {
  const { database, push, mintId, country, book, isByService } = needs;
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

  const makeNew = (report: CallReport, found: LookupResult): ContactRow =>
    newContact(mintId(), report, found);

  const ensureAll: Contacts['ensureAll'] = (queryable, reports) =>
    ensureContacts({ queryable, country, mintId }, reports);

  const ensure = async (queryable: Queryable, report: CallReport): Promise<ContactRow> => {
    const contact = (await ensureAll(queryable, [report])).contacts.get(report.callKey);
    if (contact === undefined) throw new Error('a contact was there and is not');
    return contact;
  };

  const consentTerms = (
    contact: ContactRow,
    match: Match,
    policy: RecordingPolicy,
    agentIds: readonly string[],
  ) => ({
    policy,
    rule: book.rule({ number: contact.remoteNumber, records: recordsOf(match) }, agentIds),
    wordings: book.wordings('customer' in match ? match.customer.language : ''),
  });

  const build = async (contact: ContactRow): Promise<ContactCard> => {
    const [match, consentFacts, recordings, pauses, parties, policy, rescue, attempts] =
      await Promise.all([
        findMatch(database, contact),
        findConsentFacts(database, contact.id),
        findRecordings(database, contact.id),
        findOpenPauses(database, contact.callKey),
        findParties(database, contact.callKey),
        book.refresh(contact.queue),
        findRescue(database, contact.id),
        findAttempts(database, contact.id),
      ]);
    const terms = consentTerms(contact, match, policy, parties);
    const recording = recordings.at(-1);
    const parts = { contact, match, consentFacts, terms, recording, pauses, rescue, attempts };
    return cardOf({ ...parts, isByService: isByService(), country });
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
      book.refresh(report.queue),
    ]).then(([known, found, policy]) => ({
      ...{ known, found, policy },
      fresh: makeNew(report, found),
    }));
    // The way of a ringing call: one round trip, and the card can leave.
    const card = looked.then(async ({ known, found, fresh, policy }) => {
      if (known !== null) return build(known);
      const match = await foundMatch(fresh, found);
      const standing = 'customer' in match ? (match.customer.standing ?? null) : null;
      const consentFacts = standingFacts(standing, fresh.id);
      const terms = consentTerms(fresh, match, policy, []);
      return keep(
        cardOf({
          contact: fresh,
          match,
          consentFacts,
          terms,
          recording: undefined,
          pauses: [],
          isByService: isByService(),
          country,
        }),
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
    needs.onReported(report);
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

  const showChanged = async (
    contact: ContactRow,
    holders: readonly string[],
  ): Promise<ContactCard> => {
    const card = keep(await build(contact));
    for (const agentId of holders) push.toUser(agentId, { kind: 'card', card });
    return card;
  };

  return {
    prepared: (callKey) => ready.get(callKey),
    prepare,
    ensure,
    ensureAll,
    card: async (callKey) => {
      const contact = await findContactByCallKey(database, callKey);
      return contact === null ? null : keep(await build(contact));
    },
    cardOf: build,
    changed: async (callKey) => {
      const [contact] = await raiseRevisions(database, [callKey]);
      return contact === undefined
        ? null
        : showChanged(contact, await findHolders(database, callKey));
    },
    changedAll: async (callKeys) => {
      if (callKeys.length === 0) return;
      for (const callKey of callKeys) ready.delete(callKey);
      const holders = groupBy(await findHoldersOf(database, callKeys), ({ callKey }) => callKey);
      if (holders.size === 0) return;
      for (const contact of await raiseRevisions(database, [...holders.keys()])) {
        const shownBy = holders.get(contact.callKey) ?? [];
        await showChanged(
          contact,
          shownBy.map(({ agentId }) => agentId),
        );
      }
    },
    forAgent: book.forAgent,
    forget: (callKey) => {
      ready.delete(callKey);
    },
  };
};
