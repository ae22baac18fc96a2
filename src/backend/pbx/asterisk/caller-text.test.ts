import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callerName, callerNumber, plainText } from './caller-text.ts';

test('undoes the escapes of Asterisk and keeps accents', () => {
  expect(callerName('José \\"Pepe\\" N\\\\A')).toBe('José "Pepe" N\\A');
  expect(callerName('<unknown>')).toBe('');
  expect(callerName('a\\r\\nEvent: x')).toBe('aEvent: x');
});

test('removes what hides or reorders text, and keeps to 128 characters', () => {
  expect(plainText('a\u202eb\u200bc\u0007d\ufeff')).toBe('abcd');
  expect(Array.from(plainText('😀'.repeat(200)))).toHaveLength(128);
});

test('a number is one word', () => {
  expect(callerNumber('<unknown>')).toBe('');
  expect(callerNumber('+34 600 "111"<222>')).toBe('+34600111222');
});

test('no text survives with a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(callerName(text)).not.toMatch(/\p{Cc}/u);
    }),
  );
});
