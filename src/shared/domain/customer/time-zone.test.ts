import { expect, test } from 'vitest';
import { timeZoneOf } from './time-zone.ts';

const now = Date.UTC(2026, 6, 1);

test.each([
  ['GB', 'Leeds', 'Europe/London'],
  ['BR', 'São Paulo', 'America/Sao_Paulo'],
  ['BR', 'Rio de Janeiro', 'America/Sao_Paulo'],
  ['ES', 'València', 'Europe/Madrid'],
  ['ES', 'Las Palmas', 'Atlantic/Canary'],
  ['US', 'Seattle', 'America/Los_Angeles'],
  ['PT', 'Lisboa', 'Europe/Lisbon'],
])('%s, %s keeps %s', (country, city, zone) => {
  expect(timeZoneOf(country, city, now)).toBe(zone);
});

test.each([
  ['US', 'Springfield'],
  ['', 'Paris'],
  ['XX', 'Nowhere'],
  ['PT', ''],
])('no hour is claimed for %s, %s', (country, city) => {
  expect(timeZoneOf(country, city, now)).toBeNull();
});
