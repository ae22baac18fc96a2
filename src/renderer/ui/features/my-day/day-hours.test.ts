import { expect, test } from 'vitest';
import type { ReportLine } from '../../../../shared/api/reports.ts';
import { figureNames } from '../../../../shared/domain/reporting/figures.ts';
import { dayHours } from './day-hours.ts';

const hour = 3_600_000;

const lineAt = (place: number, part: Partial<ReportLine['figures']>): ReportLine => ({
  from: place * hour,
  to: (place + 1) * hour,
  local: '',
  key: '',
  name: '',
  // Every name has a value.
  figures: {
    ...(Object.fromEntries(figureNames.map((name) => [name, null])) as ReportLine['figures']),
    ...part,
  },
  missedByCause: {},
});

test('hours in which nothing happened stand empty between those in which something did', () => {
  const hours = dayHours([
    lineAt(8, { handled: 2, handleMs: 90, talkMs: 50, consultMs: 5, holdMs: 5, wrapUpMs: 30 }),
    lineAt(11, { handled: 1, handleMs: 10, talkMs: 10 }),
  ]);
  expect(hours.map(({ from, calls }) => [from / hour, calls])).toEqual([
    [8, 2],
    [9, 0],
    [10, 0],
    [11, 1],
  ]);
  expect(hours[0]).toEqual({
    from: 8 * hour,
    calls: 2,
    handleMs: 90,
    parts: { talk: 50, consult: 5, hold: 5, wrap_up: 30 },
  });
});

test('a day without anything has no hours', () => {
  expect(dayHours([])).toEqual([]);
});
