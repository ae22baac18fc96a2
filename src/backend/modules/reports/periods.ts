import { Temporal } from 'temporal-polyfill';
import { quarterMs } from '../../../shared/domain/reporting/intervals.ts';
import type { ReportPeriod } from '../../../shared/domain/reporting/period.ts';

/** Whole days: `2026-03-29`; `to` is the first one outside. */
export type Dates = { readonly from: string; readonly to: string };

/** The days of a period, as the calendar of the zone has them at this instant. Weeks begin on Monday (ISO 8601). */
export const datesOf = (period: ReportPeriod, at: number, zone: string): Dates => {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const tomorrow = today.add({ days: 1 });
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const first = today.with({ day: 1 });
  const dates = (from: Temporal.PlainDate, to: Temporal.PlainDate): Dates => ({
    from: from.toString(),
    to: to.toString(),
  });
  switch (period) {
    case 'today':
      return dates(today, tomorrow);
    case 'yesterday':
      return dates(today.subtract({ days: 1 }), today);
    case 'this_week':
      return dates(monday, monday.add({ days: 7 }));
    case 'last_week':
      return dates(monday.subtract({ days: 7 }), monday);
    case 'last_7_days':
      return dates(today.subtract({ days: 6 }), tomorrow);
    case 'this_month':
      return dates(first, first.add({ months: 1 }));
    case 'last_month':
      return dates(first.subtract({ months: 1 }), first);
    case 'last_28_days':
      return dates(today.subtract({ days: 27 }), tomorrow);
    case 'last_12_weeks':
      return dates(monday.subtract({ days: 77 }), monday.add({ days: 7 }));
  }
};

/** So many whole weeks earlier: Mondays are compared with Mondays. */
export const weeksBefore = ({ from, to }: Dates): number => {
  const days = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).total('days');
  return Math.max(1, Math.ceil(days / 7));
};

export const datesBefore = ({ from, to }: Dates, weeks: number): Dates => ({
  from: Temporal.PlainDate.from(from).subtract({ weeks }).toString(),
  to: Temporal.PlainDate.from(to).subtract({ weeks }).toString(),
});

/** The same time on the wall, so many weeks earlier; up to the end of its quarter of an hour. */
export const instantBefore = (at: number, weeks: number, zone: string): number => {
  const before = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .subtract({ weeks }).epochMilliseconds;
  return Math.ceil(before / quarterMs) * quarterMs;
};

/** What an interval's counterpart begins with on the wall: `2026-03-29T08:00`. */
export const wallBefore = (local: string, weeks: number): string =>
  Temporal.PlainDateTime.from(local.slice(0, 16))
    .subtract({ weeks })
    .toString({ smallestUnit: 'minute' });
