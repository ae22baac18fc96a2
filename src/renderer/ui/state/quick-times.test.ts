import { expect, test } from 'vitest';
import {
  dateFieldOf,
  quickTimeAt,
  quickTimes,
  timeFieldOf,
  timeOfFields,
  tomorrowAt,
} from './quick-times.ts';

// A Saturday, thirty seconds past.
const now = new Date(2026, 1, 28, 22, 10, 30).getTime();

test('each promise is ahead, and none names a second', () => {
  for (const quick of quickTimes) {
    const at = quickTimeAt(quick, now);
    expect(at).toBeGreaterThan(now);
    expect(at % 60_000).toBe(0);
  }
});

test('tomorrow is the next day of the calendar, and a week is seven', () => {
  expect(quickTimeAt('tomorrow_morning', now)).toBe(new Date(2026, 2, 1, 9).getTime());
  expect(quickTimeAt('tomorrow_afternoon', now)).toBe(new Date(2026, 2, 1, 15).getTime());
  expect(quickTimeAt('next_week', now)).toBe(new Date(2026, 2, 7, 9).getTime());
  expect(tomorrowAt(now)).toBe(new Date(2026, 2, 1).getTime());
});

test('what the fields show reads as what it was', () => {
  const at = new Date(2026, 10, 3, 7, 5).getTime();
  expect([dateFieldOf(at), timeFieldOf(at)]).toEqual(['2026-11-03', '07:05']);
  expect(timeOfFields(dateFieldOf(at), timeFieldOf(at))).toBe(at);
  expect(timeOfFields('', '07:05')).toBeNull();
});
