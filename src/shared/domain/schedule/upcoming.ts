import type { PlannedKind } from './activity.ts';
import type { Stretch } from './plan.ts';

/** A change in the plan: from here on `kind` is planned, or (`end`) nothing. */
export type Change = {
  readonly kind: PlannedKind | 'end';
  readonly label: string;
  readonly at: number;
};

/** Where the agent is in the plan. */
export type PlanNow = { readonly current: Stretch | null; readonly next: Change | null };

/** Every change of a plan, in order: the start of each stretch, and the end of those that nothing follows. */
export const changesOf = (plan: readonly Stretch[]): readonly Change[] =>
  plan.flatMap(({ kind, label, startsAt, endsAt }, at) => {
    const starts: Change = { kind, label, at: startsAt };
    return plan[at + 1]?.startsAt === endsAt
      ? [starts]
      : [starts, { kind: 'end' as const, label: '', at: endsAt }];
  });

export const planNow = (plan: readonly Stretch[], now: number): PlanNow => ({
  current: plan.find(({ startsAt, endsAt }) => startsAt <= now && now < endsAt) ?? null,
  next: changesOf(plan).find(({ at }) => at > now) ?? null,
});

/** A reminder comes this long before its change. */
export const remindAheadMs = 2 * 60_000;
/** After this much of a change has passed, a reminder of it helps nobody. */
export const remindNoLongerMs = 15 * 60_000;

/** The changes that an agent wants to know of before they come: going back to work and beginning a shift remind of themselves. */
export const remindersOf = (plan: readonly Stretch[]): readonly Change[] =>
  changesOf(plan).filter(({ kind }) => kind !== 'work');

/** The activity that a not-ready reason would be chosen for now: one that runs, begins soon or ended just now. */
export const activityNear = (
  plan: readonly Stretch[],
  now: number,
  nearMs: number,
): PlannedKind | null => {
  const near = plan
    .filter(
      ({ kind, startsAt, endsAt }) =>
        kind !== 'work' && startsAt - nearMs <= now && now < endsAt + nearMs,
    )
    .sort((a, b) => distance(a, now) - distance(b, now));
  return near[0]?.kind ?? null;
};

const distance = ({ startsAt, endsAt }: Stretch, now: number): number =>
  Math.max(0, startsAt - now, now - endsAt);
