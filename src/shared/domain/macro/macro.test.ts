import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMacros, macrosFor, slashAt, type Macro } from './macro.ts';

const macro = (code: string, label: string, queues: readonly string[] = []): Macro => ({
  ...{ code, queues, teams: [] },
  label: { en: label, es: label, pt: label },
  text: { en: code, es: code, pt: code },
});

test.each([
  ['/', { from: 0, to: 1, typed: '' }],
  ['/re', { from: 0, to: 3, typed: 're' }],
  ['Called. /dev', { from: 8, to: 12, typed: 'dev' }],
  ['one\n/ligação', { from: 4, to: 12, typed: 'ligação' }],
  ['and/or', null],
  ['12/03', null],
  ['https://a', null],
  ['/re fund', null],
  ['', null],
])('behind %j a macro is asked for, or not', (text, slash) => {
  expect(slashAt(text, text.length)).toEqual(slash);
});

test('the caret decides, not the end of the text', () => {
  expect(slashAt('/refund later', 3)).toEqual({ from: 0, to: 3, typed: 're' });
});

test('what is found is what stands before the caret', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, at) => {
      const caret = at % (text.length + 1);
      const slash = slashAt(text, caret);
      if (slash !== null) expect(text.slice(slash.from, caret)).toBe(`/${slash.typed}`);
    }),
  );
});

test('codes come before labels, and accents and case make no difference', () => {
  const macros = [macro('promise', 'Retorno da ligação'), macro('liga', 'x'), macro('other', 'y')];
  const found = findMacros(macros, 'LIGACAO'.slice(0, 4), ({ label }) => label.pt);
  expect(found.map(({ code }) => code)).toEqual(['liga', 'promise']);
});

test('a macro of a queue is there in calls of that queue alone', () => {
  const macros = [macro('a', 'a'), macro('b', 'b', ['sales'])];
  const codes = (queue: string | null) => macrosFor(macros, queue).map(({ code }) => code);
  expect(codes('sales')).toEqual(['a', 'b']);
  expect(codes('support')).toEqual(['a']);
  expect(codes(null)).toEqual(['a']);
});
