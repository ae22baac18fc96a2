import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { Occurrence } from '../../../shared/domain/schedule/activity.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import { localText, zoneClock } from './local-time.ts';
import type { ScheduleEntry } from './schedule-entry.ts';

/** More than anybody's day has; a rule that says more is a mistake or an attack. */
const maximumADay = 24;
/** Four years of working days: who plans further ahead says UNTIL. */
const maximumCount = 1_000;
const maximumIterations = 20_000;
const maximumRule = 512;
const dayMs = 86_400_000;

const parts = new Set([
  ...['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTH', 'BYMONTHDAY'],
  ...['BYYEARDAY', 'BYWEEKNO', 'BYSETPOS', 'BYHOUR', 'BYMINUTE', 'BYSECOND'],
]);

/**
 * Recurs on the wall clock alone (a zone without changes stands for it), so that a shift at 2:30 is there as well on the
 * night that skips 2:30. Instants come after it.
 */
const wallClock = 'UTC';

const ruleOf = (rule: string, startsLocal: string): RRuleTemporal =>
  new RRuleTemporal({
    rruleString: rule,
    dtstart: Temporal.PlainDateTime.from(startsLocal).toZonedDateTime(wallClock),
    maxIterations: maximumIterations,
    maxCandidateEvaluations: maximumIterations * 5,
  });

/** Occurrences that may still be counted; of one file, whose rules are read one after the other. */
export type CountBudget = { count: number };
export const countBudget = (): CountBudget => ({ count: 50_000 });

const localLength = 'YYYY-MM-DDTHH:MM:SS'.length;

const countIn = (value: string | undefined): number => (value ?? '').split(',').length;

/**
 * An RRULE as it can be kept, with UNTIL on the wall clock; or why not. What would recur by the hour or finer is refused
 * before anything counts its occurrences.
 */
export const readRule = (
  text: string,
  startsLocal: string,
  localOf: (at: number) => string,
  budget: CountBudget = countBudget(),
): Result<string, string> => {
  const rule = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/u, '');
  if (rule.length > maximumRule) return failure('the rule is too long');
  const fields = new Map<string, string>();
  for (const field of rule.split(';')) {
    const [name = '', value = '', ...more] = field.split('=');
    if (value === '' || more.length > 0 || !parts.has(name) || fields.has(name)) {
      return failure(`"${field.slice(0, 40)}" is no part of a rule`);
    }
    fields.set(name, value);
  }
  if (!/^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/u.test(fields.get('FREQ') ?? '')) {
    return failure('a shift recurs by days, weeks, months or years (FREQ)');
  }
  const timesADay = ['BYHOUR', 'BYMINUTE', 'BYSECOND'].reduce(
    (times, name) => times * countIn(fields.get(name)),
    1,
  );
  if (timesADay > maximumADay) return failure('it would happen too often in a day');
  const count = Number(fields.get('COUNT') ?? 1);
  if (count > Math.min(maximumCount, budget.count)) {
    return failure(`COUNT is more than ${String(maximumCount)}, or too much for one file`);
  }
  const until = fields.get('UNTIL');
  if (until !== undefined) {
    const local = untilLocal(until, localOf);
    if (local === null) return failure(`UNTIL=${until} is no time`);
    fields.set('UNTIL', `${local.replace(/[-:]/gu, '')}Z`);
  }
  const kept = [...fields].map(([name, value]) => `${name}=${value}`).join(';');
  try {
    const first = Temporal.PlainDateTime.from(startsLocal).toZonedDateTime(wallClock);
    if (ruleOf(kept, startsLocal).next(first, true) === null) return failure('it never happens');
    // Counted once, here: a question about a day far off need not count again.
    if (fields.has('COUNT')) return success(withUntil(fields, kept, startsLocal, budget));
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
  return success(kept);
};

const withUntil = (
  fields: ReadonlyMap<string, string>,
  rule: string,
  startsLocal: string,
  budget: CountBudget,
): string => {
  const times = ruleOf(rule, startsLocal).all();
  budget.count -= times.length;
  const last = times.at(-1)?.toString().slice(0, localLength) ?? startsLocal;
  const others = [...fields].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL');
  return [...others, ['UNTIL', `${last.replace(/[-:]/gu, '')}Z`]]
    .map(([name = '', value = '']) => `${name}=${value}`)
    .join(';');
};

const untilLocal = (until: string, localOf: (at: number) => string): string | null => {
  const [, date, time, utc] = /^(\d{8})(?:T(\d{6})(Z?))?$/u.exec(until) ?? [];
  if (date === undefined) return null;
  const day = date.replace(/^(\d{4})(\d{2})(\d{2})$/u, '$1-$2-$3');
  // A day alone is that whole day.
  const text = `${day}T${(time ?? '235959').replace(/^(\d{2})(\d{2})(\d{2})$/u, '$1:$2:$3')}`;
  try {
    const local = localText(Temporal.PlainDateTime.from(text, { overflow: 'reject' }));
    return utc === 'Z' ? localOf(Date.parse(`${local}Z`)) : local;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

const startsBetween = (entry: ScheduleEntry, fromMs: number, toMs: number): readonly string[] => {
  if (entry.rule === null) return [entry.startsLocal];
  return ruleOf(entry.rule, entry.startsLocal)
    .between(new Date(fromMs), new Date(toMs), true)
    .map((date) => date.toString().slice(0, localLength));
};

const localMs = (local: string): number => Date.parse(`${local}Z`);

/** The occurrences of an entry that touch the time between two instants. */
export const occurrencesOf = (
  entry: ScheduleEntry,
  from: number,
  to: number,
): readonly Occurrence[] => {
  const { instantOf } = zoneClock(entry.zone);
  const lengthMs = localMs(entry.endsLocal) - localMs(entry.startsLocal);
  // As far as a wall clock can be from the instant's own, and as long as an occurrence lasts.
  const starts = startsBetween(entry, from - lengthMs - dayMs, to + dayMs);
  const changed = new Map(entry.changes.map((change) => [change.originalLocal, change]));
  const regular = starts
    .filter((startsLocal) => !changed.has(startsLocal))
    .map((startsLocal) => ({
      kind: entry.kind,
      label: entry.label,
      startsLocal,
      // By the clock on the wall: a shift until six ends at six on every night.
      endsLocal: new Date(localMs(startsLocal) + lengthMs).toISOString().slice(0, 19),
    }));
  const moved = entry.changes.flatMap((change) => (change.moved === null ? [] : [change.moved]));
  return [...regular, ...moved]
    .map(({ kind, label, startsLocal, endsLocal }) => ({
      kind,
      label,
      startsAt: instantOf(startsLocal),
      endsAt: instantOf(endsLocal),
    }))
    .filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from);
};

export type Bounds = { readonly since: number; readonly until: number | null };

/** The instants between which all occurrences lie, as narrow as a rule says by itself. */
export const boundsOf = (entry: ScheduleEntry): Bounds => {
  const { instantOf } = zoneClock(entry.zone);
  const changes = entry.changes.flatMap(({ moved }) => (moved === null ? [] : [moved]));
  const starts = [entry, ...changes].map(({ startsLocal }) => instantOf(startsLocal));
  const ends = [entry, ...changes].map(({ endsLocal }) => instantOf(endsLocal));
  const lastStart = /(?:^|;)UNTIL=(\d{4})(\d{2})(\d{2})T/u.exec(entry.rule ?? '');
  const lengthMs = localMs(entry.endsLocal) - localMs(entry.startsLocal);
  const [, year, month, day] = lastStart ?? [];
  const ruleEnds =
    entry.rule === null
      ? 0
      : year === undefined || month === undefined || day === undefined
        ? null
        : Date.UTC(Number(year), Number(month) - 1, Number(day)) + 2 * dayMs + lengthMs;
  return {
    since: Math.min(...starts),
    until: ruleEnds === null ? null : Math.max(ruleEnds, ...ends),
  };
};
