import type { Span } from './adherence.ts';
import type { Stretch } from './plan.ts';

const hourMs = 3_600_000;
/** What goes on for longer is no shift but a plan without gaps: its days end at midnight. */
const longestMs = 36 * hourMs;
/** Who looks back so soon after a shift means that one. */
const lookBackMs = 4 * hourMs;

/** Shifts: stretches that follow each other without a gap. */
export const shiftsOf = (plan: readonly Stretch[]): readonly Span[] => {
  const shifts: Span[] = [];
  for (const { startsAt, endsAt } of plan) {
    const last = shifts.at(-1);
    if (last?.endsAt === startsAt) shifts[shifts.length - 1] = { ...last, endsAt };
    else shifts.push({ startsAt, endsAt });
  }
  return shifts.filter(({ startsAt, endsAt }) => endsAt - startsAt <= longestMs);
};

/**
 * The time that counts as a day of shifts: a shift through midnight is of the day on which it began. `plan` reaches at
 * least a shift's length beyond both ends of the calendar's day. Days told so follow each other without gap or overlap.
 */
export const shiftDay = (plan: readonly Stretch[], midnight: Span): Span => {
  const shifts = shiftsOf(plan);
  const through = (at: number): number =>
    shifts.find(({ startsAt, endsAt }) => startsAt < at && endsAt > at)?.endsAt ?? at;
  return { startsAt: through(midnight.startsAt), endsAt: through(midnight.endsAt) };
};

/** Whether, on this calendar day, the day before is still the one that matters: its shift goes on or ended just now. */
export const isStillYesterday = (
  plan: readonly Stretch[],
  midnight: number,
  now: number,
): boolean => {
  const shifts = shiftsOf(plan);
  const through = shifts.find(({ startsAt, endsAt }) => startsAt < midnight && endsAt > midnight);
  if (through === undefined || now >= through.endsAt + lookBackMs) return false;
  return !shifts.some(({ startsAt }) => startsAt >= through.endsAt && startsAt <= now);
};
