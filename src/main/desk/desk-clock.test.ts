import { expect, test } from 'vitest';
import { createDeskClock } from './desk-clock.ts';

const machine = (wall: number) => {
  const at = { monotonic: 1_000, wall };
  return {
    at,
    clock: createDeskClock(
      () => at.monotonic,
      () => at.wall,
    ),
  };
};

test("before the first exchange it is the machine's clock, then the server's", () => {
  const { at, clock } = machine(5_000_000);
  expect(clock.now()).toBe(5_000_000);
  clock.observe({ sentAtMonotonicMs: 1_000, receivedAtMonotonicMs: 1_010, serverTime: 6_000_000 });
  at.monotonic = 1_105;
  expect(clock.now()).toBe(6_000_100);
});

test('ten minutes of sleep are counted although the monotonic source stood still', () => {
  const { at, clock } = machine(5_000_000);
  clock.observe({ sentAtMonotonicMs: 1_000, receivedAtMonotonicMs: 1_000, serverTime: 5_003_000 });
  at.wall += 600_000;
  clock.mistrust();
  expect(clock.now()).toBe(5_603_000);
});

test('a change of the wall clock moves nothing', () => {
  const { at, clock } = machine(5_000_000);
  clock.observe({ sentAtMonotonicMs: 1_000, receivedAtMonotonicMs: 1_000, serverTime: 5_000_000 });
  at.wall += 3_600_000;
  expect(clock.now()).toBe(5_000_000);
});

test('it never goes back, even when the server does', () => {
  const { clock } = machine(5_000_000);
  expect(clock.now()).toBe(5_000_000);
  clock.observe({ sentAtMonotonicMs: 1_000, receivedAtMonotonicMs: 1_000, serverTime: 4_000_000 });
  expect(clock.now()).toBe(5_000_000);
});
