import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDeskClock } from './desk-clock.ts';

const machine = (wall: number) => {
  const at = { monotonic: 1_000, wall, uptime: 90_000 };
  return {
    at,
    clock: createDeskClock({
      monotonicMs: () => at.monotonic,
      wallNow: () => at.wall,
      // As coarse as the coarsest system has it.
      uptimeMs: () => Math.floor(at.uptime / 1_000) * 1_000,
    }),
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
  at.uptime += 600_000;
  clock.mistrust();
  expect(clock.now()).toBe(5_603_000);
});

test('a change of the wall clock moves nothing', () => {
  const { at, clock } = machine(5_000_000);
  clock.observe({ sentAtMonotonicMs: 1_000, receivedAtMonotonicMs: 1_000, serverTime: 5_000_000 });
  at.wall += 3_600_000;
  expect(clock.now()).toBe(5_000_000);
});

test('whatever is done to the wall clock, and however the machine sleeps, it is right within a second', () => {
  const hour = 3_600_000;
  const happening = fc.oneof(
    fc.record({ kind: fc.constant('work' as const), ms: fc.integer({ min: 1, max: 600_000 }) }),
    fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: 1, max: 600_000 }) }),
    fc.record({ kind: fc.constant('set' as const), ms: fc.constantFrom(-hour, hour, 7_000, -300) }),
    fc.record({ kind: fc.constant('sync' as const), ms: fc.integer({ min: 0, max: 400 }) }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 12 }), (happenings) => {
      const { at, clock } = machine(5_000_000);
      let server = 9_000_000;
      const exchange = (tripMs: number) => {
        const sentAtMonotonicMs = at.monotonic;
        at.monotonic += tripMs;
        at.wall += tripMs;
        at.uptime += tripMs;
        server += tripMs;
        const serverTime = server - tripMs / 2;
        clock.observe({ sentAtMonotonicMs, receivedAtMonotonicMs: at.monotonic, serverTime });
      };
      exchange(4);
      for (const { kind, ms } of happenings) {
        if (kind === 'sync') exchange(ms);
        if (kind === 'set') at.wall += ms;
        if (kind === 'work' || kind === 'sleep') {
          at.wall += ms;
          at.uptime += ms;
          server += ms;
        }
        if (kind === 'work') at.monotonic += ms;
        if (kind === 'sleep') {
          clock.mistrust();
          expect(Math.abs(clock.now() - server)).toBeLessThanOrEqual(2_000);
          exchange(30);
        }
        expect(Math.abs(clock.now() - server)).toBeLessThanOrEqual(1_000);
      }
    }),
  );
});

test('it never goes back, even when the server does', () => {
  const { clock } = machine(5_000_000);
  expect(clock.now()).toBe(5_000_000);
  clock.observe({ sentAtMonotonicMs: 1_000, receivedAtMonotonicMs: 1_000, serverTime: 4_000_000 });
  expect(clock.now()).toBe(5_000_000);
});
