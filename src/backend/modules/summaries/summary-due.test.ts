import { expect, test } from 'vitest';
import { lastDue } from './summary-due.ts';

const madrid = 'Europe/Madrid';
/** A Sunday: clocks went forward in the night. */
const at = Date.parse('2026-03-29T10:07:00+02:00');

test('a daily summary is of the day before, once its time has come', () => {
  const plan = { every: 'day', at: '07:00' } as const;
  expect(lastDue(plan, Date.parse('2026-03-29T07:00:00+02:00'), madrid)).toEqual({
    dates: { from: '2026-03-28', to: '2026-03-29' },
    dueAt: Date.parse('2026-03-29T07:00:00+02:00'),
  });
  expect(lastDue(plan, Date.parse('2026-03-29T06:59:59+02:00'), madrid)).toEqual({
    dates: { from: '2026-03-27', to: '2026-03-28' },
    dueAt: Date.parse('2026-03-28T07:00:00+01:00'),
  });
});

test('a weekly summary is due on Monday, of the week before', () => {
  const plan = { every: 'week', at: '07:00' } as const;
  const dates = { from: '2026-03-16', to: '2026-03-23' };
  expect(lastDue(plan, at, madrid)).toMatchObject({ dates });
  expect(lastDue(plan, Date.parse('2026-03-30T06:00:00+02:00'), madrid)).toMatchObject({ dates });
  expect(lastDue(plan, Date.parse('2026-03-30T07:00:00+02:00'), madrid).dates.from).toBe(
    '2026-03-23',
  );
});

test('a time that the clocks leave out comes all the same', () => {
  expect(lastDue({ every: 'day', at: '02:30' }, at, madrid).dueAt).toBe(
    Date.parse('2026-03-29T03:30:00+02:00'),
  );
});
