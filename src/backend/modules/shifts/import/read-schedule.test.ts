import { expect, test } from 'vitest';
import { occurrencesOf } from '../recurrence.ts';
import { maximumEntries } from './draft.ts';
import { kindNamed } from './kind-words.ts';
import { readSchedule } from './read-schedule.ts';

const madrid = { zone: { name: 'Europe/Madrid', definition: null } };
const read = (...lines: readonly string[]) => readSchedule(lines.join('\r\n'), madrid);
const header = 'agent,start,end,kind,label,zone';

test('a line of CSV says who, from when to when, what and in which zone', () => {
  const schedule = read(
    header,
    'alice,2026-11-23 09:00,2026-11-23 17:00,work,Early,Europe/Madrid',
    'alice,2026-11-23 13:00,13:30,Almuerzo,,',
    'bruno,2026-11-23T22:00,06:00,Turno,"Late, with keys",America/Sao_Paulo',
    'bruno,2026-11-23T12:00Z,2026-11-23T12:15Z,break,,Europe/Madrid',
  );
  expect(schedule.bad).toEqual([]);
  expect(
    schedule.drafts.map(({ line, person, entry }) => [
      line,
      person?.kind === 'agent' ? person.username : null,
      entry.kind,
      entry.label,
      entry.zone.name,
      entry.startsLocal,
      entry.endsLocal,
    ]),
  ).toEqual([
    [2, 'alice', 'work', 'Early', 'Europe/Madrid', '2026-11-23T09:00:00', '2026-11-23T17:00:00'],
    [3, 'alice', 'meal', '', 'Europe/Madrid', '2026-11-23T13:00:00', '2026-11-23T13:30:00'],
    [
      4,
      'bruno',
      'work',
      'Late, with keys',
      'America/Sao_Paulo',
      '2026-11-23T22:00:00',
      '2026-11-24T06:00:00',
    ],
    [5, 'bruno', 'break', '', 'Europe/Madrid', '2026-11-23T13:00:00', '2026-11-23T13:15:00'],
  ]);
});

test('what a spreadsheet writes is read: a mark of its encoding, semicolons, other columns', () => {
  const schedule = read(
    '\uFEFFid;Kind;Start;End;Team;Repeats',
    '7;descanso;2026-11-23 11:00;2026-11-23 11:15;early;FREQ=WEEKLY;'.replace(/;$/u, ''),
  );
  expect(schedule.bad).toEqual([]);
  expect(schedule.drafts).toMatchObject([
    { person: { kind: 'team', team: 'early' }, entry: { kind: 'break', rule: 'FREQ=WEEKLY' } },
  ]);
});

test('each wrong line is named with its number, whatever stands before it', () => {
  const { drafts, bad } = read(
    header,
    'alice,2026-11-23 09:00,2026-11-23 17:00,work,"two',
    'lines",',
    'alice,2026-02-30 09:00,2026-11-23 17:00,work,,',
    'alice,2026-11-23 09:00,2026-11-23 08:00,work,,',
    'alice,2026-11-23 09:00,2026-11-23 17:00,juggling,,',
    'alice,2026-11-23 09:00,2026-11-23 17:00,work,,Mars/Olympus',
    'alice,2026-11-23 09:00,2026-12-23 17:00,work,,',
    'alice,2026-11-23 09:00,2026-11-23 17:00,work,,,,,',
  );
  expect(drafts).toHaveLength(1);
  expect(bad.map(({ line }) => line)).toEqual([4, 5, 6, 7, 8, 9]);
  expect(bad.map(({ why }) => why).join('\n')).toMatch(/start.*\n.*before.*\n.*kind.*\n.*zone/u);
});

test('a file that is no schedule says so', () => {
  expect(read('name,age', 'x,1').bad).toEqual([
    { line: 1, why: 'there is no column start, end, kind' },
  ]);
  expect(read('start,end,kind', '"unclosed').bad).toMatchObject([{ line: 0 }]);
  expect(read('').bad).toHaveLength(1);
  expect(readSchedule('\u0000\u0001PK', madrid).bad).toHaveLength(1);
});

const calendar = (...lines: readonly string[]) =>
  read('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...lines, 'END:VCALENDAR');
const event = (uid: string, ...lines: readonly string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  ...lines,
  'END:VEVENT',
];

test('a calendar event recurs with its exceptions, in the zone of its start', () => {
  const { drafts, bad } = calendar(
    ...event(
      'shift@x',
      'SUMMARY:Turno de mañana',
      'DTSTART;TZID=America/New_York:20260302T090000',
      'DTEND;TZID=America/New_York:20260302T170000',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20260401T035959Z',
      'EXDATE;TZID=America/New_York:20260303T090000',
    ),
    ...event(
      'shift@x',
      'SUMMARY:Training: product',
      'RECURRENCE-ID:20260309T130000Z',
      'DTSTART;TZID=America/New_York:20260309T100000',
      'DURATION:PT2H',
    ),
  );
  expect(bad).toEqual([]);
  const [draft] = drafts;
  if (draft === undefined) throw new Error('no entry');
  const march = [Date.parse('2026-03-01T00:00Z'), Date.parse('2026-05-01T00:00Z')] as const;
  expect(
    occurrencesOf(draft.entry, ...march)
      .map(({ kind, startsAt }) => `${kind} ${new Date(startsAt).toISOString().slice(0, 16)}`)
      .sort(),
  ).toEqual([
    'training 2026-03-09T14:00',
    'work 2026-03-02T14:00',
    // Daylight saving time began on the 8th.
    'work 2026-03-10T13:00',
    'work 2026-03-16T13:00',
    'work 2026-03-17T13:00',
    'work 2026-03-23T13:00',
    'work 2026-03-24T13:00',
    'work 2026-03-30T13:00',
    'work 2026-03-31T13:00',
  ]);
});

test('zones come from the IANA database, from their location, from their definition, or are unknown', () => {
  const zone = (id: string, ...more: readonly string[]) => [
    'BEGIN:VTIMEZONE',
    `TZID:${id}`,
    ...more,
    'BEGIN:STANDARD',
    'DTSTART:16010101T000000',
    'TZOFFSETFROM:-0500',
    'TZOFFSETTO:-0500',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  const at = (uid: string, id: string) =>
    event(uid, `DTSTART;TZID=${id}:20260302T090000`, `DTEND;TZID=${id}:20260302T100000`);
  const { drafts, bad } = calendar(
    ...zone('Lima time', 'X-LIC-LOCATION:America/Lima'),
    ...zone('Our own'),
    ...at('a', 'Lima time'),
    ...at('b', 'Our own'),
    ...at('c', 'Nowhere'),
    ...event('d', 'DTSTART:20260302T090000', 'DTEND:20260302T100000'),
    ...event('e', 'DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z'),
    ...event(
      'f',
      'CATEGORIES:Vacation',
      'DTSTART;VALUE=DATE:20260302',
      'DTEND;VALUE=DATE:20260304',
    ),
  );
  expect(bad).toEqual([{ line: 31, why: 'the zone "Nowhere" is not known' }]);
  expect(drafts.map(({ entry }) => [entry.zone.name, entry.zone.definition === null])).toEqual([
    ['America/Lima', true],
    ['Our own', false],
    ['Europe/Madrid', true],
    ['UTC', true],
    ['Europe/Madrid', true],
  ]);
  expect(drafts.at(-1)?.entry).toMatchObject({
    kind: 'off',
    startsLocal: '2026-03-02T00:00:00',
    endsLocal: '2026-03-04T00:00:00',
  });
});

test('a hostile calendar is refused in words, event by event, without delay', () => {
  const { drafts, bad } = calendar(
    ...event(
      'a',
      'DTSTART:20260302T090000Z',
      'DTEND:20260302T100000Z',
      'RRULE:FREQ=SECONDLY;COUNT=1000000',
    ),
    ...event(
      'b',
      'DTSTART:20260302T090000Z',
      'DTEND:20260302T100000Z',
      'RRULE:FREQ=DAILY;COUNT=1000000',
    ),
    ...event('c', 'DTSTART:nonsense'),
    ...event('d', 'SUMMARY:no start'),
    ...event('', 'DTSTART:20260302T090000Z'),
    ...event('e', 'DTSTART:20260302T090000Z', 'DURATION:P99999999999999D'),
    ...event('f', 'STATUS:CANCELLED', 'DTSTART:20260302T090000Z', 'DURATION:PT1H'),
    ...event('g', 'DTSTART:20260302T090000Z', 'DURATION:PT1H', 'SUMMARY:Pause café'),
  );
  expect(drafts).toMatchObject([{ entry: { uid: 'ics:g', kind: 'break' } }]);
  expect(bad.map(({ line }) => line)).toHaveLength(6);
  expect(read('BEGIN:VCALENDAR', 'BEGIN:VEVENT').bad).toHaveLength(1);
  const many = Array.from({ length: maximumEntries + 1 }, () => 'BEGIN:VEVENT');
  expect(read('BEGIN:VCALENDAR', ...many).bad).toMatchObject([{ why: /more than/u }]);
  const nested = Array.from({ length: 50_000 }, () => 'BEGIN:X');
  expect(read('BEGIN:VCALENDAR', ...nested).bad).toHaveLength(1);
  const same = Array.from({ length: 5_000 }, () =>
    event('s', 'DTSTART:20260302T090000Z', 'DURATION:PT1H'),
  );
  expect(calendar(...same.flat()).bad).toHaveLength(1);
});

test.each([
  ['Lunch', 'meal'],
  ['Día libre', 'off'],
  ['Reunião de equipe', 'meeting'],
  ['Formación', 'training'],
  ['Pausa', 'break'],
  ['Phones', 'work'],
  ['juggling', null],
])('"%s" names %s', (word, kind) => {
  expect(kindNamed(word)).toBe(kind);
});
