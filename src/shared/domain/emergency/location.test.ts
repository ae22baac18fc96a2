import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressText, locationLine } from './location.ts';

const home = {
  street: '500 Congress Ave',
  unit: 'Apt 4, 2nd floor',
  city: 'Austin',
  region: 'TX',
  postalCode: '78701',
  country: 'US',
};

test('an address is told as civic address elements, and to people as they write it', () => {
  expect(locationLine(home)).toBe(
    'country=US,A1=TX,A3=Austin,RD=Congress%20Ave,HNO=500,LOC=Apt%204%2C%202nd%20floor,PC=78701',
  );
  expect(addressText(home)).toBe('500 Congress Ave, Apt 4, 2nd floor, Austin, TX 78701');
});

test('whatever is typed stays within a header, and comes out as it was typed', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((each) => each.isWellFormed());
  fc.assert(
    fc.property(text, text, text, (street, unit, city) => {
      const line = locationLine({ ...home, street, unit, city });
      expect(line).toMatch(/^[A-Za-z0-9%=,._~-]*$/u);
      const told = new Map(
        line.split(',').map((part): [string, string] => {
          const [name = '', value = ''] = part.split('=');
          return [name, decodeURIComponent(value)];
        }),
      );
      expect(told.get('LOC') ?? '').toBe(unit);
      expect(told.get('A3') ?? '').toBe(city);
    }),
  );
});
