import { expect, test } from 'vitest';
import { matchKind } from './match.ts';

const found = (customerId: string, exact: boolean) => ({ customerId, exact });

test('grades what was found for a number', () => {
  expect(matchKind([])).toBe('unknown');
  expect(matchKind([found('a', true)])).toBe('exact');
  expect(matchKind([found('a', true), found('b', true)])).toBe('several');
  expect(matchKind([found('a', false)])).toBe('maybe');
});

test('an exact hit outranks those that agree in their last digits only', () => {
  expect(matchKind([found('a', true), found('b', false)])).toBe('exact');
});

test('one customer with the number listed twice is still one', () => {
  expect(matchKind([found('a', true), found('a', true)])).toBe('exact');
});
