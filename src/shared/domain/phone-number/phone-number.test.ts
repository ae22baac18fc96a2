import { expect, test } from 'vitest';
import {
  callsForHelp,
  emergencyNumbersOf,
  isEmergencyNumber,
  offeredEmergencyNumber,
} from './emergency-numbers.ts';
import {
  cautionOf,
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

test.each([
  ['612 34 56 78', 'ES', null],
  ['+34612345678', 'ES', null],
  ['0012025550123', 'ES', { kind: 'international', country: 'US' }],
  ['+16135550123', 'US', { kind: 'international', country: 'CA' }],
  ['+80012345678', 'ES', { kind: 'international', country: null }],
  ['61234567', 'ES', { kind: 'unfinished' }],
  ['+1 999 999 9999', 'ES', { kind: 'unlikely' }],
  ['6123456789012', 'ES', { kind: 'unlikely' }],
  ['1001', 'ES', null],
  ['hello', 'ES', null],
] as const)('before %s is dialled in %s there is to say: %j', (typed, country, caution) => {
  expect(cautionOf(typed, country)).toEqual(caution);
});

test.each([
  ['9-1-1', 'US'],
  ['1 1 2', 'ES'],
  ['9 9 9', 'GB'],
  ['1 9 0', 'BR'],
  ['1 9 2', 'BR'],
  ['(061)', 'ES'],
  ['10 111', 'ZA'],
])('nothing is said about a call for help: %s in %s', (typed, country) => {
  expect(cautionOf(typed, country)).toBeNull();
});

test.each(['US', 'GB', 'ES', 'BR', 'CL', 'CO', 'PE', 'JP', 'AU', 'NZ', 'GT', 'ZA', 'DE'])(
  'what is offered in %s calls for help there, and the phone system knows it',
  (country) => {
    const number = offeredEmergencyNumber(country);
    expect(callsForHelp(number, country)).toBe(true);
    expect(emergencyNumbersOf(country).every((each) => isEmergencyNumber(each, country))).toBe(
      true,
    );
    expect(emergencyNumbersOf(country).every((each) => /^\d{2,6}$/u.test(each))).toBe(true);
  },
);

test('a number that calls for help elsewhere is an ordinary one here', () => {
  expect(
    ['110', '118', '119', '999', '000', '08'].filter((each) => callsForHelp(each, 'US')),
  ).toEqual([]);
  expect(['9-1-1', '112'].every((each) => callsForHelp(each, 'US'))).toBe(true);
  expect(callsForHelp('110', 'DE')).toBe(true);
  expect(callsForHelp('1002', 'US')).toBe(false);
});
