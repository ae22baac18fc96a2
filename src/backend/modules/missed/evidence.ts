import type { EvidenceFact, RingFact } from '../../../shared/api/evidence.ts';
import type { DeskSpan } from '../../../shared/domain/missed/missed.ts';
import type { KeptEvidence } from './missed-repository.ts';

/** An offer by its time, epoch ms. */
export type Window = { readonly callKey: string; readonly offeredAt: number; readonly at: number };

/** PBX and desk see the same instant through lines and clocks of their own. */
export const clockSlackMs = 3_000;
/** More than these of one offer say nothing new. */
const maximumSpans = 20;

const overlapMs = (ring: RingFact, { offeredAt, at }: Window): number =>
  Math.min(ring.at, at + clockSlackMs) - Math.max(ring.offeredAt, offeredAt - clockSlackMs);

/** The queue may offer a call to the same agent several times: the ring of this offer is the one that fits its time. */
const ringOf = (facts: readonly EvidenceFact[], window: Window): RingFact | null =>
  facts
    .filter((fact) => fact.kind === 'ring')
    .filter((fact) => fact.callKey === window.callKey && overlapMs(fact, window) > 0)
    .toSorted((a, b) => Math.abs(a.at - window.at) - Math.abs(b.at - window.at))[0] ?? null;

/**
 * What the desk's facts say of one offer. Spans that were open as the ring ended are told by the ring; so is when it
 * began, where the offer became known only afterwards.
 */
export const evidenceFor = (
  given: Window,
  facts: readonly EvidenceFact[],
): Pick<KeptEvidence, 'ring' | 'spans'> & { readonly window: Window } => {
  const fact = ringOf(facts, given);
  const { callKey, at } = given;
  const offeredAt = Math.min(given.offeredAt, fact?.offeredAt ?? given.offeredAt);
  const told = facts.flatMap((each): readonly DeskSpan[] =>
    each.kind === 'desk_span' ? [{ what: each.what, from: each.at, until: each.until }] : [],
  );
  const open = (fact?.troubles ?? []).map(({ what, since }): DeskSpan => {
    // The PBX may see it end a little later.
    const until = Math.max(fact?.at ?? at, at);
    return { what, from: since, until };
  });
  const spans = [...told, ...open]
    .filter((span) => span.from < at && span.until > offeredAt)
    .slice(-maximumSpans);
  const window = { callKey, offeredAt, at };
  if (fact === null) return { window, ring: null, spans };
  const { shownAt, soundedAt, silence, outcome } = fact;
  return { window, ring: { shownAt, soundedAt, silence, outcome }, spans };
};
