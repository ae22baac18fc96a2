import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intervalsBetween, quarterMs } from './intervals.ts';
import { reportIntervals, type ReportInterval } from './report-interval.ts';

const between = (interval: ReportInterval, zone: string, from: string, to: string) => {
  const found = intervalsBetween({ from, to, interval, zone });
  return found.ok ? found.value : found.why;
};

const instants = (found: ReturnType<typeof between>) =>
  typeof found === 'string' ? found : found.map(({ from }) => new Date(from).toISOString());

describe('days', () => {
  test.each([
    ['Europe/Madrid', '2026-03-29', '2026-03-30', 23],
    ['Europe/Madrid', '2026-10-25', '2026-10-26', 25],
    ['Asia/Kathmandu', '2026-05-04', '2026-05-05', 24],
    // Clocks move by half an hour there.
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-06', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-05', 23.5],
    // Midnight comes twice.
    ['America/Havana', '2026-11-01', '2026-11-02', 25],
    // There is no midnight: the day begins at one.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-05', 23],
    ['Pacific/Chatham', '2026-05-04', '2026-05-05', 24],
  ])('in %s the day of %s has its hours', (zone, from, to, hours) => {
    const found = between('day', zone, from, to);
    if (typeof found === 'string') throw new Error(found);
    expect(found).toHaveLength(1);
    expect(((found[0]?.to ?? 0) - (found[0]?.from ?? 0)) / 3_600_000).toBe(hours);
  });

  test('a zone without midnight begins its day at one', () => {
    expect(between('day', 'America/Sao_Paulo', '2018-11-04', '2018-11-05')).toEqual([
      expect.objectContaining({ local: '2018-11-04T01:00:00-02:00' }),
    ]);
  });

  test('weeks begin on Monday', () => {
    expect(instants(between('week', 'UTC', '2026-11-16', '2026-11-30'))).toEqual([
      '2026-11-16T00:00:00.000Z',
      '2026-11-23T00:00:00.000Z',
    ]);
    expect(between('week', 'UTC', '2026-11-17', '2026-11-24')).toBe('interval_does_not_divide');
  });
});

describe('within a day', () => {
  test('intervals follow the clock on the wall where it is 45 minutes beside', () => {
    expect(
      instants(between('60', 'Asia/Kathmandu', '2026-05-04T08:00', '2026-05-04T10:00')),
    ).toEqual(['2026-05-04T02:15:00.000Z', '2026-05-04T03:15:00.000Z']);
  });

  test('the hour that comes twice is two hours', () => {
    const found = between('60', 'Europe/Madrid', '2026-10-25', '2026-10-25T04:00');
    if (typeof found === 'string') throw new Error(found);
    expect(found.map(({ local }) => local.slice(11, 25))).toEqual([
      '00:00:00+02:00',
      '01:00:00+02:00',
      '02:00:00+02:00',
      '02:00:00+01:00',
      '03:00:00+01:00',
    ]);
  });

  test('clocks that move by half an hour leave half an hour by itself', () => {
    const found = between('60', 'Australia/Lord_Howe', '2026-10-04', '2026-10-04T05:00');
    if (typeof found === 'string') throw new Error(found);
    expect(found.map(({ from, to, local }) => [local.slice(11, 16), (to - from) / 60_000])).toEqual(
      [
        ['00:00', 60],
        ['01:00', 60],
        ['02:30', 30],
        ['03:00', 60],
        ['04:00', 60],
      ],
    );
  });

  test('an instant is as good as a time on the wall', () => {
    expect(
      between('30', 'Asia/Kolkata', '2026-05-04T03:30:00Z', '2026-05-04T10:00+05:30'),
    ).toHaveLength(2);
  });
});

test.each([
  ['15', 'Mars/Olympus', '2026-05-04', '2026-05-05', 'unknown_zone'],
  ['15', '+05:45', '2026-05-04', '2026-05-05', 'unknown_zone'],
  ['15', 'UTC', 'yesterday', '2026-05-05', 'not_a_time'],
  ['15', 'UTC', '2026-02-30', '2026-05-05', 'not_a_time'],
  ['15', 'UTC', '2026-05-05', '2026-05-05', 'empty_range'],
  ['15', 'UTC', '2026-05-06', '2026-05-05', 'empty_range'],
  ['15', 'UTC', '2026-05-04', '2026-07-05', 'range_too_long'],
  ['30', 'UTC', '2026-05-04T00:15', '2026-05-05', 'interval_does_not_divide'],
  ['60', 'UTC', '2026-05-04', '2026-05-04T10:30', 'interval_does_not_divide'],
  ['15', 'UTC', '2026-05-04T00:00:01', '2026-05-05', 'interval_does_not_divide'],
  ['day', 'UTC', '2026-05-04', '2026-05-05T01:00', 'interval_does_not_divide'],
] as const)('%s of %s from %s to %s is refused as %s', (interval, zone, from, to, why) => {
  expect(between(interval, zone, from, to)).toBe(why);
});

test('any days of any zone are tiled by quarters of an hour, whatever the interval', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...reportIntervals.filter((interval) => interval !== 'week')),
      fc.date({
        min: new Date('2000-01-01'),
        max: new Date('2037-12-30'),
        noInvalidDate: true,
      }),
      (zone, interval, date) => {
        const from = date.toISOString().slice(0, 10);
        const to = new Date(date.getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
        const found = between(interval, zone, from, to);
        // The whole day that a place skipped when it changed sides of the date line.
        if (found === 'empty_range') return;
        if (typeof found === 'string') throw new Error(`${zone} ${from}: ${found}`);
        found.forEach((each, index) => {
          expect(each.from % quarterMs).toBe(0);
          expect(each.to).toBeGreaterThan(each.from);
          if (index > 0) expect(found[index - 1]?.to).toBe(each.from);
        });
      },
    ),
    { numRuns: 100 },
  );
});
