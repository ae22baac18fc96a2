import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import type { Segment, SegmentKind } from '../../../src/shared/domain/handle-time/segments.ts';

/**
 * What a leg's facts add up to, computed once more and otherwise: for each instant all facts up to it are looked at
 * anew, by the definitions in docs/ledger.md. Slow, and shares nothing with the code that it checks.
 */

const places = [
  ['offered', 'dialed'],
  ['answered'],
  ['held', 'resumed'],
  ['consult_began', 'consult_ended'],
  ['ended'],
  ['wrap_up_completed'],
  ['wrap_up_corrected'],
] as const;

const placeOf = (kind: LedgerFact['kind']): number =>
  places.findIndex((kinds) => (kinds as readonly string[]).includes(kind));

/** By time, then by what can only come before what, then by id; each fact once. */
const inTime = (facts: readonly LedgerFact[]): readonly LedgerFact[] =>
  facts
    .filter((fact, index) => facts.findIndex((other) => other.id === fact.id) === index)
    .sort((a, b) => {
      if (a.at !== b.at) return a.at - b.at;
      if (placeOf(a.kind) !== placeOf(b.kind)) return placeOf(a.kind) - placeOf(b.kind);
      return a.id < b.id ? -1 : 1;
    });

const lastOf = (facts: readonly LedgerFact[], ...kinds: readonly LedgerFact['kind'][]) =>
  facts.findLast((fact) => kinds.includes(fact.kind))?.kind;

/** What a leg is doing once these facts, in order of time, were told. */
const phaseOf = (told: readonly LedgerFact[], isConsultLeg: boolean): SegmentKind | null => {
  const endedAt = told.findIndex((fact) => fact.kind === 'ended');
  const alive = endedAt === -1 ? told : told.slice(0, endedAt);
  const answeredAt = alive.findIndex((fact) => fact.kind === 'answered');
  if (endedAt !== -1) {
    if (answeredAt === -1 || isConsultLeg) return null;
    const after = told.slice(endedAt + 1);
    return after.some((fact) => fact.kind === 'wrap_up_completed') ? null : 'wrap_up';
  }
  if (answeredAt === -1) {
    const begun = alive.find((fact) => fact.kind === 'offered' || fact.kind === 'dialed');
    if (begun === undefined) return null;
    return begun.kind === 'offered' ? 'ring' : 'dial';
  }
  if (isConsultLeg) return null;
  const isOnHold = lastOf(alive.slice(answeredAt + 1), 'held', 'resumed') === 'held';
  if (!isOnHold) return 'talk';
  return lastOf(alive, 'consult_began', 'consult_ended') === 'consult_began' ? 'consult' : 'hold';
};

export const naiveSegments = (facts: readonly LedgerFact[]): readonly Segment[] => {
  const told = inTime(facts);
  const isConsultLeg = facts.some((fact) => fact.kind === 'dialed' && 'consultFor' in fact);
  const segments: Segment[] = [];
  let phase: SegmentKind | null = null;
  told.forEach((fact, index) => {
    const next = phaseOf(told.slice(0, index + 1), isConsultLeg);
    if (next === phase) return;
    const open = segments.pop();
    if (open !== undefined) {
      segments.push(open.endedAt === null ? { ...open, endedAt: fact.at } : open);
    }
    if (next !== null) segments.push({ kind: next, startedAt: fact.at, endedAt: null });
    phase = next;
  });
  return segments;
};

export const naiveSum = (segments: readonly Segment[], ...kinds: readonly SegmentKind[]): number =>
  segments
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((sum, { startedAt, endedAt }) => sum + ((endedAt ?? startedAt) - startedAt), 0);
