import { Temporal } from 'temporal-polyfill';
import { failure, success, type Result } from '../../result.ts';
import type { ReportInterval } from './report-interval.ts';

/** Sums are kept for so long. Every offset from UTC that is in use is a multiple of it. */
export const quarterMs = 15 * 60_000;

export type RangeProblem =
  'unknown_zone' | 'not_a_time' | 'empty_range' | 'range_too_long' | 'interval_does_not_divide';

const maximumDays: Readonly<Record<ReportInterval, number>> = {
  '15': 31,
  '30': 31,
  '60': 62,
  day: 400,
  week: 1_200,
};

/** The name of a place in the IANA time zone database; offsets such as `+02:00` have no daylight saving and are none. */
const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/u;

const isZone = (zone: string): boolean => {
  if (!zoneName.test(zone)) return false;
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
};

const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/iu;
const startsWithDate = /^\d{4}-\d{2}-\d{2}/u;

/** `2026-03-29`, `2026-03-29T08:00` on the wall of the zone, or an instant with `Z` or an offset. */
const readTime = (text: string, zone: string): Temporal.ZonedDateTime | null => {
  if (!startsWithDate.test(text)) return null;
  try {
    const rest = text.slice('2026-03-29'.length);
    if (rest === '') return Temporal.PlainDate.from(text).toZonedDateTime({ timeZone: zone });
    if (hasOffset.test(rest)) return Temporal.Instant.from(text).toZonedDateTimeISO(zone);
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone);
  } catch {
    return null;
  }
};

/**
 * Within a day: what the clock on the wall shows divides by the interval. A change of the clocks ends an interval, and
 * what is left of it is one of its own.
 */
const nextOnTheWall = (at: Temporal.ZonedDateTime, minutes: number): Temporal.ZonedDateTime => {
  const left = minutes - ((at.hour * 60 + at.minute) % minutes);
  const next = at.add({ minutes: left });
  const change = at.getTimeZoneTransition('next');
  return change !== null && Temporal.ZonedDateTime.compare(change, next) < 0 ? change : next;
};

const nextBoundary = (
  at: Temporal.ZonedDateTime,
  interval: ReportInterval,
): Temporal.ZonedDateTime => {
  switch (interval) {
    case 'day':
      return at.add({ days: 1 }).startOfDay();
    case 'week':
      return at.add({ days: 7 }).startOfDay();
    case '15':
    case '30':
    case '60':
      return nextOnTheWall(at, Number(interval));
  }
};

const isBoundary = (at: Temporal.ZonedDateTime, interval: ReportInterval): boolean => {
  const isMidnight = at.equals(at.startOfDay());
  if (interval === 'day') return isMidnight;
  if (interval === 'week') return isMidnight && at.dayOfWeek === 1;
  const isWhole = at.second === 0 && at.millisecond === 0;
  if (isWhole && at.minute % Number(interval) === 0) return true;
  // Where a change of the clocks cut an hour in two, its second half begins with the change.
  const last = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return last !== null && last.epochMilliseconds === at.epochMilliseconds;
};

export type Interval = {
  /** Epoch ms. */
  readonly from: number;
  /** Epoch ms; the first instant that is not in it. */
  readonly to: number;
  /** `from` as the clock on the wall shows it, with its offset: `2026-10-25T02:00:00+01:00`. */
  readonly local: string;
};

const localText = (at: Temporal.ZonedDateTime): string =>
  at.toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** The day of this instant on the wall of the zone, and the next one: `2026-03-29`. */
export const dayAround = (
  at: number,
  zone: string,
): Result<{ readonly from: string; readonly to: string }, RangeProblem> => {
  if (!isZone(zone)) return failure('unknown_zone');
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return success({ from: day.toString(), to: day.add({ days: 1 }).toString() });
};

type Asked = {
  readonly from: string;
  readonly to: string;
  readonly interval: ReportInterval;
  readonly zone: string;
};

/** The intervals between two times of a zone, without gap or overlap, days of 23 and 25 hours included. */
export const intervalsBetween = (asked: Asked): Result<readonly Interval[], RangeProblem> => {
  const { interval, zone } = asked;
  if (!isZone(zone)) return failure('unknown_zone');
  const from = readTime(asked.from, zone);
  const to = readTime(asked.to, zone);
  if (from === null || to === null) return failure('not_a_time');
  if (Temporal.ZonedDateTime.compare(from, to) >= 0) return failure('empty_range');
  if (to.epochMilliseconds - from.epochMilliseconds > maximumDays[interval] * 86_400_000) {
    return failure('range_too_long');
  }
  const isQuarter = (at: number): boolean => at % quarterMs === 0;
  if (!isBoundary(from, interval) || !isBoundary(to, interval)) {
    return failure('interval_does_not_divide');
  }
  const found: Interval[] = [];
  let at = from;
  while (Temporal.ZonedDateTime.compare(at, to) < 0) {
    const next = nextBoundary(at, interval);
    const [begun, ended] = [at.epochMilliseconds, next.epochMilliseconds];
    // Offsets with odd minutes were given up in 1972, long before there was anything to report.
    if (!isQuarter(begun) || !isQuarter(ended)) return failure('interval_does_not_divide');
    found.push({ from: begun, to: ended, local: localText(at) });
    at = next;
  }
  return success(found);
};
