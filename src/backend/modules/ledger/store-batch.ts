import type { JournalEvent } from '../../../shared/api/events.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { Now } from '../../clock.ts';
import type { Transaction } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { compareWithPbx } from '../agent/agent-repository.ts';
import type { AgentChange, Agents } from '../agent/agent-service.ts';
import { endWithLegs } from '../contacts/contact-end.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { settleWrapUps } from '../wrap-up/settle-wrap-ups.ts';
import { canonicalJson } from './canonical-json.ts';
import { claimLegs, type Claim } from './claim-legs.ts';
import { stepsOfNews } from './news-steps.ts';
import { projectLeg } from './leg-projection.ts';
import { saveLegs } from './leg-writes.ts';
import {
  findLedgerFacts,
  findLegsOfCalls,
  findStoredEvents,
  insertEvents,
  lockLedgerOf,
  type NewEvent,
} from './ledger-repository.ts';
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
};

type Needs = {
  readonly contacts: Contacts;
  readonly agents: Pick<Agents, 'takeIn'>;
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

/** Folds each leg of the news anew and writes it; answers the facts of the legs and what they add up to. */
const foldLegs = async (
  transaction: Transaction,
  agentId: string,
  { contactOf, known }: Claim,
  news: readonly JournalEvent[],
) => {
  const touched = unique(news.map(({ body }) => body.fact.callId));
  const told = new Set(news.filter(isLedger).map(({ body }) => body.fact.callId));
  const before = await findLedgerFacts(
    transaction,
    [...told].filter((callId) => known.has(callId)),
  );
  const fresh = news.filter(isLedger).map(({ body }) => body.fact as LedgerFact);
  const facts = groupBy([...before, ...fresh], (fact) => fact.callId);
  const legs = touched
    // Consent alone changes nothing of a leg that is there.
    .filter((callId) => told.has(callId) || !known.has(callId))
    .map((callId) => ({
      callId,
      agentId,
      contactId: contactOf.get(callId) ?? '',
      isKnown: known.has(callId),
      projection: projectLeg(facts.get(callId) ?? []),
    }));
  await saveLegs(transaction, legs);
  return { facts, legs };
};

/** Stores a batch of one agent: events, what their legs add up to, and what follows for the agent's state. */
export const createBatchStore =
  ({ contacts, agents, pbx, now }: Needs) =>
  async (
    transaction: Transaction,
    agentId: string,
    events: readonly JournalEvent[],
  ): Promise<Outcome> => {
    const pbxTells = pbx.status().state === 'connected';
    await lockLedgerOf(transaction, agentId);
    const claim = await claimLegs({ contacts, pbxTells, now: now() }, transaction, agentId, events);
    const { own, believed } = claim;
    const { news, refused } = await sortOut(transaction, own);
    const { facts, legs } = await foldLegs(transaction, agentId, claim, news);
    await insertEvents(transaction, news, now());
    await settleWrapUps(transaction, news);

    const consultLegs = new Set(
      legs.filter(({ projection }) => projection.isConsult).map(({ callId }) => callId),
    );
    if (pbx.status().state === 'absent') await endWithLegs(transaction, [...believed]);
    const keysOf = (kinds: readonly string[]) =>
      unique(
        news.filter(({ body }) => kinds.includes(body.fact.kind)).map((e) => e.body.fact.callKey),
      );
    const steps = stepsOfNews({
      news: news.filter(({ body }) => believed.has(body.fact.callKey)),
      legs: await findLegsOfCalls(transaction, agentId, [...believed]),
      facts,
      pbxTells,
    });
    const change = steps.length === 0 ? null : await agents.takeIn(transaction, agentId, steps);
    if (pbxTells) await compareWithPbx(transaction, agentId, unique([...believed]));
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
    };
  };
