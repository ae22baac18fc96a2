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

/** The leg that the agent's state follows: of a customer who was handed over and came back, the last. */
const latestOf = (legs: readonly LegOfCall[]): string | undefined =>
  legs.reduce<LegOfCall | null>(
    (latest, leg) =>
      latest === null || (leg.startedAt ?? 0) >= (latest.startedAt ?? 0) ? leg : latest,
    null,
  )?.callId;

const wrapUpOf = (facts: readonly LedgerFact[]): LedgerFact | undefined =>
  facts.find(({ kind }) => kind === 'wrap_up_completed');

const wrappedUp = ({ callKey, at }: LedgerFact): TimedStep => ({
  step: { kind: 'wrap_up_completed', callKey },
  at,
  source: 'client',
});

const isBeginning = ({ kind }: { readonly kind: string }): boolean =>
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
  const owing = new Set(legs.filter(({ owes }) => owes).map(({ callKey }) => callKey));
  const events = spoken(news, facts);
  const spokenIds = new Set(events.map(({ body }) => body.fact.id));
  return events.flatMap((event) => {
    const { kind, callId, callKey } = event.body.fact;
    const completesWrapUp = kind === 'wrap_up_completed';
    // The wrap-up of a call is done with the last one that was owed.
    if (completesWrapUp ? owing.has(callKey) : latest.get(callKey) !== callId) return [];
    if (completesWrapUp && !byCall.get(callKey)?.some((leg) => leg.callId === callId)) return [];
    const isDirect = (facts.get(callId) ?? []).some(
      (fact) => fact.kind === 'offered' && fact.queue === null,
    );
    const steps = stepsOf(event, { pbxTells, isDirect });
    const wrapUp = owing.has(callKey) ? undefined : wrapUpOf(facts.get(callId) ?? []);
    // Its wrap-up came before its end, while another leg of the call still owed one.
    return kind === 'ended' && wrapUp !== undefined && !spokenIds.has(wrapUp.id)
      ? [...steps, wrappedUp(wrapUp)]
      : steps;
  });
};
