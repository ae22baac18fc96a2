import type { JournalEvent } from '../../../shared/api/events.ts';
import type { Transaction } from '../../database/database.ts';
import { addAgentTo, findPartsOf } from '../contacts/contact-repository.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { groupBy } from '../../../shared/group-by.ts';
import { reportOf } from './early-cards.ts';
import { findLegOwners } from './ledger-repository.ts';
import type { UnreadEvent } from './read-event.ts';

/** What these events may be written to. */
export type Claim = {
  /** The events that are this agent's to send. */
  readonly own: readonly JournalEvent[];
  readonly refused: readonly UnreadEvent[];
  /** The contact of each leg. */
  readonly contactOf: ReadonlyMap<string, string>;
  /** Legs that had facts before. */
  readonly known: ReadonlySet<string>;
  /** Calls (by key) in which this agent's word counts for its state. */
  readonly believed: ReadonlySet<string>;
};

type Needs = {
  readonly contacts: Pick<Contacts, 'ensureAll'>;
  /** The PBX is connected: it tells who has a part in a call. */
  readonly pbxTells: boolean;
  readonly now: number;
};

/** Finds or makes the contacts of these events' legs, and says which events are not this agent's to send. */
export const claimLegs = async (
  { contacts, pbxTells, now }: Needs,
  transaction: Transaction,
  agentId: string,
  events: readonly JournalEvent[],
): Promise<Claim> => {
  const refused: UnreadEvent[] = [];
  const callIds = [...new Set(events.map(({ body }) => body.fact.callId))];
  const owners = new Map(
    (await findLegOwners(transaction, callIds)).map((owner) => [owner.callId, owner]),
  );
  const callKeyOf = new Map([...owners.values()].map(({ callId, callKey }) => [callId, callKey]));
  const own = events.filter(({ id, body: { fact } }) => {
    const owner = owners.get(fact.callId);
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

  const byCall = groupBy(own, ({ body }) => body.fact.callKey);
  // In one order, so that two batches never wait for each other.
  const callKeys = [...byCall.keys()].sort();
  const contactsByKey = await contacts.ensureAll(
    transaction,
    callKeys.map((callKey) => reportOf(callKey, byCall.get(callKey) ?? [])),
  );
  const made = [...contactsByKey.values()];
  const agents = made.filter(({ origin }) => origin === 'client' || !pbxTells).map(({ id }) => id);
  const others = made.map(({ id }) => id).filter((id) => !agents.includes(id));
  await addAgentTo(transaction, agents, agentId, now);
  const parts =
    others.length === 0 ? new Set<string>() : await findPartsOf(transaction, others, agentId);
  const believed = new Set([...agents, ...parts]);

  return {
    own,
    refused,
    contactOf: new Map(
      own.flatMap(({ body: { fact } }) => {
        const contact = contactsByKey.get(fact.callKey);
        return contact === undefined ? [] : [[fact.callId, contact.id] as const];
      }),
    ),
    known: new Set(owners.keys()),
    believed: new Set(made.filter(({ id }) => believed.has(id)).map(({ callKey }) => callKey)),
  };
};
