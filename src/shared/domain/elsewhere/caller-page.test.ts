import { describe, expect, test } from 'vitest';
import { certainPageIn, pageIn } from './caller-page.ts';

type Source = Parameters<typeof pageIn>[0][number];
const person = (url: string, grade: Source['people'][number]['grade']) => ({ url, grade });
const source = (given: Partial<Source>): Source => ({
  ...{ isComplete: true, people: [], items: [] },
  ...given,
});

const ana = source({
  people: [person('ana', 'exact')],
  items: [
    { isOpen: false, url: 'closed' },
    { isOpen: true, url: 'ticket' },
  ],
});

describe('the page of a caller', () => {
  test('is the open ticket, else the person, else none', () => {
    expect(pageIn([source({}), ana])).toBe('ticket');
    expect(pageIn([source({ people: [person('bo', 'confirmed')] })])).toBe('bo');
    expect(pageIn([source({ people: [person('bo', 'maybe')] })])).toBeNull();
  });

  test('opens by itself for one who is certain alone', () => {
    expect(certainPageIn([source({}), ana])).toBe('ticket');
    const two = source({ people: [person('a', 'exact'), person('b', 'exact')] });
    expect(certainPageIn([two])).toBeNull();
    expect(certainPageIn([two, ana])).toBe('ticket');
    expect(certainPageIn([source({ people: [person('a', 'maybe')] })])).toBeNull();
    const said = source({ people: [person('b', 'confirmed'), person('a', 'exact')] });
    expect(certainPageIn([said])).toBe('b');
  });

  test('waits for everybody, since another may know what it is about', () => {
    const late = source({ isComplete: false });
    expect(certainPageIn([late, source({ people: [person('bo', 'exact')] })])).toBeNull();
    expect(certainPageIn([])).toBeNull();
  });
});
