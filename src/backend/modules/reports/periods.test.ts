import { expect, test } from 'vitest';
import { datesBefore, datesOf, instantBefore, wallBefore, weeksBefore } from './periods.ts';

const madrid = 'Europe/Madrid';
/** A Sunday: clocks went forward in the night. */
const at = Date.parse('2026-03-29T10:07:00+02:00');

test.each([
  ['today', '2026-03-29', '2026-03-30', 1],
  ['yesterday', '2026-03-28', '2026-03-29', 1],
  ['this_week', '2026-03-23', '2026-03-30', 1],
  ['last_week', '2026-03-16', '2026-03-23', 1],
  ['last_7_days', '2026-03-23', '2026-03-30', 1],
  ['this_month', '2026-03-01', '2026-04-01', 5],
  ['last_month', '2026-02-01', '2026-03-01', 4],
  ['last_28_days', '2026-03-02', '2026-03-30', 4],
  ['last_12_weeks', '2026-01-05', '2026-03-30', 12],
] as const)(
  '%s begins on %s and is over on %s, compared with %i weeks before',
  (period, from, to, weeks) => {
    const dates = datesOf(period, at, madrid);
    expect(dates).toEqual({ from, to });
    expect(weeksBefore(dates)).toBe(weeks);
  },
);

test('days are those of the zone', () => {
  expect(datesOf('today', at, 'Pacific/Kiritimati').from).toBe('2026-03-29');
  expect(datesOf('today', at - 9 * 3_600_000, 'America/New_York').from).toBe('2026-03-28');
});

test('weeks before, a Sunday is a Sunday and ten o’clock ten o’clock, whatever clocks did', () => {
  expect(datesBefore({ from: '2026-03-29', to: '2026-03-30' }, 1)).toEqual({
    from: '2026-03-22',
    to: '2026-03-23',
  });
  expect(instantBefore(at, 1, madrid)).toBe(Date.parse('2026-03-22T10:15:00+01:00'));
  expect(wallBefore('2026-03-29T10:00:00+02:00', 1)).toBe('2026-03-22T10:00');
});
