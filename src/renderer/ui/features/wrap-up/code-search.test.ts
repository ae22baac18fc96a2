import { expect, test } from 'vitest';
import { codesFor, findCodes } from './code-search.ts';

const label = { en: '', es: '', pt: '' };
const codes = [
  { code: 'fault', text: 'Avería comunicada' },
  { code: 'billing', text: 'Facturación' },
  { code: 'tier-2', text: 'Escalado a nivel 2' },
];

test('a queue has its own codes first and never those of another', () => {
  const all = [
    { code: 'general', label, queue: null },
    { code: 'sale', label, queue: 'sales' },
    { code: 'fault', label, queue: 'support' },
  ];
  expect(codesFor(all, 'support').map((code) => code.code)).toEqual(['fault', 'general']);
  expect(codesFor(all, null).map((code) => code.code)).toEqual(['general']);
});

test.each([
  ['', 3],
  ['aver', 1],
  ['AVERIA', 1],
  ['fac', 1],
  ['nivel esc', 1],
  ['bill', 1],
  ['2', 1],
  ['cturación', 0],
])('typing "%s" leaves %i', (typed, count) => {
  expect(findCodes(codes, typed)).toHaveLength(count);
});
