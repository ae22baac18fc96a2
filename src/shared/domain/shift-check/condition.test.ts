import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkConditions, isCheckOwed } from './condition.ts';

const hourMs = 3_600_000;
const signedInAt = 1_000 * hourMs;
const soonAfter = signedInAt + hourMs;
const good = { at: signedInAt + 60_000, word: 'good', partly: false } as const;

test('a centre that asks for nothing is owed nothing, and one that asks is owed a check of this shift', () => {
  expect(isCheckOwed('none', null, signedInAt, soonAfter)).toBe(false);
  expect(isCheckOwed('done', null, signedInAt, soonAfter)).toBe(true);
  expect(isCheckOwed('done', good, signedInAt, soonAfter)).toBe(false);
  // After lunch it is the same shift, the day after another.
  expect(isCheckOwed('done', { ...good, at: signedInAt - 6 * hourMs }, signedInAt, soonAfter)).toBe(
    false,
  );
  expect(
    isCheckOwed('done', { ...good, at: signedInAt - 23 * hourMs }, signedInAt, soonAfter),
  ).toBe(true);
});

test('who never signs out makes another check for another shift, and not in the middle of one', () => {
  expect(isCheckOwed('done', good, signedInAt, signedInAt + 12 * hourMs)).toBe(false);
  expect(isCheckOwed('done', good, signedInAt, signedInAt + 24 * hourMs)).toBe(true);
});

test('what is bad, or was made in part, is made but not passed', () => {
  for (const made of [{ ...good, word: 'bad' } as const, { ...good, partly: true }]) {
    expect(isCheckOwed('done', made, signedInAt, soonAfter)).toBe(false);
    expect(isCheckOwed('passed', made, signedInAt, soonAfter)).toBe(true);
  }
  expect(isCheckOwed('passed', { ...good, word: 'fair' }, signedInAt, soonAfter)).toBe(false);
});

test('whoever passed now may be ready now, whatever the centre asks', () => {
  fc.assert(
    fc.property(fc.constantFrom(...checkConditions), fc.nat(), (condition, laterMs) => {
      const at = signedInAt + laterMs;
      expect(isCheckOwed(condition, { ...good, at }, signedInAt, at)).toBe(false);
    }),
  );
});
