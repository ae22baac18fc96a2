import { expect, test } from 'vitest';
import fc from 'fast-check';
import { consentState, type ConsentFact, type ConsentFactKind } from './consent.ts';

const facts = (...said: readonly (readonly [ConsentFactKind, number])[]): readonly ConsentFact[] =>
  said.map(([kind, at], index) => ({
    id: `fact-${index}`,
    callId: 'leg',
    callKey: 'key',
    kind,
    at,
  }));

test('nothing said means not asked', () => {
  expect(consentState([])).toBe('not_asked');
});

test('the latest word counts', () => {
  expect(consentState(facts(['asked', 1], ['granted', 2]))).toBe('granted');
  expect(consentState(facts(['asked', 1], ['granted', 2], ['withdrawn', 3]))).toBe('withdrawn');
  expect(consentState(facts(['asked', 1], ['refused', 2], ['granted', 3]))).toBe('granted');
});

test('asking again takes back no answer', () => {
  expect(consentState(facts(['asked', 1], ['refused', 2], ['asked', 3]))).toBe('refused');
});

test('of two words at one instant the stricter counts, whichever came first', () => {
  expect(consentState(facts(['granted', 5], ['refused', 5]))).toBe('refused');
  expect(consentState(facts(['refused', 5], ['granted', 5]))).toBe('refused');
  expect(consentState(facts(['withdrawn', 5], ['granted', 5]))).toBe('withdrawn');
});

test('what was never granted cannot be withdrawn', () => {
  expect(consentState(facts(['asked', 1], ['withdrawn', 2]))).toBe('asked');
});

test('the order in which facts arrive does not matter', () => {
  const anyFact = fc.record({
    id: fc.uuid(),
    callId: fc.constant('leg'),
    callKey: fc.constant('key'),
    at: fc.nat(5),
    kind: fc.constantFrom<ConsentFactKind[]>('asked', 'granted', 'refused', 'withdrawn'),
  });
  fc.assert(
    fc.property(fc.array(anyFact), (some) => {
      expect(consentState([...some].reverse())).toBe(consentState(some));
    }),
  );
});
