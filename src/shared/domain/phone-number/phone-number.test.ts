import { expect, test } from 'vitest';
import {
  displayNumber,
  formatAsTyped,
  isExtension,
  maskedNumber,
  parsePhoneNumber,
} from './phone-number.ts';

test('reads numbers of many countries, written in their own way', () => {
  const numbers: readonly (readonly [string, string, string])[] = [
    ['(415) 555-2671', 'US', '+14155552671'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['612 34 56 78', 'ES', '+34612345678'],
    ['55 1234 5678', 'MX', '+525512345678'],
    ['(11) 96123-4567', 'BR', '+5511961234567'],
    ['912 345 678', 'PT', '+351912345678'],
    ['+49 30 901820', 'ES', '+4930901820'],
    ['0033 1 42 68 53 00', 'ES', '+33142685300'],
    ['+81 3-1234-5678', 'US', '+81312345678'],
  ];
  for (const [typed, country, e164] of numbers) {
    expect(parsePhoneNumber(typed, country)?.e164).toBe(e164);
  }
});

test('anonymous callers, names, extensions and rubbish are no number', () => {
  for (const text of [
    'anonymous',
    'Unknown',
    '',
    '1001',
    '*43',
    '+',
    '++34',
    '<script>',
    '9'.repeat(60),
  ]) {
    expect(parsePhoneNumber(text, 'US')).toBeNull();
  }
});

test.each([
  ['+12025550123', 'US', '(202) 555-0123'],
  ['2025550123', 'US', '(202) 555-0123'],
  ['+12025550123', 'ES', '+1 202 555 0123'],
  ['+34612345678', 'ES', '612 34 56 78'],
  ['0034612345678', 'ES', '612 34 56 78'],
  ['+34612345678', 'US', '+34 612 34 56 78'],
  ['+5511961234567', 'BR', '(11) 96123-4567'],
  ['+447946095800', 'GB', '07946 095800'],
  // Of the same plan and yet abroad.
  ['+14165550123', 'US', '+1 416 555 0123'],
])('%s is shown to people in %s as %s', (number, country, shown) => {
  expect(displayNumber(number, country)).toBe(shown);
});

test.each(['anonymous', '', '1001', '*43', '+15550100', '0000000000', '<b>', '９９', '+'])(
  'what is no number is shown as it is: %j',
  (text) => {
    expect(displayNumber(text, 'US')).toBe(text);
  },
);

test('formats while typing', () => {
  expect(formatAsTyped('+34612345678', 'US')).toBe('+34 612 34 56 78');
});

test('knows extensions and feature codes', () => {
  expect(['1001', '*43', '22'].every(isExtension)).toBe(true);
  expect(['1', '+34600', 'abc', '1234567'].some(isExtension)).toBe(false);
});

test('masks all but the last two digits', () => {
  expect(maskedNumber('+34612345678')).toBe('…78');
  expect(maskedNumber('12')).toBe('…');
});
