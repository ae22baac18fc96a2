import { expect, test } from 'vitest';
import { createClock } from './clock.ts';

const machine = () => {
  const state = { wall: 1_000_000, monotonic: 50, uptime: 300 };
  const clock = createClock({
    wallMs: () => state.wall,
    monotonicMs: () => state.monotonic,
    uptimeSeconds: () => state.uptime,
  });
  const run = (ms: number): void => {
    state.wall += ms;
    state.monotonic += ms;
    state.uptime += ms / 1000;
  };
  const sleep = (ms: number): void => {
    state.wall += ms;
    state.uptime += ms / 1000;
  };
  return { state, clock, run, sleep };
};

test('it counts on from the wall clock', () => {
  const { clock, run } = machine();
  run(1_234.6);
  expect(clock()).toBe(1_001_235);
});

test.each([3_600_000, -3_600_000])('setting the wall clock by %d ms moves nothing', (jump) => {
  const { state, clock, run } = machine();
  run(5_000);
  state.wall += jump;
  run(5_000);
  expect(clock()).toBe(1_010_000);
});

test('time that the machine slept is added', () => {
  const { clock, run, sleep } = machine();
  run(5_000);
  clock();
  sleep(600_000);
  run(2_000);
  expect(clock()).toBe(1_607_000);
  run(2_000);
  expect(clock()).toBe(1_609_000);
});

test('it never goes back', () => {
  const { state, clock } = machine();
  state.monotonic += 10;
  const before = clock();
  state.monotonic -= 5;
  expect(clock()).toBe(before);
});
