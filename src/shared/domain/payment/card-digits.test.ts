import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutCardDigits, withoutLongNumbers, wordsWithoutCards } from './card-digits.ts';

test.each([
  ['4111111111111111', '••••••••••••••••'],
  ['card 4111 1111 1111 1111, thanks', 'card •••• •••• •••• ••••, thanks'],
  ['4111-1111-1111-1111', '••••-••••-••••-••••'],
  ['4111.1111.1111.1111', '••••.••••.••••.••••'],
  ['4111\u00a01111\u00a01111\u00a01111', '••••\u00a0••••\u00a0••••\u00a0••••'],
  ['4111 - 1111 - 1111 - 1111', '•••• - •••• - •••• - ••••'],
  ['3782 822463 10005', '•••• •••••• •••••'],
  // 13 and 19 digits.
  ['4222222222222', '•••••••••••••'],
  ['6304000000000000000', '•••••••••••••••••••'],
  ['no4111111111111111', 'no••••••••••••••••'],
  // The month, the year and the code behind it stay: they are not the number.
  ['4111 1111 1111 1111 12/27', '•••• •••• •••• •••• 12/27'],
  ['41111111111111111227', '••••••••••••••••1227'],
  ['order 77 4111 1111 1111 1111', 'order 77 •••• •••• •••• ••••'],
])('%s is kept as %s', (typed, kept) => {
  expect(withoutCardDigits(typed)).toBe(kept);
});

test.each([
  'called back on 202 555 0104',
  '+44 20 7946 0958',
  // 13 digits that prove themselves, and a telephone number by its plus.
  '+4222222222222',
  '4111 1111 1111 1112',
  '424242424242',
  'ticket 2026-11-22 10:15',
  '018f4b2e-7c1a-7def-8123-4111111111111111'.slice(0, 36),
  '00000000-0000-0000-0000-000000000000',
  '',
])('%s is no card', (text) => {
  expect(withoutCardDigits(text)).toBe(text);
});

const luhn = (digits: readonly number[]): number => {
  const sum = [...digits, 0]
    .reverse()
    .map((digit, at) => (at % 2 === 1 ? digit * 2 : digit))
    .map((digit) => (digit > 9 ? digit - 9 : digit))
    .reduce((a, b) => a + b, 0);
  return (10 - (sum % 10)) % 10;
};

const card = fc
  .array(fc.nat(9), { minLength: 12, maxLength: 18 })
  .map((digits) => [...digits, luhn(digits)].join(''));
const separator = fc.constantFrom('', ' ', '-', '.', '/', ' - ', '\u00a0');
const written = fc
  .tuple(card, fc.integer({ min: 2, max: 6 }), separator)
  .map(([digits, size, between]) =>
    (digits.match(new RegExp(`\\d{1,${size}}`, 'gu')) ?? []).join(between),
  );

test('no card outlives it, however it is written and whatever stands around it', () => {
  const words = fc.constantFrom('', 'card: ', 'pan=', 'the number (', 'x ');
  fc.assert(
    fc.property(
      words,
      written,
      fc.constantFrom('', ')', ', ok', '\nnext'),
      (before, digits, after) => {
        const kept = withoutCardDigits(before + digits + after);
        expect(kept).not.toMatch(/\d/u);
        expect(kept).toHaveLength((before + digits + after).length);
        expect(withoutCardDigits(kept)).toBe(kept);
      },
    ),
  );
});

test('text that holds no long number is left to the letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const short = text.replace(/\d/gu, '');
      expect(withoutCardDigits(short)).toBe(short);
    }),
  );
});

test('a number that is half typed while a card is taken is not kept either', () => {
  expect(withoutLongNumbers('card 4111 11')).toBe('card 4111 11');
  expect(withoutLongNumbers('card 4111 1111 1')).toBe('card •••• •••• •');
});

test('notes and fields are blanked together, and what has nothing to blank is the same thing', () => {
  const clean = { code: 'sale', notes: 'paid', fields: { reference: '12' } };
  expect(wordsWithoutCards(clean)).toBe(clean);
  expect(
    wordsWithoutCards({ notes: '4111111111111111', fields: { reference: '4111 1111 1111 1111' } }),
  ).toEqual({ notes: '••••••••••••••••', fields: { reference: '•••• •••• •••• ••••' } });
});
