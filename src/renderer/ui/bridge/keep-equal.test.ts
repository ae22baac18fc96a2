import { expect, test } from 'vitest';
import { keepEqual } from './keep-equal.ts';

const before = { session: { user: { id: 'a' } }, cards: [{ id: 1, tags: ['x'] }, { id: 2 }] };

test('an equal copy is the object that was there', () => {
  expect(keepEqual<unknown>(before, structuredClone(before))).toBe(before);
});

test('what changed is new, and what did not is kept', () => {
  const next = keepEqual<typeof before>(before, {
    session: { user: { id: 'a' } },
    cards: [{ id: 1, tags: ['x', 'y'] }, { id: 2 }],
  });
  expect(next).toEqual({
    session: { user: { id: 'a' } },
    cards: [{ id: 1, tags: ['x', 'y'] }, { id: 2 }],
  });
  expect(next.session).toBe(before.session);
  expect(next.cards[1]).toBe(before.cards[1]);
  expect(next.cards[0]).not.toBe(before.cards[0]);
});

test('what is gone or came is a change, also where it is null or undefined', () => {
  const cases = [
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: null }, { a: {} }],
    [{ a: [] }, { a: {} }],
  ] as const;
  for (const [one, other] of cases) {
    const kept = keepEqual<unknown>(one, other);
    expect(kept).toStrictEqual(other);
    expect(kept).not.toBe(one);
  }
});
