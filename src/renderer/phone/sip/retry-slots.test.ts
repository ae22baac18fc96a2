import { expect, test } from 'vitest';
import { seededRandom } from '../../../../tests/support/seeded-random.ts';
import { createRetrySlots, linkWindowsMs } from './retry-slots.ts';

const phones = 200;
const mostInASecond = (timesMs: readonly number[]): number => {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return Math.max(
    ...sorted.map((at) => sorted.filter((one) => one >= at && one < at + 1_000).length),
  );
};

test.each([0, 1, 2, 5, 10, 14, 20, 28, 60, 600])(
  'however long a PBX is away (%i s), its phones come back spread out and soon',
  (awaySeconds) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = seededRandom(seed);
      const returns = Array.from({ length: phones }, () => {
        let at = 0;
        const slots = createRetrySlots(linkWindowsMs, random, () => at);
        do at += slots.next();
        while (at < awaySeconds * 1_000);
        return at;
      });
      expect(mostInASecond(returns)).toBeLessThanOrEqual(phones * 0.15);
      expect(Math.max(...returns)).toBeLessThan((awaySeconds + 28.1) * 1_000);
    }
  },
);

test('each window has one try, and the last window repeats', () => {
  let at = 0;
  const slots = createRetrySlots(
    [1_000, 4_000],
    () => 0.5,
    () => at,
  );
  const tries = Array.from({ length: 4 }, () => (at += slots.next()));
  expect(tries).toEqual([500, 3_000, 7_000, 11_000]);
  slots.reset();
  expect(slots.next()).toBe(500);
});

test('a try that lasts beyond its window does not owe the windows that it missed', () => {
  let at = 0;
  const slots = createRetrySlots(
    [1_000],
    () => 0.5,
    () => at,
  );
  at += slots.next() + 60_000;
  expect(slots.next()).toBe(500);
});
