import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

test('follows the server, whatever the guess was', () => {
  let monotonic = 1_000;
  const clock = createServerClock(() => monotonic, 5);
  clock.observe({ sentAtMonotonicMs: 1_000, receivedAtMonotonicMs: 1_020, serverTime: 700_010 });
  monotonic = 1_500;
  expect(clock.now()).toBe(700_500);
});

test('believes the quickest exchange', () => {
  const clock = createServerClock(() => 0, 0);
  clock.observe({ sentAtMonotonicMs: 0, receivedAtMonotonicMs: 2, serverTime: 1_001 });
  clock.observe({ sentAtMonotonicMs: 0, receivedAtMonotonicMs: 800, serverTime: 9_000 });
  expect(clock.offsetMs()).toBe(1_000);
});

test('never goes back', () => {
  let monotonic = 0;
  const clock = createServerClock(() => monotonic, 10_000);
  const before = clock.now();
  clock.observe({ sentAtMonotonicMs: 0, receivedAtMonotonicMs: 1, serverTime: 9_000 });
  monotonic = 10;
  expect(clock.now()).toBeGreaterThanOrEqual(before);
});
