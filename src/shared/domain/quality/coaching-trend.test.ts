import { expect, test } from 'vitest';
import type { Criterion } from './quality.ts';
import { criterionMeans, weekMeans, type TrendCard } from './coaching-trend.ts';

const card = (scoredAt: number, percent: number | null, greeting: number | null): TrendCard => ({
  ...{ scoredAt, percent, form: 'conversation', version: 1 },
  answers: { greeting: { value: greeting, note: '' } },
});
const cards = [card(10, 50, 1), card(25, 100, 4), card(29, null, null), card(35, 75, 3)];

test('each week has the mean of what was scored in it, and a week without is empty, not zero', () => {
  expect(weekMeans(cards, [10, 20, 30, 40])).toEqual([
    { from: 10, reviews: 1, percent: 50 },
    { from: 20, reviews: 2, percent: 100 },
    { from: 30, reviews: 1, percent: 75 },
    { from: 40, reviews: 0, percent: null },
  ]);
});

test('a question is compared with the time before; where it did not apply it counts for nothing', () => {
  const greeting: Criterion = {
    ...{ key: 'greeting', maximum: 4, weight: 1, critical: false, mayNotApply: true },
    kind: 'scale',
  };
  const [mean] = criterionMeans([greeting], cards, { since: 20, before: 10 });
  expect(mean).toEqual({ key: 'greeting', percent: 87.5, before: 25 });
  expect(criterionMeans([greeting], [], { since: 20, before: 10 })[0]).toMatchObject({
    percent: null,
    before: null,
  });
});
