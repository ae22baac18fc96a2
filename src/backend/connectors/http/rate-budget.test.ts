import { describe, expect, it } from 'vitest';
import { createRateBudget } from './rate-budget.ts';

const budgetOf = (limit: Partial<Parameters<typeof createRateBudget>[0]> = {}) => {
  let now = 0;
  const budget = createRateBudget(
    { requests: 100, perMs: 10_000, atOnce: 1_000, ...limit },
    () => now,
  );
  return {
    ...budget,
    pass: (ms: number) => {
      now += ms;
    },
  };
};

const takeAll = (budget: ReturnType<typeof budgetOf>, urgency: 'now' | 'later'): number => {
  let taken = 0;
  while (budget.take(urgency, 1) === 0) taken += 1;
  return taken;
};

describe('the rate of a connection', () => {
  it('leaves a quarter to whoever an agent waits for', () => {
    const budget = budgetOf();
    expect(takeAll(budget, 'later')).toBe(75);
    expect(takeAll(budget, 'now')).toBe(25);
  });

  it('fills evenly, and tells how long nothing is free', () => {
    const budget = budgetOf();
    takeAll(budget, 'now');
    expect(budget.take('now', 1)).toBe(100);
    budget.pass(1_000);
    expect(takeAll(budget, 'now')).toBe(10);
  });

  it('has so many at the same time, whatever is left', () => {
    const budget = budgetOf({ atOnce: 2 });
    expect(takeAll(budget, 'now')).toBe(2);
    budget.done();
    expect(budget.take('now', 1)).toBe(0);
  });

  it('grants nothing while the vendor wants nothing', () => {
    const budget = budgetOf();
    budget.holdOff(2_000);
    budget.holdOff(500);
    expect(budget.take('now', 1)).toBe(2_000);
    budget.pass(1_999);
    expect(budget.heldForMs()).toBe(1);
    budget.pass(1);
    expect(budget.take('now', 1)).toBe(0);
  });

  it('grants what costs more than there ever is from a full bucket', () => {
    const budget = budgetOf({ requests: 2, perMs: 1_000 });
    expect(budget.take('later', 500)).toBe(0);
  });
});
