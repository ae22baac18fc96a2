import type { JournalEvent } from '../../../shared/api/events.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { TimedStep } from '../agent/agent-step.ts';
import { stepsOf } from './fact-steps.ts';
import type { LegOfCall } from './ledger-repository.ts';

type News = {
  readonly news: readonly JournalEvent[];
  /** All legs of this agent in the calls of the news, as they are now, but for those to colleagues. */
  readonly legs: readonly LegOfCall[];
  readonly facts: ReadonlyMap<string, readonly LedgerFact[]>;
  /** The PBX is connected and has the better word on offers. */
  readonly pbxTells: boolean;
};

/**
 * The leg that the agent's state follows: of a customer who was handed over and came back, the last. When a leg started is
 * known with its beginning; its wrap-up may be later than what follows it.
 */
const latestOf = (legs: readonly LegOfCall[]): string | undefined =>
  legs
    .filter(({ isBegun }) => isBegun)
    .reduce<LegOfCall | null>(
      (latest, leg) =>
        latest === null || (leg.startedAt ?? 0) >= (latest.startedAt ?? 0) ? leg : latest,
      null,
    )?.callId;

const owes = ({ answeredAt, wrappedUpAt }: LegOfCall): boolean =>
  answeredAt !== null && wrappedUpAt === null;

/** What was said of an answer by the end, where the answer itself is not told yet. */
const endsAnswered = (fact: LedgerFact): boolean =>
  fact.kind === 'ended' && (fact.outcome === 'completed' || fact.outcome === 'transferred');

/**
 * The wrap-up after which a call that ends with this leg owes nothing: that of the leg or, where nobody answered the
 * leg, the last one of those before it. null: there is none.
 */
const lastWrapUp = (ended: LedgerFact, legs: readonly LegOfCall[]): number | null => {
  const leg = legs.find(({ callId }) => callId === ended.callId);
  const isAnswered = leg?.answeredAt !== null || endsAnswered(ended);
  if (isAnswered) return leg?.wrappedUpAt ?? null;
  const times = legs.map(({ wrappedUpAt }) => wrappedUpAt).filter((at) => at !== null);
  return times.length === 0 ? null : Math.max(...times);
};

export const isBeginning = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'offered' || kind === 'dialed';

/** The news, without those of legs whose beginning is not known yet: it tells what sort of leg it is. */
const spoken = (
  news: readonly JournalEvent[],
  facts: ReadonlyMap<string, readonly LedgerFact[]>,
): readonly JournalEvent[] => {
  const newIds = new Set(news.map(({ body }) => body.fact.id));
  return news.flatMap((event): readonly JournalEvent[] => {
    const told = facts.get(event.body.fact.callId) ?? [];
    if (!told.some(isBeginning)) return [];
    if (!isBeginning(event.body.fact)) return [event];
    // What was told before its beginning speaks now.
    const before = told.filter(({ id }) => !newIds.has(id));
    return [event, ...before.map((fact) => ({ ...event, body: asLedger(fact) }))];
  });
};

// The union of bodies is told apart by kinds that a variable hides.
const asLedger = (fact: LedgerFact): JournalEvent['body'] =>
  ({ topic: 'ledger', fact }) as JournalEvent['body'];

/** What the news mean for the agent's state, in whatever order they came. */
export const stepsOfNews = ({ news, legs, facts, pbxTells }: News): readonly TimedStep[] => {
  const byCall = groupBy(legs, ({ callKey }) => callKey);
  const latest = new Map([...byCall].map(([callKey, own]) => [callKey, latestOf(own)]));
  const owing = new Set(legs.filter(owes).map(({ callKey }) => callKey));
  return spoken(news, facts).flatMap((event) => {
    const { fact } = event.body;
    const { kind, callId, callKey } = fact;
    const ofCall = byCall.get(callKey) ?? [];
    const completesWrapUp = kind === 'wrap_up_completed';
    // The wrap-up of a call is done with the last one that was owed.
    if (completesWrapUp ? owing.has(callKey) : latest.get(callKey) !== callId) return [];
    if (completesWrapUp && !ofCall.some((leg) => leg.callId === callId)) return [];
    const isDirect = (facts.get(callId) ?? []).some(
      (fact) => fact.kind === 'offered' && fact.queue === null,
    );
    const steps = stepsOf(event, { pbxTells, isDirect });
    if (kind !== 'ended' || owing.has(callKey)) return steps;
    // The wrap-up may have come before the end: while another leg owed one, or before an offer that began the call anew.
    const at = lastWrapUp(fact, ofCall);
    return at === null
      ? steps
      : [...steps, { step: { kind: 'wrap_up_completed', callKey }, at, source: 'client' }];
  });
};
