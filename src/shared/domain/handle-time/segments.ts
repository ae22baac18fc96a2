import type { LedgerFact } from './fact.ts';

/** `consult`: the customer is on hold while the agent speaks with a colleague about them. */
export type SegmentKind = 'ring' | 'dial' | 'talk' | 'hold' | 'consult' | 'wrap_up';

/** A stretch of one leg's time. `endedAt` is null while it runs. Segments of a leg tile it: no gap, no overlap. */
export type Segment = {
  readonly kind: SegmentKind;
  readonly startedAt: number;
  readonly endedAt: number | null;
};

type LegSoFar = {
  readonly answered: boolean;
  readonly consulting: boolean;
  /** A leg to a colleague: its time after the answer is told by the customer's leg. */
  readonly isConsult: boolean;
  readonly isMailbox: boolean;
};

const segmentBegunBy = (
  fact: LedgerFact,
  open: SegmentKind | null,
  { answered, consulting, isConsult, isMailbox }: LegSoFar,
): SegmentKind | null | 'unchanged' => {
  switch (fact.kind) {
    case 'offered':
      return open === null && !answered ? 'ring' : 'unchanged';
    case 'dialed':
      return open === null && !answered ? 'dial' : 'unchanged';
    case 'answered':
      if (isConsult) return open === null ? 'unchanged' : null;
      return open === 'ring' || open === 'dial' || open === null ? 'talk' : 'unchanged';
    case 'held':
      if (open !== 'talk') return 'unchanged';
      return consulting ? 'consult' : 'hold';
    case 'resumed':
      return open === 'hold' || open === 'consult' ? 'talk' : 'unchanged';
    case 'consult_began':
      return open === 'hold' ? 'consult' : 'unchanged';
    case 'consult_ended':
      return open === 'consult' ? 'hold' : 'unchanged';
    case 'ended':
      if (open === null || open === 'wrap_up') return 'unchanged';
      return answered && !isMailbox ? 'wrap_up' : null;
    case 'wrap_up_completed':
      return open === 'wrap_up' ? null : 'unchanged';
    case 'wrap_up_corrected':
      return 'unchanged';
  }
};

/** The order of facts of one instant: a leg cannot be held before it is answered. */
const rank: Record<LedgerFact['kind'], number> = {
  offered: 0,
  dialed: 0,
  answered: 1,
  held: 2,
  resumed: 2,
  consult_began: 3,
  consult_ended: 3,
  ended: 4,
  wrap_up_completed: 5,
  wrap_up_corrected: 6,
};

/** Facts of one leg in order of time, each once. */
export const inOrder = (facts: readonly LedgerFact[]): readonly LedgerFact[] => {
  const once = new Map(facts.map((fact) => [fact.id, fact]));
  return [...once.values()].sort(
    (a, b) => a.at - b.at || rank[a.kind] - rank[b.kind] || (a.id < b.id ? -1 : 1),
  );
};

/** A leg to a colleague for a customer's sake: it owes no wrap-up, and its handle time is in the customer's leg. */
export const isConsultLeg = (facts: readonly LedgerFact[]): boolean =>
  facts.some((fact) => fact.kind === 'dialed' && fact.consultFor !== undefined);

/** A call to the agent's own mailbox: it owes no wrap-up, and is no contact with anybody. */
export const isMailboxLeg = (facts: readonly LedgerFact[]): boolean =>
  facts.some((fact) => fact.kind === 'dialed' && fact.mailbox === true);

/** Whether a leg of these facts asks for a wrap-up once it has ended. */
export const asksForWrapUp = (facts: readonly LedgerFact[]): boolean =>
  facts.some((fact) => fact.kind === 'answered') && !isConsultLeg(facts) && !isMailboxLeg(facts);

/**
 * Folds the facts of one leg into its segments. Any order and any repetition of facts gives the same segments; a fact
 * that makes no sense where it stands (held before answered) changes nothing.
 */
export const segmentsOf = (facts: readonly LedgerFact[]): readonly Segment[] => {
  const segments: Segment[] = [];
  const isConsult = isConsultLeg(facts);
  const isMailbox = isMailboxLeg(facts);
  let answered = false;
  let consulting = false;
  let ended = false;
  for (const fact of inOrder(facts)) {
    if (ended && fact.kind !== 'wrap_up_completed') continue;
    const last = segments.at(-1);
    const open = last?.endedAt === null ? last : null;
    const soFar = { answered, consulting, isConsult, isMailbox };
    const next = segmentBegunBy(fact, open?.kind ?? null, soFar);
    if (fact.kind === 'answered') answered = true;
    if (fact.kind === 'consult_began') consulting = true;
    if (fact.kind === 'consult_ended') consulting = false;
    if (fact.kind === 'ended') ended = true;
    if (next === 'unchanged') continue;
    if (open !== null) segments[segments.length - 1] = { ...open, endedAt: fact.at };
    if (next !== null) segments.push({ kind: next, startedAt: fact.at, endedAt: null });
  }
  return segments;
};

export type HandleTime = {
  readonly ringMs: number;
  readonly dialMs: number;
  readonly talkMs: number;
  /** With a colleague while the customer was on hold; part of handle time, shown apart. */
  readonly consultMs: number;
  readonly holdMs: number;
  readonly wrapUpMs: number;
  /** talk + consult + hold + wrap-up: what the industry calls handle time (AHT's numerator). */
  readonly handleMs: number;
};

/** Sums segments by kind; a segment that still runs counts up to `now` (epoch ms, server's clock). */
export const handleTimeOf = (segments: readonly Segment[], now: number): HandleTime => {
  const sums: Record<SegmentKind, number> = {
    ring: 0,
    dial: 0,
    talk: 0,
    consult: 0,
    hold: 0,
    wrap_up: 0,
  };
  for (const segment of segments) {
    sums[segment.kind] += Math.max(0, (segment.endedAt ?? now) - segment.startedAt);
  }
  return {
    ringMs: sums.ring,
    dialMs: sums.dial,
    talkMs: sums.talk,
    consultMs: sums.consult,
    holdMs: sums.hold,
    wrapUpMs: sums.wrap_up,
    handleMs: sums.talk + sums.consult + sums.hold + sums.wrap_up,
  };
};
