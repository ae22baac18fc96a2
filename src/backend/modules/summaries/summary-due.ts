import { Temporal } from 'temporal-polyfill';
import type { Dates } from '../reports/periods.ts';

/** A summary that goes out by itself: of the day or the week before, at a time on the wall. */
export type SummaryPlan = {
  readonly every: 'day' | 'week';
  /** `07:00` */
  readonly at: string;
};

export type SummaryDue = {
  readonly dates: Dates;
  /** Epoch ms. */
  readonly dueAt: number;
};

/** The one that was due last at this instant. */
export const lastDue = ({ every, at }: SummaryPlan, now: number, zone: string): SummaryDue => {
  const time = Temporal.PlainTime.from(at);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const first = every === 'day' ? today : today.subtract({ days: today.dayOfWeek - 1 });
  const days = every === 'day' ? 1 : 7;
  // An hour that the clocks leave out is told an hour later.
  const dueOn = (day: Temporal.PlainDate): number =>
    day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  const day = dueOn(first) <= now ? first : first.subtract({ days });
  return {
    dates: { from: day.subtract({ days }).toString(), to: day.toString() },
    dueAt: dueOn(day),
  };
};
