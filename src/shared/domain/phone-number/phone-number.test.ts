import { expect, test } from 'vitest';
import { formatAsTyped, isExtension, maskedNumber, parsePhoneNumber } from './phone-number.ts';

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
