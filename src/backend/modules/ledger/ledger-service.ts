import type { EventReceipt, JournalEvent } from '../../../shared/api/events.ts';
import { isDatabaseAway, type Database, type Transaction } from '../../database/database.ts';
import type { Now } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { TimedStep } from '../agent/agent-step.ts';
import type { AgentChange, Agents } from '../agent/agent-service.ts';
import { addAgent, hasAgent } from '../contacts/contact-repository.ts';
import { endWithLegs } from '../contacts/contact-end.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { Recordings } from '../recording/recording-service.ts';
import type { FailedPhones } from '../telephony/failed-phones.ts';
import { canonicalJson } from './canonical-json.ts';
import { createEarlyCards, reportOf } from './early-cards.ts';
import { stepsOf } from './fact-steps.ts';
import { projectLeg } from './leg-projection.ts';
import {
  findLedgerFacts,
  findLegOwners,
  findStoredEvents,
  insertEvents,
  lockLeg,
  owesWrapUp,
  saveLeg,
} from './ledger-repository.ts';
import { readEvent, type UnreadEvent } from './read-event.ts';

export type Ledger = {
  /** Takes each event once; answers for every one of them. */
  readonly store: (agentId: string, events: readonly unknown[]) => Promise<EventReceipt>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly agents: Agents;
  readonly recordings: Recordings;
  readonly push: PushHub;
  readonly failedPhones: FailedPhones;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly log: Log;
  readonly onToday: (agentId: string) => void;
};

type Outcome = {
  readonly refused: readonly UnreadEvent[];
  readonly change: AgentChange | null;
  /** Calls that began for this agent with these events. */
  readonly begun: readonly string[];
  readonly consented: readonly string[];
  readonly finishedLegs: boolean;
  /** Calls that ended with their phone. */
  readonly failed: readonly { readonly callKey: string; readonly at: number }[];
};

const byJournal = (a: JournalEvent, b: JournalEvent): number =>
  a.journalId === b.journalId ? a.seq - b.seq : a.journalId < b.journalId ? -1 : 1;

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

export const createLedger = (needs: Needs): Ledger => {
  const { database, contacts, agents, recordings, push, failedPhones, pbx, now, log, onToday } =
    needs;

  const showEarly = createEarlyCards({ contacts, push, pbx, log });

  const isConnected = (): boolean => pbx.status().state === 'connected';

  /** Contacts and legs of these events, locked; answers which events are not this agent's to send. */
  const claimLegs = async (
    transaction: Transaction,
    agentId: string,
    events: readonly JournalEvent[],
  ) => {
    const refused: UnreadEvent[] = [];
    const callIds = unique(events.map((event) => event.body.fact.callId));
    const owners = new Map(
      (await findLegOwners(transaction, callIds)).map((owner) => [owner.callId, owner]),
    );
    const callKeyOf = new Map<string, string>();
    const own = events.filter(({ id, body: { fact } }) => {
      const owner = owners.get(fact.callId);
      const callKey = owner?.callKey ?? callKeyOf.get(fact.callId) ?? fact.callKey;
      callKeyOf.set(fact.callId, callKey);
      if (owner !== undefined && owner.agentId !== agentId) {
        refused.push({ id, why: 'the call leg belongs to another agent' });
        return false;
      }
      if (callKey !== fact.callKey) {
        refused.push({ id, why: 'the call leg belongs to another call' });
        return false;
      }
      return true;
    });
    const believed = new Set<string>();
    for (const callKey of unique(own.map((event) => event.body.fact.callKey))) {
      const contact = await contacts.ensure(transaction, reportOf(callKey, own));
      if (contact.origin === 'client' || !isConnected()) {
        await addAgent(transaction, contact.id, agentId, now());
        believed.add(callKey);
      } else if (await hasAgent(transaction, contact.id, agentId)) {
        believed.add(callKey);
      }
      const legs = own.filter((event) => event.body.fact.callKey === callKey);
      for (const callId of unique(legs.map((event) => event.body.fact.callId))) {
        const leg = await lockLeg(transaction, { callId, agentId, contactId: contact.id });
        if (leg.agentId !== agentId) throw new Error('two agents began the same call leg at once');
      }
    }
    return { own, refused, believed };
  };

  const storeIn = async (
    transaction: Transaction,
    agentId: string,
    events: readonly JournalEvent[],
  ): Promise<Outcome> => {
    const { own, refused: notOwn, believed } = await claimLegs(transaction, agentId, events);
    const inserted = await insertEvents(transaction, own, now());
    const stored = await findStoredEvents(
      transaction,
      own.map((event) => event.id),
      own.map((event) => event.body.fact.id),
    );
    const textOf = new Map(stored.map((row) => [row.factId, `${row.topic} ${row.fact}`]));
    const factOf = new Map(stored.map((row) => [row.id, row.factId]));
    const refused = [...notOwn];
    const fresh = new Map<string, JournalEvent>();
    for (const event of own) {
      const { fact } = event.body;
      const sameId = (factOf.get(event.id) ?? fact.id) === fact.id;
      if (!sameId || textOf.get(fact.id) !== `${event.body.topic} ${canonicalJson(fact)}`) {
        refused.push({ id: event.id, why: 'this id was stored before with other content' });
      } else if (inserted.has(event.id) && !fresh.has(event.id)) {
        fresh.set(event.id, event);
      }
    }
    const news = [...fresh.values()].sort(byJournal);
    const ledgerLegs = unique(
      news.filter(({ body }) => body.topic === 'ledger').map(({ body }) => body.fact.callId),
    );
    const facts = await findLedgerFacts(transaction, ledgerLegs);
    const consultLegs = new Set<string>();
    let finishedLegs = false;
    for (const callId of ledgerLegs) {
      const leg = projectLeg(facts.filter((fact) => fact.callId === callId));
      await saveLeg(transaction, callId, leg);
      if (leg.isConsult) consultLegs.add(callId);
      else finishedLegs ||= leg.finishedAt !== null;
    }
    if (pbx.status().state === 'absent') await endWithLegs(transaction, [...believed]);
    const steps: TimedStep[] = [];
    for (const event of news) {
      const { kind, callId, callKey } = event.body.fact;
      if (!believed.has(callKey) || consultLegs.has(callId)) continue;
      // A customer who was transferred and came back made a second leg of the same call: the last wrap-up counts.
      if (kind === 'wrap_up_completed' && (await owesWrapUp(transaction, agentId, callKey)))
        continue;
      const isDirect = facts.some(
        (fact) => fact.callId === callId && fact.kind === 'offered' && fact.queue === null,
      );
      steps.push(...stepsOf(event, { pbxTells: isConnected(), isDirect }));
    }
    const change = steps.length === 0 ? null : await agents.takeIn(transaction, agentId, steps);
    const keysOf = (kinds: readonly string[]) =>
      unique(
        news.filter(({ body }) => kinds.includes(body.fact.kind)).map((e) => e.body.fact.callKey),
      );
    return {
      refused,
      change,
      begun: keysOf(['offered', 'dialed']).filter((callKey) => believed.has(callKey)),
      consented: unique(
        news.filter(({ body }) => body.topic === 'consent').map((e) => e.body.fact.callKey),
      ),
      finishedLegs,
      failed: news
        .map(({ body }) => body.fact)
        .filter((fact) => fact.kind === 'ended' && fact.outcome === 'phone_failed'),
    };
  };

  const tell = async (agentId: string, outcome: Outcome): Promise<void> => {
    for (const { callKey, at } of outcome.failed) failedPhones.hangUp(agentId, callKey, at);
    agents.announce(outcome.change);
    if (outcome.finishedLegs) onToday(agentId);
    for (const callKey of outcome.consented) {
      recordings.reconsider(callKey);
      await contacts.changed(callKey);
    }
    for (const callKey of outcome.begun) {
      const card = await contacts.card(callKey);
      if (card !== null) push.toUser(agentId, { kind: 'card', card });
    }
  };

  const storeTogether = async (
    agentId: string,
    events: readonly JournalEvent[],
  ): Promise<readonly UnreadEvent[]> => {
    const outcome = await database.transaction((transaction) =>
      storeIn(transaction, agentId, events),
    );
    // What was committed is told, and a failure to tell must not have it sent again.
    await tell(agentId, outcome).catch((error: unknown) => {
      log.warn({ error, agentId }, 'events were stored but could not be told');
    });
    return outcome.refused;
  };

  const store = async (
    agentId: string,
    events: readonly JournalEvent[],
  ): Promise<readonly UnreadEvent[]> => {
    if (events.length === 0) return [];
    try {
      return await storeTogether(agentId, events);
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
    for (const event of events) refused.push(...(await store(agentId, [event])));
    return refused;
  };

  return {
    store: async (agentId, given) => {
      const refused: UnreadEvent[] = [];
      const readable: JournalEvent[] = [];
      for (const each of given) {
        const read = readEvent(each, now());
        if (!read.ok) refused.push(read.why);
        else if (read.value.agentId !== agentId) {
          refused.push({ id: read.value.id, why: 'event/agentId is another agent' });
        } else readable.push(read.value);
      }
      showEarly(agentId, readable);
      refused.push(...(await store(agentId, readable)));
      for (const { id, why } of refused) log.warn({ agentId, eventId: id, why }, 'event refused');
      const refusedIds = new Set(refused.map((each) => each.id));
      return {
        stored: [...new Set(readable.map((event) => event.id))].filter((id) => !refusedIds.has(id)),
        refused,
      };
    },
  };
};
