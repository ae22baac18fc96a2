import type { JournalEvent } from '../../../shared/api/events.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { Now } from '../../clock.ts';
import type { Transaction } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { compareWithPbx } from '../agent/agent-repository.ts';
import type { AgentChange, Agents } from '../agent/agent-service.ts';
import { endWithLegs } from '../contacts/contact-end.ts';
import type { TouchedCallBack } from '../call-backs/call-back-facts.ts';
import type { CallBacks } from '../call-backs/call-backs.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { saysWrapUp, settleWrapUps } from '../wrap-up/settle-wrap-ups.ts';
import { keepConsentEvents } from '../consent/keep-consents.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { claimContacts, claimEvents, type ClaimedContacts } from './claim-legs.ts';
import { projectLeg, type LegProjection } from './leg-projection.ts';
import { saveLegs } from './leg-writes.ts';
import {
  findLedgerFacts,
  findLegsOfCalls,
  findStoredEvents,
  insertEvents,
  lockLedgerOf,
  type LegOfCall,
  type LegOwner,
  type NewEvent,
} from './ledger-repository.ts';
import { isBeginning, stepsOfNews } from './news-steps.ts';
import type { UnreadEvent } from './read-event.ts';

/** What a batch did, to be told once it is committed. */
export type Outcome = {
  readonly refused: readonly UnreadEvent[];
  readonly change: AgentChange | null;
  /** Calls that began for this agent with these events. */
  readonly begun: readonly string[];
  readonly consented: readonly string[];
  readonly finishedLegs: boolean;
  /** Calls that ended with their phone. */
  readonly failed: readonly { readonly callKey: string; readonly at: number }[];
  readonly callBacks: readonly TouchedCallBack[];
};

type Needs = {
  readonly contacts: Contacts;
  readonly agents: Pick<Agents, 'takeIn'>;
  readonly callBacks: Pick<CallBacks, 'queuesOfCalls' | 'takeNews'>;
  readonly pbx: Pick<Pbx, 'status'>;
  readonly now: Now;
};

const byJournal = (a: JournalEvent, b: JournalEvent): number =>
  a.journalId === b.journalId ? a.seq - b.seq : a.journalId < b.journalId ? -1 : 1;

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

const isLedger = ({ body }: JournalEvent): boolean => body.topic === 'ledger';

/** The events that are not stored yet, each once, in the order of their journals; and those that contradict one. */
const sortOut = async (
  transaction: Transaction,
  events: readonly JournalEvent[],
): Promise<{
  readonly news: readonly NewEvent[];
  readonly refused: readonly UnreadEvent[];
}> => {
  const stored = await findStoredEvents(
    transaction,
    events.map(({ id }) => id),
    events.map(({ body }) => body.fact.id),
  );
  const factOf = new Map(stored.map(({ id, factId }) => [id, factId]));
  const textOf = new Map(stored.map(({ factId, topic, fact }) => [factId, `${topic} ${fact}`]));
  const news: NewEvent[] = [];
  const refused: UnreadEvent[] = [];
  for (const event of events) {
    const { topic, fact } = event.body;
    const factText = canonicalJson(fact);
    const text = `${topic} ${factText}`;
    const knownFact = factOf.get(event.id);
    const knownText = textOf.get(fact.id);
    if (knownFact === undefined && knownText === undefined) {
      factOf.set(event.id, fact.id);
      textOf.set(fact.id, text);
      news.push({ ...event, factText });
    } else if ((knownFact ?? fact.id) !== fact.id || knownText !== text) {
      refused.push({ id: event.id, why: 'this id was stored before with other content' });
    }
  }
  return { news: news.sort(byJournal), refused };
};

/** Folds each leg of the news anew, from what is stored of it and the news. */
const foldLegs = async (
  transaction: Transaction,
  known: ReadonlyMap<string, LegOwner>,
  news: readonly JournalEvent[],
): Promise<Folded> => {
  const told = new Set(news.filter(isLedger).map(({ body }) => body.fact.callId));
  const before = await findLedgerFacts(
    transaction,
    [...told].filter((callId) => known.has(callId)),
  );
  const fresh = news.filter(isLedger).map(({ body }) => body.fact as LedgerFact);
  const facts = groupBy([...before, ...fresh], (fact) => fact.callId);
  const callKeyOf = new Map(news.map(({ body: { fact } }) => [fact.callId, fact.callKey]));
  const legs = [...callKeyOf]
    // Consent alone changes nothing of a leg that is there.
    .filter(([callId]) => told.has(callId) || !known.has(callId))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([callId, callKey]) => ({
      callId,
      callKey,
      projection: projectLeg(facts.get(callId) ?? []),
    }));
  return { facts, legs };
};

type Folded = {
  readonly facts: ReadonlyMap<string, readonly LedgerFact[]>;
  readonly legs: readonly FoldedLeg[];
};
type FoldedLeg = {
  readonly callId: string;
  readonly callKey: string;
  readonly projection: LegProjection;
};

/** When a call is over with its last leg, of these; null: it goes on. */
const endOfLegs = (legs: readonly FoldedLeg[]): ((callKey: string) => number | null) => {
  const byCall = groupBy(legs, ({ callKey }) => callKey);
  return (callKey) => {
    const ends = (byCall.get(callKey) ?? []).map(({ projection }) => projection.endedAt);
    const told = ends.filter((at) => at !== null);
    return told.length === 0 || told.length < ends.length ? null : Math.max(...told);
  };
};

/** Legs of calls that are new with this batch, as they would be read. */
const legsOfMade = (
  { legs, facts }: Folded,
  calls: Pick<ClaimedContacts, 'made' | 'believed'>,
): readonly LegOfCall[] =>
  legs
    .filter(({ callKey, projection }) => {
      const counts = calls.made.has(callKey) && calls.believed.has(callKey);
      return counts && !projection.isConsult;
    })
    .map(({ callId, callKey, projection: { startedAt, answeredAt, wrappedUpAt } }) => ({
      callId,
      callKey,
      isBegun: (facts.get(callId) ?? []).some(isBeginning),
      startedAt,
      answeredAt,
      wrappedUpAt,
    }));

/** Stores a batch of one agent: events, what their legs add up to, and what follows for the agent's state. */
export const createBatchStore =
  ({ contacts, agents, callBacks, pbx, now }: Needs) =>
  async (
    transaction: Transaction,
    agentId: string,
    events: readonly JournalEvent[],
  ): Promise<Outcome> => {
    const pbxTells = pbx.status().state === 'connected';
    await lockLedgerOf(transaction, agentId);
    const claim = await claimEvents(transaction, agentId, events);
    const { news, refused } = await sortOut(transaction, claim.own);
    const { facts, legs } = await foldLegs(transaction, claim.known, news);
    const queues = await callBacks.queuesOfCalls(transaction, agentId, claim.own);
    const needs = { contacts, pbxTells, queues, now: now() };
    const endsWithLegs = pbx.status().state === 'absent';
    const endOf = endsWithLegs ? endOfLegs(legs) : () => null;
    const calls = await claimContacts(needs, transaction, agentId, claim.own, endOf);
    const { byKey, made, believed } = calls;
    const knownCalls = [...believed].filter((callKey) => !made.has(callKey));

    const wrappedUp = new Set(
      news.filter(({ body }) => saysWrapUp(body.fact)).map(({ body }) => body.fact.callId),
    );
    const flawsOf = await settleWrapUps(transaction, [...wrappedUp]);
    await saveLegs(
      transaction,
      legs.map(({ callId, callKey, projection }) => {
        const { id: contactId = '', queue = null } = byKey.get(callKey) ?? {};
        const isKnown = claim.known.has(callId);
        const isJudged = wrappedUp.has(callId) && projection.wrappedUpAt !== null;
        const wrapUpFlaws = isJudged
          ? flawsOf({ ...projection, queue, by: projection.wrappedUpBy })
          : (claim.known.get(callId)?.wrapUpFlaws ?? []);
        return { callId, agentId, contactId, isKnown, projection, wrapUpFlaws };
      }),
    );
    await insertEvents(transaction, agentId, news, now());
    const touched = await callBacks.takeNews(transaction, agentId, news, facts);

    const consultLegs = new Set(
      legs.filter(({ projection }) => projection.isConsult).map(({ callId }) => callId),
    );
    if (endsWithLegs && knownCalls.length > 0) await endWithLegs(transaction, knownCalls);
    const keysOf = (kinds: readonly string[]) =>
      unique(
        news.filter(({ body }) => kinds.includes(body.fact.kind)).map((e) => e.body.fact.callKey),
      );
    const steps = stepsOfNews({
      news: news.filter(({ body }) => believed.has(body.fact.callKey)),
      legs: [
        ...legsOfMade({ legs, facts }, calls),
        ...(await findLegsOfCalls(transaction, agentId, knownCalls)),
      ],
      facts,
      pbxTells,
    });
    const change = steps.length === 0 ? null : await agents.takeIn(transaction, agentId, steps);
    if (pbxTells) await compareWithPbx(transaction, agentId, unique([...believed]));
    await keepConsentEvents(transaction, agentId, news, byKey);
    return {
      refused: [...claim.refused, ...refused],
      change,
      begun: keysOf(['offered', 'dialed']).filter((callKey) => believed.has(callKey)),
      consented: unique(
        news.filter(({ body }) => body.topic === 'consent').map((e) => e.body.fact.callKey),
      ),
      finishedLegs: legs.some(
        ({ callId, projection }) => !consultLegs.has(callId) && projection.finishedAt !== null,
      ),
      failed: news
        .map(({ body }) => body.fact)
        .filter((fact) => fact.kind === 'ended' && fact.outcome === 'phone_failed'),
      callBacks: touched,
    };
  };
