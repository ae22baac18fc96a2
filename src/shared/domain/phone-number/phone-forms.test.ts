import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneForms, sameNumber } from './phone-forms.ts';

describe('forms of a number', () => {
  it('are those under which other systems keep it', () => {
    expect(phoneForms('011 3333-4444', 'BR')).toEqual({
      e164: '+551133334444',
      digits: '551133334444',
      national: '1133334444',
      nationalFormat: '(11) 3333-4444',
      internationalFormat: '+55 11 3333 4444',
      last7: '3334444',
      last10: '1133334444',
    });
  });

  it('are its digits where no plan has it, and nothing where there are none', () => {
    expect(phoneForms('4711', 'BR')).toMatchObject({ e164: null, digits: '4711', last7: '4711' });
    expect(phoneForms('anonymous', 'BR')).toBeNull();
  });

  it('never throws, whatever came', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('BR', 'US', 'XX', ''), (text, country) => {
        phoneForms(text, country);
        expect(sameNumber(text, '', country)).toBeNull();
      }),
    );
  });

  it.each([
    ['+551133334444', '(11) 3333-4444', 'exact'],
    ['+551133334444', '011 3333 4444', 'exact'],
    ['+14155550100', '4155550100', 'maybe'],
    ['+551133334444', '+551133334445', null],
    ['4711', '4711', 'exact'],
    ['4711', '4712', null],
  ] as const)('%s and %s are the same: %s', (one, other, how) => {
    expect(sameNumber(one, other, 'BR')).toBe(how);
  });
});
