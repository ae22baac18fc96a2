import { expect, test } from 'vitest';
import { searchedDigits } from './history.ts';

test.each([
  ['(303) 555-0123', '3035550123'],
  ['+1 303 555', '1303555'],
  ['0044 20 7946 0120', '442079460120'],
  ['+44 20 7946 0120', '2079460120'],
  ['020 79', '2079'],
  ['12', null],
  ['555 street', null],
])('of %s the digits %s are looked for', (text, digits) => {
  expect(searchedDigits(text, 'US')).toBe(digits);
});
