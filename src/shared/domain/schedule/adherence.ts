import type { SystemReason } from '../agent/agent.ts';
import { allows, type Expected, type ReasonUse, type ShownState } from './activity.ts';
import type { Stretch } from './plan.ts';

/** How long at each edge of an activity the one before or after it is still allowed. */
export const usualGraceMs = 3 * 60_000;

export type Span = { readonly startsAt: number; readonly endsAt: number };
/** An agent's state over a time; where nothing is known the agent was offline. */
export type StateSpan = Span & ShownState;

/**
 * `adherent`: the state that the schedule allows. `grace`: it was allowed just before or will be in a moment. `excused`:
 * neither, and a supervisor approved it. `out`: none of these.
 */
export const verdicts = ['adherent', 'grace', 'excused', 'out'] as const;
export type Verdict = (typeof verdicts)[number];

/** A time with one planned activity, one state and one verdict. */
export type JudgedSpan = Span &
  ShownState & {
    readonly kind: Stretch['kind'];
    readonly label: string;
    readonly verdict: Verdict;
  };

/** What scheduled time is made of; the four parts are `scheduledMs`. */
export type AdherenceParts = {
  readonly scheduledMs: number;
  readonly adherentMs: number;
  readonly graceMs: number;
  readonly excusedMs: number;
  readonly outMs: number;
};

export type Adherence = {
  readonly spans: readonly JudgedSpan[];
  readonly parts: AdherenceParts;
};

export type AdherenceQuestion = {
  /** As `planOf` makes it. */
  readonly plan: readonly Stretch[];
  readonly states: readonly StateSpan[];
  /** Approved exceptions. */
  readonly excused: readonly Span[];
  readonly reasons: readonly ReasonUse[];
  readonly graceMs: number;
};

const offline: ShownState = { state: 'offline', reason: null };

const isSame = (a: JudgedSpan, b: JudgedSpan): boolean =>
  a.endsAt === b.startsAt &&
  a.kind === b.kind &&
  a.label === b.label &&
  a.verdict === b.verdict &&
  a.state === b.state &&
  a.reason === b.reason;

/** Adds them up; kept apart from judging, so that spans of several days can be added as well. */
export const partsOf = (spans: readonly JudgedSpan[]): AdherenceParts => {
  const sum = (verdict: Verdict): number =>
    spans.reduce(
      (ms, span) => (span.verdict === verdict ? ms + span.endsAt - span.startsAt : ms),
      0,
    );
  const [adherentMs, graceMs, excusedMs, outMs] = [
    sum('adherent'),
    sum('grace'),
    sum('excused'),
    sum('out'),
  ];
  return {
    scheduledMs: adherentMs + graceMs + excusedMs + outMs,
    adherentMs,
    graceMs,
    excusedMs,
    outMs,
  };
};

/** Judges what an agent did by what was planned. */
export const adherenceOf = (question: AdherenceQuestion): Adherence => {
  const { plan, excused, reasons, graceMs } = question;
  const states = [...question.states].sort((a, b) => a.startsAt - b.startsAt);
  const cuts = [...states, ...excused].flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  const spans: JudgedSpan[] = [];
  for (const [at, stretch] of plan.entries()) {
    const { kind, label, startsAt, endsAt } = stretch;
    const [before, after] = [plan[at - 1], plan[at + 1]];
    const previous: Expected = before?.endsAt === startsAt ? before.kind : 'nothing';
    const next: Expected = after?.startsAt === endsAt ? after.kind : 'nothing';
    const edges = [...new Set([startsAt, endsAt, startsAt + graceMs, endsAt - graceMs, ...cuts])]
      .filter((edge) => edge >= startsAt && edge <= endsAt)
      .sort((a, b) => a - b);
    for (const [index, from] of edges.entries()) {
      const to = edges[index + 1];
      if (to === undefined) break;
      const covers = (span: Span): boolean => span.startsAt <= from && span.endsAt >= to;
      const { state, reason } = states.find(covers) ?? offline;
      const shown = { state, reason };
      const inGrace =
        (from < startsAt + graceMs && allows(previous, shown, reasons)) ||
        (to > endsAt - graceMs && allows(next, shown, reasons));
      const verdict: Verdict = allows(kind, shown, reasons)
        ? 'adherent'
        : inGrace
          ? 'grace'
          : excused.some(covers)
            ? 'excused'
            : 'out';
      const span: JudgedSpan = { startsAt: from, endsAt: to, ...shown, kind, label, verdict };
      const last = spans.at(-1);
      if (last !== undefined && isSame(last, span))
        spans[spans.length - 1] = { ...last, endsAt: to };
      else spans.push(span);
    }
  }
  return { spans, parts: partsOf(spans) };
};

/** The agent's figure, 0 to 1: time as planned, its grace included, by scheduled time. null: nothing was scheduled. */
export const adherenceShare = (parts: AdherenceParts): number | null =>
  parts.scheduledMs === 0 ? null : (parts.adherentMs + parts.graceMs) / parts.scheduledMs;

/** The same with approved exceptions counted as planned. */
export const excusedShare = (parts: AdherenceParts): number | null =>
  parts.scheduledMs === 0
    ? null
    : (parts.adherentMs + parts.graceMs + parts.excusedMs) / parts.scheduledMs;

/** Reasons that the system gives when a machine failed and not a person. */
const technicalReasons: ReadonlySet<string> = new Set([
  'phone_failed',
  'app_gone',
  'unreachable',
] satisfies readonly SystemReason[]);

/** Why time was missed, where the log tells: nobody's fault, or a call that ran into a break. */
export type OfferedCause = 'technical' | 'call';

export const offeredCause = ({ verdict, state, reason, kind }: JudgedSpan): OfferedCause | null => {
  if (verdict !== 'out') return null;
  if (reason !== null && technicalReasons.has(reason)) return 'technical';
  const isBusy = state === 'engaged' || state === 'reserved' || state === 'wrap_up';
  return isBusy && kind !== 'work' ? 'call' : null;
};
