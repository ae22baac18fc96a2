import { expect, test } from 'vitest';
import { findCodes, groupCodes, shownCodes, usedFirst } from './code-search.ts';

const label = { en: '', es: '', pt: '' };
const codes = [
  { code: 'fault', text: 'Avería comunicada', path: ['Técnica', 'Línea'] },
  { code: 'billing', text: 'Facturación', path: [] },
  { code: 'tier-2', text: 'Escalado a nivel 2', path: [] },
];

test('a queue has its own codes first and never those of another', () => {
  const all = [
    { code: 'general', label, queue: null },
    { code: 'sale', label, queue: 'sales' },
    { code: 'fault', label, queue: 'support' },
  ];
  const shown = (queue: string | null) => shownCodes(all, queue, () => '').map((code) => code.code);
  expect(shown('support')).toEqual(['fault', 'general']);
  expect(shown(null)).toEqual(['general']);
});

test('codes stand with those of their group', () => {
  expect(groupCodes(codes)).toMatchObject([
    { heading: 'Técnica › Línea', codes: [{ code: 'fault' }] },
    { heading: '', codes: [{ code: 'billing' }, { code: 'tier-2' }] },
  ]);
});

test('where there are many, the ones in use come first; where there are few, none does', () => {
  const many = Array.from({ length: 9 }, (_each, at) => ({
    code: String(at),
    text: '',
    path: [],
  }));
  const used = ['8', 'gone', '1', '2', '3'];
  expect(usedFirst(many, used).map(({ code }) => code)).toEqual(['8', '1', '2']);
  expect(usedFirst(codes, ['fault'])).toEqual([]);
});

test.each([
  ['', 3],
  ['aver', 1],
  ['AVERIA', 1],
  ['fac', 1],
  ['nivel esc', 1],
  ['bill', 1],
  ['2', 1],
  ['tec aver', 1],
  ['linea', 1],
  ['tier-2', 1],
  ['cturación', 0],
])('typing "%s" leaves %i', (typed, count) => {
  expect(findCodes(codes, typed)).toHaveLength(count);
});
