import { describe, expect, it } from 'vitest';
import { known } from '../../../../tests/support/known.ts';
import { parsePath, select, selectList } from './json-path.ts';

const answer = {
  data: [
    { id: 1, 'last name': 'Pires', phones: [{ n: '1' }, { n: '2' }] },
    { id: 2, 'last name': null, phones: [] },
  ],
  one: { id: 3 },
  none: null,
};
const at = (text: string) => select(known(parsePath(text)), answer);
const listAt = (text: string) => selectList(known(parsePath(text)), answer);

describe('a path', () => {
  it.each([
    ['$', [answer]],
    ['$.data[*].id', [1, 2]],
    ['data.*.id', [1, 2]],
    ["$['data'][0]['last name']", ['Pires']],
    ['$["data"][-1].id', [2]],
    ['data[*].phones[*].n', ['1', '2']],
    ['data[7].id', []],
    ['data.id', []],
    ['one.toString', []],
    ['one.id.x', []],
  ])('%s names its values in their order', (text, values) => {
    expect(at(text)).toEqual(values);
  });

  it.each([
    ['$..id', 2],
    ['$.data[?@.id>1]', 7],
    ['$.data[0,1]', 7],
    ['$.last-name', 7],
    ['data[', 5],
    ['$.', 2],
    ['', 1],
    ['a b', 2],
    ['[0]', 1],
  ])('%s is not taken, and says where', (text, position) => {
    const parsed = parsePath(text);
    expect(parsed.ok ? null : parsed.why.at).toBe(position);
  });

  it('tells a list from nothing', () => {
    expect(listAt('$.data')).toHaveLength(2);
    expect(listAt('$.data[*]')).toHaveLength(2);
    expect(listAt('$.one')).toEqual([{ id: 3 }]);
    expect(listAt('$.none')).toEqual([]);
    expect(listAt('$.absent[*]')).toBeUndefined();
  });
});
