import type {
  ChosenTicket,
  DeedView,
  EscalationDraft,
  NewTicketGiven,
  TicketNoteGiven,
} from '../../../shared/api/deeds.ts';
import type { User } from '../../../shared/api/records.ts';
import type { DeedEvent, DeedKind } from '../../../shared/domain/deed/deed.ts';
import { placesOf } from '../../../shared/domain/deed/gate.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Capability } from '../../connectors/connector.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { Connections } from '../connections/connections.ts';
import { findVisible, maySee } from '../contacts/contact-access.ts';
import { readCallFacts } from './call-facts.ts';
import type { Elsewhere } from '../directory/elsewhere.ts';
import { escalationDraft, type Link } from './call-record.ts';
import type { CallLanguage } from './call-words.ts';
import type { ContactAddress } from '../contacts/contact-open-page.ts';
import { chooseTicket, findPerson, listLinks } from './contact-links.ts';
import type { DeedContent, NoteContent } from './deed-content.ts';
import {
  countDeeds,
  deedAfter,
  findDeed,
  insertDeed,
  listDead,
  listDeedsOf,
  lockDeed,
  readDeed,
  saveDeed,
  type DeedRow,
  type DeedTold,
} from './deed-repository.ts';
import { readGate } from './gate-repository.ts';
import type { Outbox } from './outbox.ts';

/** What people write in other systems from a contact, and what became of what is written there. */
export type Deeds = {
  readonly ticket: (
    user: User,
    contactId: string,
    given: NewTicketGiven,
  ) => Promise<Answer<DeedView>>;
  readonly note: (
    user: User,
    contactId: string,
    given: TicketNoteGiven,
  ) => Promise<Answer<DeedView>>;
  readonly escalate: (
    user: User,
    contactId: string,
    given: NewTicketGiven,
  ) => Promise<Answer<DeedView>>;
  readonly draft: (
    user: User,
    contactId: string,
    language: CallLanguage,
  ) => Promise<Answer<EscalationDraft>>;
  readonly choose: (user: User, contactId: string, given: ChosenTicket) => Promise<Answer<null>>;
  readonly ofContact: (user: User, contactId: string) => Promise<Answer<readonly DeedView[]>>;
  readonly dead: (user: User) => Promise<{
    readonly deeds: readonly DeedView[];
    readonly connections: Awaited<ReturnType<typeof countDeeds>>;
  }>;
  readonly retry: (user: User, deedId: string) => Promise<Answer<DeedView>>;
  readonly letGo: (user: User, deedId: string) => Promise<Answer<DeedView>>;
};

type Needs = {
  readonly database: Database;
  readonly connections: Pick<Connections, 'open'>;
  readonly outbox: Pick<Outbox, 'lease' | 'sendNow' | 'wake'>;
  readonly elsewhere: Pick<Elsewhere, 'emailOf'>;
  readonly now: Now;
  readonly timeZone: string;
  readonly addressOf: ContactAddress;
};

/** An agent waits for it; what takes longer is sent without them. */
const byHandMs = 3_000;
const listed = 200;

const noContact = refused('not_found', 'there is no such contact among those you may see');
const noDeed = refused('not_found', 'there is no such entry among those you may see');
const noConnection = refused('not_found', 'there is no such connection, or it is switched off');

const needed: Readonly<Record<Exclude<DeedKind, 'call_log'>, Capability>> = {
  ticket: 'createTicket',
  ticket_note: 'appendToTicket',
  escalation: 'escalate',
};

type ByHand = Exclude<DeedContent, { kind: 'call_log' }>;

/** Administrators look after connections; whoever wrote something by hand after that. */
const mayAct = (user: User, { madeBy }: Pick<DeedTold, 'madeBy'>): boolean =>
  user.role === 'administrator' || madeBy === user.id;

const viewFor = (user: User, deed: DeedTold): DeedView => {
  const { failure, failureText, madeBy: _, nextAt, state, ...rest } = deed;
  const isOver = state === 'done' || state === 'cancelled';
  return {
    ...rest,
    state,
    nextAt: state === 'waiting' ? nextAt : null,
    ...(failure === null || isOver ? {} : { why: failure, message: failureText ?? '' }),
    mayRetry: state === 'dead' && mayAct(user, deed),
  };
};

const isSame = (
  row: DeedRow,
  contactId: string,
  connectionId: string,
  content: ByHand,
): boolean => {
  const given: unknown = JSON.parse(JSON.stringify(content.body));
  // What goes with it is composed at the moment; the words are the person's.
  const words = (body: unknown): unknown => ({
    ...Object(body),
    ...{ person: null, links: null, customerEmail: null },
  });
  return (
    row.kind === content.kind &&
    row.contactId === contactId &&
    row.connectionId === connectionId &&
    canonicalJson(words(row.body)) === canonicalJson(words(given))
  );
};

export const createDeeds = (needs: Needs): Deeds => {
  const { database, connections, outbox, elsewhere, now, timeZone, addressOf } = needs;

  const answer = async (user: User, deedId: string): Promise<Answer<DeedView>> => {
    const deed = await readDeed(database, deedId);
    return deed === null ? noDeed : success(viewFor(user, deed));
  };

  /** A connection that is known to be down or to need somebody is not tried while an agent waits. */
  const isWorthTrying = async (connectionId: string, kind: DeedKind): Promise<boolean> => {
    const known = await readGate(database, connectionId);
    if (known === null) return true;
    return !known.gate.held.includes(kind) && placesOf(known.gate, now(), 0) > 0;
  };

  const write = async (
    user: User,
    contactId: string,
    given: { readonly key: string; readonly connectionId: string },
    content: ByHand,
  ): Promise<Answer<DeedView>> => {
    const { key: id, connectionId } = given;
    if (!(await maySee(database, user, contactId))) return noContact;
    const known = await findDeed(database, id);
    if (known === null) {
      const connection = await connections.open(connectionId);
      if (connection === null) return noConnection;
      if (!connection.capabilities.includes(needed[content.kind])) {
        return refused('not_supported', `${connection.name} has no such thing`);
      }
      const at = now();
      const isTried = await isWorthTrying(connectionId, content.kind);
      const isMade = await insertDeed(database, {
        ...content,
        ...{ id, contactId, connectionId, madeBy: user.id, madeAt: at, dueAt: at },
        lease: isTried ? outbox.lease() : null,
      });
      const row = await findDeed(database, id);
      if (isMade && isTried && row !== null) await outbox.sendNow(row, byHandMs);
      if (isMade) {
        outbox.wake();
        return answer(user, id);
      }
    }
    const row = known ?? (await findDeed(database, id));
    if (row === null) return noContact;
    return row.madeBy === user.id && isSame(row, contactId, connectionId, content)
      ? answer(user, id)
      : refused('conflict', 'this key was used before, for something else');
  };

  const change = async (
    user: User,
    deedId: string,
    eventFor: (row: DeedRow) => DeedEvent,
    action: string,
  ): Promise<Answer<DeedView>> => {
    const changed = await database.transaction(async (transaction): Promise<Answer<null>> => {
      const row = await lockDeed(transaction, deedId);
      if (row === null || !mayAct(user, row)) return noDeed;
      const next = deedAfter(row, eventFor(row));
      if (next.state === row.state) {
        return refused('conflict', `this entry is ${row.state}`);
      }
      await saveDeed(transaction, next);
      const { contactId, connectionId, kind } = row;
      const details = { deedId, contactId, connectionId, kind };
      const line = { at: now(), actor: user.id, action, subject: row.madeBy };
      await appendAudit(transaction, { ...line, details });
      return success(null);
    });
    if (!changed.ok) return changed;
    outbox.wake();
    return answer(user, deedId);
  };

  /** What may be there already is sent again by somebody who was told so, and looked. */
  const retryOf = ({ failure }: DeedRow): DeedEvent => ({
    kind: 'retry',
    at: now(),
    ...(failure === 'in_doubt' ? { isNotThere: true } : {}),
  });

  /** To the contact itself first: whoever may, hears its recording there. */
  const linksOf = async (contactId: string): Promise<readonly Link[]> => {
    const address = addressOf(contactId);
    const own = address === null ? [] : [{ title: 'Ringside', url: address }];
    const others = await listLinks(database, contactId);
    return [...own, ...others.map(({ title, url }) => ({ title, url }))];
  };

  /** Only to systems that have a use for it. */
  const emailFor = async (connectionId: string, contactId: string): Promise<string | null> => {
    const connection = await connections.open(connectionId);
    return connection?.connector.escalatesForCustomer === true
      ? elsewhere.emailOf(contactId)
      : null;
  };

  return {
    ticket: async (user, contactId, { subject, body, ...given }) => {
      const person = await findPerson(database, contactId, given.connectionId);
      const content = { subject: subject.trim(), body, tags: ['ringside'] };
      return write(user, contactId, given, {
        kind: 'ticket',
        body: person === null ? content : { ...content, person },
      });
    },
    note: (user, contactId, { ticket, text, isPublic, ...given }) => {
      const body: NoteContent = { ticket, text, isPublic };
      return write(user, contactId, given, { kind: 'ticket_note', body });
    },
    escalate: async (user, contactId, { subject, body, ...given }) => {
      if (!(await maySee(database, user, contactId))) return noContact;
      const links = await linksOf(contactId);
      const customerEmail = await emailFor(given.connectionId, contactId);
      const content = { subject: subject.trim(), body, links };
      return write(user, contactId, given, {
        kind: 'escalation',
        body: customerEmail === null ? content : { ...content, customerEmail },
      });
    },
    draft: async (user, contactId, language) => {
      if (!(await maySee(database, user, contactId))) return noContact;
      const [facts] = await readCallFacts(database, [contactId]);
      if (facts === undefined) return noContact;
      const links = await linksOf(contactId);
      return success({ ...escalationDraft(facts, { language, timeZone }), links: [...links] });
    },
    choose: async (user, contactId, { connectionId, ticket }) => {
      if (!(await maySee(database, user, contactId))) return noContact;
      if ((await connections.open(connectionId)) === null) return noConnection;
      await chooseTicket(database, contactId, connectionId, ticket, { by: user.id, at: now() });
      return success(null);
    },
    ofContact: async (user, contactId) => {
      if (!(await maySee(database, user, contactId))) return noContact;
      return success((await listDeedsOf(database, contactId)).map((deed) => viewFor(user, deed)));
    },
    dead: async (user) => {
      const dead = await listDead(database, listed);
      const contactIds = dead.map(({ contactId }) => contactId);
      const visible = await findVisible(database, user, contactIds);
      return {
        deeds: dead
          .filter(({ contactId }) => visible.has(contactId))
          .map((deed) => viewFor(user, deed)),
        connections: await countDeeds(database),
      };
    },
    retry: (user, deedId) => change(user, deedId, retryOf, 'deed_retried'),
    letGo: (user, deedId) => change(user, deedId, () => ({ kind: 'let_go' }), 'deed_let_go'),
  };
};
