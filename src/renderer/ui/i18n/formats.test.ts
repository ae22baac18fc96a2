import { expect, test } from 'vitest';
import {
  countryText,
  durationText,
  firstText,
  initialsOf,
  pastText,
  roughDurationText,
} from './formats.ts';

test.each([
  [0, '0:00'],
  [999, '0:00'],
  [61_000, '1:01'],
  [3_725_999, '1:02:05'],
  [-5, '0:00'],
])('%i ms reads %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [-5, 'en', '<1 min'],
  [59_999, 'pt', '<1 min'],
  [241_000, 'en', '4 min'],
  [7_300_000, 'es', '2 h'],
  [200_000_000, 'en', '2 days'],
])('%i ms roughly reads, in %s, %s', (ms, locale, text) => {
  expect(roughDurationText(ms, locale)).toBe(text);
});

test('a past instant is as exact as it is worth', () => {
  const now = new Date(2026, 2, 12, 15, 0).getTime();
  expect(pastText(new Date(2026, 2, 12, 9, 5).getTime(), now, 'en-GB')).toBe('today, 9:05');
  expect(pastText(new Date(2026, 2, 11, 23, 59).getTime(), now, 'es')).toBe('ayer, 23:59');
  expect(pastText(new Date(2026, 1, 1).getTime(), now, 'en-GB')).toBe('1 Feb');
  expect(pastText(new Date(2024, 1, 1).getTime(), now, 'en-GB')).toBe('1 Feb 2024');
});

test('a country that is none is shown as it stands', () => {
  expect(countryText('PT', 'es')).toBe('Portugal');
  expect(countryText('', 'es')).toBe('');
  expect(countryText('<b>', 'en')).toBe('<b>');
});

test.each([
  ['Marta Villanueva Ruiz', 'MR'],
  ['  ñandú', 'Ñ'],
  ['東京 太郎', '東太'],
  ['+49 30', ''],
  ['', ''],
])('the letters of %s are %s', (name, letters) => {
  expect(initialsOf(name)).toBe(letters);
});

test('the first text that says something is taken', () => {
  expect(firstText(undefined, '', null, 'a', 'b')).toBe('a');
  expect(firstText(null)).toBe('');
});
