import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adherenceOf, usualGraceMs } from '../../../shared/domain/schedule/adherence.ts';
import { planOf } from '../../../shared/domain/schedule/plan.ts';
import { dayIn, ianaZone, zoneClock } from './local-time.ts';
import { boundsOf, occurrencesOf, readRule } from './recurrence.ts';
import type { ScheduleEntry } from './schedule-entry.ts';

const hour = 3_600_000;
const entry = (zone: string, part: Partial<ScheduleEntry> = {}): ScheduleEntry => ({
  uid: 'shift',
  kind: 'work',
  label: '',
  zone: { name: zone, definition: null },
  startsLocal: '2026-01-05T09:00:00',
  endsLocal: '2026-01-05T17:00:00',
  rule: 'FREQ=DAILY',
  changes: [],
  ...part,
});
const told = (given: ScheduleEntry, from: string, to: string): readonly (readonly string[])[] =>
  occurrencesOf(given, Date.parse(from), Date.parse(to)).map(({ startsAt, endsAt }) =>
    [startsAt, endsAt].map((at) => new Date(at).toISOString().slice(0, 16)),
  );

test('a shift keeps to the clock on the wall when the clocks change', () => {
  // Madrid: on 29 March 2026 from +1 to +2.
  expect(told(entry('Europe/Madrid'), '2026-03-28T00:00Z', '2026-03-30T00:00Z')).toEqual([
    ['2026-03-28T08:00', '2026-03-28T16:00'],
    ['2026-03-29T07:00', '2026-03-29T15:00'],
  ]);
  // New York: on 1 November 2026 from -4 to -5.
  expect(told(entry('America/New_York'), '2026-10-31T00:00Z', '2026-11-02T00:00Z')).toEqual([
    ['2026-10-31T13:00', '2026-10-31T21:00'],
    ['2026-11-01T14:00', '2026-11-01T22:00'],
  ]);
  // São Paulo has had no daylight saving time since 2019.
  expect(told(entry('America/Sao_Paulo'), '2026-11-01T00:00Z', '2026-11-02T00:00Z')).toEqual([
    ['2026-11-01T12:00', '2026-11-01T20:00'],
  ]);
});

test('a night shift ends by the clock: an hour shorter in spring, an hour longer in autumn', () => {
  const night = entry('Europe/Madrid', {
    startsLocal: '2026-01-05T22:00:00',
    endsLocal: '2026-01-06T06:00:00',
  });
  const hours = (from: string, to: string) =>
    occurrencesOf(night, Date.parse(from), Date.parse(to)).map(
      ({ startsAt, endsAt }) => (endsAt - startsAt) / hour,
    );
  expect(hours('2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual([7]);
  expect(hours('2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([9]);
  expect(hours('2026-05-04T12:00Z', '2026-05-05T12:00Z')).toEqual([8]);
});

test('a shift that begins in the hour that is skipped begins after it, one in the hour twice at the first', () => {
  const early = entry('Europe/Madrid', {
    startsLocal: '2026-01-05T02:30:00',
    endsLocal: '2026-01-05T06:00:00',
  });
  expect(told(early, '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([
    ['2026-03-29T01:30', '2026-03-29T04:00'],
  ]);
  expect(told(early, '2026-10-25T00:00Z', '2026-10-25T12:00Z')).toEqual([
    ['2026-10-25T00:30', '2026-10-25T05:00'],
  ]);
});

test('an occurrence that is moved or cancelled counts as the schedule says', () => {
  const given = entry('UTC', {
    changes: [
      { originalLocal: '2026-05-05T09:00:00', moved: null },
      {
        originalLocal: '2026-05-06T09:00:00',
        moved: {
          kind: 'training',
          label: 'Product',
          startsLocal: '2026-05-08T20:00:00',
          endsLocal: '2026-05-08T21:00:00',
        },
      },
    ],
  });
  expect(told(given, '2026-05-04T00:00Z', '2026-05-07T00:00Z')).toEqual([
    ['2026-05-04T09:00', '2026-05-04T17:00'],
  ]);
  expect(told(given, '2026-05-08T18:00Z', '2026-05-09T00:00Z')).toEqual([
    ['2026-05-08T20:00', '2026-05-08T21:00'],
  ]);
});

test('the day a clock changes has 23 or 25 hours, and a whole day of work is judged whole', () => {
  for (const [zone, day, hours] of [
    ['Europe/Madrid', '2026-03-29', 23],
    ['Europe/Madrid', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['America/Sao_Paulo', '2026-11-01', 24],
  ] as const) {
    const found = dayIn(zone, day);
    if (found === null) throw new Error('no such day');
    const { from, to } = found;
    expect((to - from) / hour, `${zone} ${day}`).toBe(hours);
    const allDay = entry(zone, {
      startsLocal: '2026-01-01T00:00:00',
      endsLocal: '2026-01-02T00:00:00',
    });
    const { parts } = adherenceOf({
      plan: planOf(occurrencesOf(allDay, from, to)),
      states: [{ state: 'ready', reason: null, startsAt: from, endsAt: to }],
      excused: [],
      reasons: [],
      graceMs: usualGraceMs,
    });
    expect(parts).toMatchObject({ scheduledMs: hours * hour, adherentMs: hours * hour });
  }
  expect(dayIn('UTC', '2026-02-30')).toBeNull();
});

test('a zone that only its file explains is read by that', () => {
  const definition = [
    'BEGIN:VTIMEZONE',
    'TZID:Office',
    'BEGIN:STANDARD',
    'DTSTART:19701025T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:19700329T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n');
  const own = zoneClock({ name: 'Office', definition });
  const madrid = zoneClock({ name: 'Europe/Madrid', definition: null });
  for (const local of ['2026-01-15T09:00:00', '2026-07-15T09:00:00', '2026-03-29T09:00:00']) {
    expect(own.instantOf(local)).toBe(madrid.instantOf(local));
    expect(own.localOf(own.instantOf(local))).toBe(local);
  }
  expect(ianaZone('Office')).toBeNull();
  expect(ianaZone('europe/madrid')).toBe('Europe/Madrid');
});

const local = (at: number): string => new Date(at).toISOString().slice(0, 19);

test.each([
  'FREQ=SECONDLY;COUNT=1000000',
  'FREQ=HOURLY',
  'FREQ=DAILY;COUNT=1000000',
  'FREQ=DAILY;INTERVAL=0',
  'FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7;BYMINUTE=0,15,30,45',
  'FREQ=DAILY;FREQ=DAILY',
  'FREQ=DAILY;X=1',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31',
  'FREQ=DAILY;UNTIL=never',
  'FREQ=DAILY;UNTIL=20261399',
  'COUNT=3',
  'hello',
])('"%s" is no rule of a shift', (rule) => {
  expect(readRule(rule, '2026-01-05T09:00:00', local)).toMatchObject({ ok: false });
});

test('what is counted is counted once: the last occurrence is found like the first', () => {
  const rule = readRule('FREQ=DAILY;COUNT=1000', '1990-01-01T09:00:00', local);
  expect(rule).toEqual({ ok: true, value: 'FREQ=DAILY;UNTIL=19920926T090000Z' });
  const old = entry('UTC', {
    startsLocal: '1990-01-01T09:00:00',
    endsLocal: '1990-01-01T10:00:00',
    rule: rule.ok ? rule.value : null,
  });
  expect(told(old, '1992-09-26T00:00Z', '1992-09-28T00:00Z')).toHaveLength(1);
});

test('UNTIL is kept on the wall clock, the last day included', () => {
  const { localOf } = zoneClock({ name: 'Europe/Madrid', definition: null });
  const rule = (text: string) => {
    const read = readRule(text, '2026-01-05T09:00:00', localOf);
    return read.ok ? read.value : read.why;
  };
  expect(rule('RRULE:FREQ=DAILY;UNTIL=20260504T070000Z')).toBe('FREQ=DAILY;UNTIL=20260504T090000Z');
  expect(rule('FREQ=DAILY;UNTIL=20260504')).toBe('FREQ=DAILY;UNTIL=20260504T235959Z');
  const given = entry('Europe/Madrid', { rule: rule('FREQ=DAILY;UNTIL=20260504T070000Z') });
  expect(told(given, '2026-05-04T00:00Z', '2026-05-09T00:00Z')).toHaveLength(1);
});

test('property: windows that follow each other find each occurrence once, within its bounds', () => {
  const zones = ['Europe/Madrid', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,WE', 'FREQ=MONTHLY;BYDAY=-1FR', null),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 1, max: 14 }),
      fc.integer({ min: 0, max: 365 * 24 }),
      (zone, rule, startHour, length, offset) => {
        const startsLocal = `2026-01-05T${String(startHour).padStart(2, '0')}:30:00`;
        const endsLocal = local(Date.parse(`${startsLocal}Z`) + length * hour);
        const given = entry(zone, { rule, startsLocal, endsLocal });
        const from = Date.parse('2026-01-01T00:00Z') + offset * hour;
        const starts = (a: number, b: number) =>
          occurrencesOf(given, a, b).map(({ startsAt }) => startsAt);
        const [middle, to] = [from + 60 * hour, from + 150 * hour];
        const apart = new Set([...starts(from, middle), ...starts(middle, to)]);
        expect([...apart]).toEqual(starts(from, to));
        const { since, until } = boundsOf(given);
        for (const at of apart) {
          expect(at).toBeGreaterThanOrEqual(since);
          expect(at).toBeLessThan(until ?? Infinity);
        }
      },
    ),
    { numRuns: 60 },
  );
});
