import { expect, test } from 'vitest';
import { movedRanking, rankedRows, rankingWithout } from './ranking.ts';

const device = (id: string) => ({ id, label: id.toUpperCase() });
const [a, b, c] = [device('a'), device('b'), device('c')];
const away = device('away');

test('what was ranked comes first, away or not, then what else is there', () => {
  expect(
    rankedRows([away, c], [a, b, c]).map(({ known, device: now, isRanked }) => [
      known.id,
      now?.id ?? null,
      isRanked,
    ]),
  ).toEqual([
    ['away', null, true],
    ['c', 'c', true],
    ['a', 'a', false],
    ['b', 'b', false],
  ]);
});

test('a device at another port is kept by the id that it has now', () => {
  const [row] = rankedRows([{ id: 'old', label: 'A' }], [a]);
  expect(row?.known).toEqual(a);
});

test.each([
  ['the third to the top', 2, 0, ['c', 'a']],
  ['the third before the second', 2, 1, ['a', 'c']],
  ['the first behind the second', 0, 1, ['b', 'a']],
  ['beyond the end: nothing', 2, 3, ['a']],
])('moving %s', (_words, from, to, ids) => {
  const rows = rankedRows([a], [a, b, c]);
  expect(movedRanking(rows, from, to).map(({ id }) => id)).toEqual(ids);
});

test('a line that is taken out is no longer ranked', () => {
  expect(rankingWithout(rankedRows([away, a], [a, b]), 0)).toEqual([a]);
});
