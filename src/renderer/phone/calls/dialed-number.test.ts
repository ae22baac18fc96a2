import { expect, test } from 'vitest';
import { dialedNumber } from './dialed-number.ts';

test.each([
  ['(202) 555-0123', 'US', '+12025550123'],
  ['+34 911 23 45 67', 'US', '+34911234567'],
  ['911 234 567', 'ES', '+34911234567'],
  ['112', 'ES', '112'],
  ['911', 'US', '911'],
  ['1001', 'US', '1001'],
  ['*43', 'US', '*43'],
  ['hello', 'US', null],
  ['', 'US', null],
  ['<script>', 'US', null],
])('%j typed in %s dials %j', (typed, country, number) => {
  expect(dialedNumber(typed, country)).toBe(number);
});
