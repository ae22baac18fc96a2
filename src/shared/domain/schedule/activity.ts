import type { AgentStateName } from '../agent/agent.ts';
import { isBeyondAgent } from '../readiness/hindrance.ts';

/** What a stretch of a shift is for. `off` takes time out of it: a holiday, an afternoon off. */
export const activityKinds = ['work', 'break', 'meal', 'meeting', 'training', 'off'] as const;
export type ActivityKind = (typeof activityKinds)[number];
/** Kinds that a plan is made of. */
export type PlannedKind = Exclude<ActivityKind, 'off'>;

/** One thing that a schedule has an agent do, at one time. Epoch ms. */
export type Occurrence = {
  readonly kind: ActivityKind;
  /** In the words of the schedule; '' where it has none. */
  readonly label: string;
  readonly startsAt: number;
  readonly endsAt: number;
};

/** A not-ready reason and what it is meant for; `fits` null: its code tells (`reasonFits`). */
export type ReasonUse = { readonly code: string; readonly fits: readonly ActivityKind[] | null };

/** Codes that say by themselves what they are for. */
const knownCodes: Readonly<Record<string, readonly PlannedKind[]>> = {
  break: ['break', 'meal'],
  lunch: ['meal', 'break'],
  meal: ['meal', 'break'],
  meeting: ['meeting'],
  coaching: ['meeting', 'training'],
  training: ['training'],
};

/** The kinds of activity during which a reason is as planned, the one that it is meant for first. */
const reasonFits = ({ code, fits }: ReasonUse): readonly ActivityKind[] =>
  fits ?? knownCodes[code] ?? [];

/** As `reasonFits`, of the reason with this code, defined or not. */
export const fittingOf = (
  code: string | null,
  reasons: readonly ReasonUse[],
): readonly ActivityKind[] =>
  code === null
    ? []
    : reasonFits(reasons.find((reason) => reason.code === code) ?? { code, fits: null });

/** The reasons that fit an activity, those meant for it first of all. */
export const fittingReasons = (
  kind: ActivityKind,
  reasons: readonly ReasonUse[],
): readonly string[] =>
  reasons
    .map((reason) => ({ code: reason.code, place: reasonFits(reason).indexOf(kind) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
    .map(({ code }) => code);

/** What an agent was, as far as a schedule cares. `reason` is that of `not_ready`, else null. */
export type ShownState = { readonly state: AgentStateName; readonly reason: string | null };

/** Outside of every activity: nobody has to be there. */
export type Expected = PlannedKind | 'nothing';

/**
 * Whether a schedule allows a state. At work an agent takes calls or could; elsewhere the agent is away with a reason
 * that fits. A break or a meal may be taken signed out; for a meeting a reason is due.
 */
export const allows = (
  expected: Expected,
  { state, reason }: ShownState,
  reasons: readonly ReasonUse[],
): boolean => {
  switch (expected) {
    case 'work':
      // Who wishes to be ready, and whose machine lets no call through, is there.
      if (reason !== null && isBeyondAgent(reason)) return true;
      return (
        state === 'ready' || state === 'reserved' || state === 'engaged' || state === 'wrap_up'
      );
    case 'nothing':
      return state === 'offline' || state === 'not_ready';
    case 'break':
    case 'meal':
    case 'meeting':
    case 'training':
      if (state === 'offline') return expected === 'break' || expected === 'meal';
      return state === 'not_ready' && fittingOf(reason, reasons).includes(expected);
  }
};
