import type { Marker } from '../../../shared/api/listening.ts';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import { segmentsOf } from '../../../shared/domain/handle-time/segments.ts';

export type PauseSpan = {
  readonly why: 'payment' | 'desk_lost';
  /** Epoch ms. */
  readonly pausedAt: number;
  /** null: silent to the end. */
  readonly resumedAt: number | null;
  /** Every sample was read and is zero; null: nobody looked. */
  readonly proven: boolean | null;
};

type Recorded = {
  /** Epoch ms. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly consentFacts: readonly ConsentFact[];
  readonly legs: readonly {
    readonly agent: { readonly name: string };
    readonly facts: readonly LedgerFact[];
  }[];
  readonly pauses: readonly PauseSpan[];
};

/** The word under which a recording begins comes a moment before it. */
const momentMs = 1_000;

/** What happened while it was recorded, in order, by its place in the recording. */
export const markersOf = (recorded: Recorded): readonly Marker[] => {
  const { startedAt } = recorded;
  const lengthMs = Math.round(recorded.seconds * 1_000);
  const placeOf = (at: number): number =>
    Math.min(lengthMs, Math.max(0, Math.round(at - startedAt)));
  const isWithin = (at: number): boolean => at >= startedAt && at <= startedAt + lengthMs;
  /** null: all of it lies outside. */
  const spanOf = (from: number, to: number | null) =>
    (to ?? Infinity) <= startedAt || from >= startedAt + lengthMs
      ? null
      : { atMs: placeOf(from), toMs: to === null ? lengthMs : placeOf(to) };

  const said = recorded.consentFacts.toSorted((a, b) => a.at - b.at);
  const under = said.findLast(({ at }) => at < startedAt);
  const consent = said
    .filter((fact) => fact === under || isWithin(fact.at))
    .map((fact): Marker => ({
      kind: 'consent',
      atMs: placeOf(fact.at),
      word: fact.kind,
      before: fact.at < startedAt - momentMs,
    }));

  const legs = recorded.legs.flatMap(({ agent: { name }, facts }): Marker[] => {
    // Agents among themselves are not recorded.
    if (facts.some((fact) => fact.kind === 'dialed' && fact.consultFor !== undefined)) return [];
    const spans = segmentsOf(facts).flatMap((segment): Marker[] => {
      if (segment.kind !== 'hold' && segment.kind !== 'consult') return [];
      const span = spanOf(segment.startedAt, segment.endedAt);
      return span === null ? [] : [{ kind: segment.kind, ...span, name }];
    });
    const turns = facts.flatMap((fact): Marker[] => {
      if (!isWithin(fact.at)) return [];
      if (fact.kind === 'answered') return [{ kind: 'joined', atMs: placeOf(fact.at), name }];
      return fact.kind === 'ended' && fact.outcome === 'transferred'
        ? [{ kind: 'transferred', atMs: placeOf(fact.at), name }]
        : [];
    });
    return [...spans, ...turns];
  });

  const pauses = recorded.pauses.flatMap(({ why, pausedAt, resumedAt, proven }): Marker[] => {
    const span = spanOf(pausedAt, resumedAt);
    return span === null ? [] : [{ kind: 'pause', why, ...span, proven }];
  });

  return [...consent, ...legs, ...pauses].toSorted((a, b) => a.atMs - b.atMs);
};
