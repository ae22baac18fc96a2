import { expect, test } from 'vitest';
import { seededRandom } from '../../../../tests/support/seeded-random.ts';
import { orderEdges } from './edge-order.ts';

const edge = (url: string, priority: number, weight: number) => ({ url, priority, weight });

test('the lowest priority comes first, whatever the weights', () => {
  const edges = [edge('c', 20, 9), edge('a', 0, 1), edge('b', 10, 0)];
  expect(orderEdges(edges, () => 0.99).map(({ url }) => url)).toEqual(['a', 'b', 'c']);
});

test('within a priority each comes first as often as its weight says', () => {
  const random = seededRandom(7);
  const edges = [edge('heavy', 0, 75), edge('light', 0, 25), edge('none', 0, 0)];
  const firsts = { heavy: 0, light: 0, none: 0 };
  for (let draws = 0; draws < 10_000; draws += 1) {
    const order = orderEdges(edges, random);
    expect(order.length).toBe(3);
    firsts[order[0]?.url as keyof typeof firsts] += 1;
  }
  expect(firsts.heavy / 10_000).toBeCloseTo(0.74, 1);
  expect(firsts.light / 10_000).toBeCloseTo(0.25, 1);
  expect(firsts.none).toBeGreaterThan(0);
  expect(firsts.none).toBeLessThan(300);
});

test('where none has a weight, all have the same chance', () => {
  const random = seededRandom(7);
  const edges = [edge('a', 0, 0), edge('b', 0, 0)];
  const firsts = Array.from({ length: 1_000 }, () => orderEdges(edges, random)[0]?.url);
  expect(firsts.filter((url) => url === 'a').length).toBeGreaterThan(400);
  expect(firsts.filter((url) => url === 'b').length).toBeGreaterThan(400);
});
