import { expect, test } from 'vitest';
import { midnightBefore } from './midnight.ts';

test.each([
  ['UTC', '2026-05-04T13:14:15.678Z', '2026-05-04T00:00:00.000Z'],
  ['UTC', '2026-05-04T00:00:00.000Z', '2026-05-04T00:00:00.000Z'],
  ['America/Sao_Paulo', '2026-05-04T02:59:59.999Z', '2026-05-03T03:00:00.000Z'],
  ['Asia/Kolkata', '2026-05-04T18:30:00.000Z', '2026-05-04T18:30:00.000Z'],
  // Clocks go forward on 29 March and back on 25 October.
  ['Europe/Madrid', '2026-03-29T20:00:00.000Z', '2026-03-28T23:00:00.000Z'],
  ['Europe/Madrid', '2026-10-25T20:00:00.000Z', '2026-10-24T22:00:00.000Z'],
  // Midnight comes twice.
  ['America/Havana', '2026-11-01T20:00:00.000Z', '2026-11-01T04:00:00.000Z'],
  // There is none.
  ['America/Sao_Paulo', '2018-11-04T20:00:00.000Z', '2018-11-04T03:00:00.000Z'],
])('in %s the day of %s began at %s', (timeZone, at, midnight) => {
  expect(new Date(midnightBefore(Date.parse(at), timeZone)).toISOString()).toBe(midnight);
});
