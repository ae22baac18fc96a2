import type { EventReceipt, JournalEvent } from '../../../shared/api/events.ts';
import { isDatabaseAway, type Database, type Transaction } from '../../database/database.ts';
import type { Now } from '../../clock.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { CallBacks } from '../call-backs/call-backs.ts';
import type { Emergencies } from '../emergency/emergencies.ts';
import type { Agents } from '../agent/agent-service.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { Rescues } from '../rescue/rescues.ts';
import type { Recordings } from '../recording/recording-service.ts';
import { createEarlyCards } from './early-cards.ts';
import { readEvent, type UnreadEvent } from './read-event.ts';
import { createBatchStore, type Outcome } from './store-batch.ts';

export type Ledger = {
  /** Takes each event once; answers for every one of them. */
  readonly store: (
    agentId: string,
    events: readonly unknown[],
    /** Who wrote them; only the backend may speak for somebody else. */
    from?: 'client' | 'backend',
    /** In the same transaction, once the events are stored and none was refused. */
    also?: (transaction: Transaction) => Promise<void>,
  ) => Promise<EventReceipt>;
  /** Resolves when everybody who shows something of it was told. */
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly agents: Agents;
  readonly recordings: Recordings;
  readonly push: PushHub;
  readonly rescues: Pick<Rescues, 'phoneFailed'>;
  readonly callBacks: Pick<CallBacks, 'queuesOfCalls' | 'takeNews' | 'touched'>;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly log: Log;
  readonly onToday: (agentId: string) => void;
  /** Facts of this agent were stored. */
  readonly onStored: (agentId: string) => void;
  /** The agent's phone says what was dialled; the PBX may have said so before. */
  readonly onDialed: Emergencies['dialed'];
};

type Also = ((transaction: Transaction) => Promise<void>) | undefined;

const speaksForOthers = ({ body: { fact } }: JournalEvent): boolean =>
  'byUser' in fact ||
  ('by' in fact && fact.by !== 'timer' && fact.by !== 'agent') ||
  ('how' in fact && fact.how === 'keypad');

export const createLedger = (needs: Needs): Ledger => {
  const { database, contacts, agents, recordings, push, rescues, pbx, now, log } = needs;
  const { onToday, onStored, callBacks } = needs;

  const showEarly = createEarlyCards({ contacts, push, pbx, now, log });

  const storeIn = createBatchStore({ contacts, agents, callBacks, pbx, now });
  const telling = createKeyedQueue((error, agentId) => {
    log.warn({ error, agentId }, 'events were stored but could not be told');
  });

  /** Cards of the calls that are on the desk; those of a day without a network are not. */
  const tellOfCalls = async (agentId: string, { begun, change }: Outcome): Promise<void> => {
    if (begun.length === 0) return;
    const standing = change?.standing ?? (await agents.standing(agentId));
    if (!standing.signedIn) return;
    const shown = new Set([...standing.offers, ...standing.calls, ...standing.wrapUps]);
    for (const callKey of begun.filter((each) => shown.has(each))) {
      const card = await contacts.card(callKey);
      if (card !== null) push.toUser(agentId, { kind: 'card', card });
    }
  };

  const tell = async (agentId: string, outcome: Outcome): Promise<void> => {
    if (pbx.status().state !== 'absent') {
      for (const { callKey, at } of outcome.failed) rescues.phoneFailed(agentId, callKey, at);
    }
    if (outcome.finishedLegs) onToday(agentId);
    await recordings.reconsiderLive(outcome.consented);
    await contacts.changedAll(outcome.consented);
    await tellOfCalls(agentId, outcome);
  };

  const storeTogether = async (
    agentId: string,
    events: readonly JournalEvent[],
    also: Also,
  ): Promise<readonly UnreadEvent[]> => {
    const outcome = await database.transaction(async (transaction) => {
      const stored = await storeIn(transaction, agentId, events);
      if (stored.refused.length === 0) await also?.(transaction);
      return stored;
    });
    agents.announce(outcome.change);
    callBacks.touched(outcome.callBacks);
    onStored(agentId);
    // What was committed is answered for; a failure to tell must not have it sent again.
    void telling.add(agentId, () => tell(agentId, outcome));
    return outcome.refused;
  };

  const store = async (
    agentId: string,
    events: readonly JournalEvent[],
    also: Also,
  ): Promise<readonly UnreadEvent[]> => {
    if (events.length === 0) return [];
    try {
      return await storeTogether(agentId, events, also);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      const [only] = events;
      log.error({ error, agentId, events: events.length }, 'events could not be stored');
      if (only !== undefined && events.length === 1) {
        return [{ id: only.id, why: 'the backend could not store this event' }];
      }
    }
    // One event that breaks the rest must not keep them from being stored.
    const refused: UnreadEvent[] = [];
    for (const event of events) refused.push(...(await store(agentId, [event], undefined)));
    return refused;
  };

  return {
    idle: telling.idle,
    store: async (agentId, given, from = 'client', also) => {
      const refused: UnreadEvent[] = [];
      const readable: JournalEvent[] = [];
      for (const each of given) {
        const read = readEvent(each, now());
        if (!read.ok) refused.push(read.why);
        else if (read.value.agentId !== agentId) {
          refused.push({ id: read.value.id, why: 'event/agentId is another agent' });
        } else if (from === 'client' && speaksForOthers(read.value)) {
          refused.push({ id: read.value.id, why: 'event/body/fact is not for a client to say' });
        } else readable.push(read.value);
      }
      for (const { body } of readable) {
        const { fact } = body;
        if (fact.kind !== 'dialed' || fact.consultFor !== undefined) continue;
        needs.onDialed({ agentId, callKey: fact.callKey, number: fact.remoteNumber, at: fact.at });
      }
      showEarly(agentId, readable);
      refused.push(...(await store(agentId, readable, also)));
      for (const { id, why } of refused) log.warn({ agentId, eventId: id, why }, 'event refused');
      const refusedIds = new Set(refused.map((each) => each.id));
      return {
        stored: [...new Set(readable.map((event) => event.id))].filter((id) => !refusedIds.has(id)),
        refused,
      };
    },
  };
};
