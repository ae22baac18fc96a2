import type { JournalEvent } from '../../../shared/api/events.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { Transaction } from '../../database/database.ts';
import type { ContactRow } from '../contacts/card.ts';
import { addAgentTo, findPartsOf } from '../contacts/contact-repository.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { reportOf } from './early-cards.ts';
import { findLegOwners, type LegOwner } from './ledger-repository.ts';
import type { UnreadEvent } from './read-event.ts';

/** Which of a batch's events are this agent's to send. */
export type ClaimedEvents = {
  readonly own: readonly JournalEvent[];
  readonly refused: readonly UnreadEvent[];
  /** Legs that had facts before, by call id. */
  readonly known: ReadonlyMap<string, LegOwner>;
};

export const claimEvents = async (
  transaction: Transaction,
  agentId: string,
  events: readonly JournalEvent[],
): Promise<ClaimedEvents> => {
  const refused: UnreadEvent[] = [];
  const callIds = [...new Set(events.map(({ body }) => body.fact.callId))];
  const known = new Map(
    (await findLegOwners(transaction, callIds)).map((owner) => [owner.callId, owner]),
  );
  const callKeyOf = new Map([...known.values()].map(({ callId, callKey }) => [callId, callKey]));
  const own = events.filter(({ id, body: { fact } }) => {
    const owner = known.get(fact.callId);
    if (owner !== undefined && owner.agentId !== agentId) {
      refused.push({ id, why: 'the call leg belongs to another agent' });
      return false;
    }
    const callKey = callKeyOf.get(fact.callId) ?? fact.callKey;
    callKeyOf.set(fact.callId, callKey);
    if (callKey !== fact.callKey) {
      refused.push({ id, why: 'the call leg belongs to another call' });
      return false;
    }
    return true;
  });
  return { own, refused, known };
};

/** The contacts of a batch. */
export type ClaimedContacts = {
  readonly byKey: ReadonlyMap<string, ContactRow>;
  /** Calls (by key) of contacts that are new with this batch: all that is known of them is in it. */
  readonly made: ReadonlySet<string>;
  /** Calls (by key) in which this agent's word counts for its state. */
  readonly believed: ReadonlySet<string>;
};

type Needs = {
  readonly contacts: Pick<Contacts, 'ensureAll'>;
  /** The PBX is connected: it tells who has a part in a call. */
  readonly pbxTells: boolean;
  /** Whose rules calls follow that an agent made for a queue, by call key. */
  readonly queues: ReadonlyMap<string, string>;
  readonly now: number;
};

/** Finds or makes the contacts of these events. `endOf` tells when a call is over, as far as its legs tell. */
export const claimContacts = async (
  { contacts, pbxTells, queues, now }: Needs,
  transaction: Transaction,
  agentId: string,
  own: readonly JournalEvent[],
  endOf: (callKey: string) => number | null,
): Promise<ClaimedContacts> => {
  const byCall = groupBy(own, ({ body }) => body.fact.callKey);
  // In one order, so that two batches never wait for each other.
  const callKeys = [...byCall.keys()].sort();
  const ensured = await contacts.ensureAll(
    transaction,
    callKeys.map((callKey) => {
      const report = reportOf(callKey, byCall.get(callKey) ?? []);
      const queue = report.queue ?? queues.get(callKey) ?? null;
      return { ...report, queue, endedAt: endOf(callKey) };
    }),
  );
  const all = [...ensured.contacts.values()];
  const agents = all.filter(({ origin }) => origin === 'client' || !pbxTells).map(({ id }) => id);
  const others = all.map(({ id }) => id).filter((id) => !agents.includes(id));
  await addAgentTo(transaction, agents, agentId, now);
  const parts =
    others.length === 0 ? new Set<string>() : await findPartsOf(transaction, others, agentId);
  const believed = new Set([...agents, ...parts]);
  const keysOf = (ids: ReadonlySet<string>) =>
    new Set(all.filter(({ id }) => ids.has(id)).map(({ callKey }) => callKey));
  return { byKey: ensured.contacts, made: keysOf(ensured.made), believed: keysOf(believed) };
};
