import { expect, test } from 'vitest';
import { figureOf, ofPromise } from './figures.ts';
import { promisesKept } from './reliability-promises.ts';

const figure = (of: number, value: number) => ({
  topic: 'network' as const,
  ...ofPromise(of, figureOf('calls lost', value, '', 30, { exactly: 0 })),
});

test('a promise is kept by all of its figures or not at all, and nothing shows one of which nothing was measured', () => {
  const kept = promisesKept([
    figure(9, 0),
    figure(10, 0),
    figure(10, 1),
    { topic: 'call', ...figureOf('calls lost', 1, '', 30, { exactly: 0 }) },
  ]);
  expect(kept.map(({ number }) => number)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1));
  expect(kept.filter(({ kept: isKept }) => isKept !== null)).toMatchObject([
    { number: 9, kept: true, figures: 1, broken: 0 },
    { number: 10, kept: false, figures: 2, broken: 1 },
  ]);
});
