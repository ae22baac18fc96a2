import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RingSilence } from '../../../shared/domain/missed/missed.ts';
import { tellHeard, type Playing } from './heard.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const bed = (playing: { -readonly [Key in keyof Playing]: Playing[Key] }) => {
  const told: (RingSilence | null)[] = [];
  const stop = tellHeard(playing, (silence) => told.push(silence));
  return { told, stop };
};

test('a context whose clock runs is heard', () => {
  const playing = { state: 'running' as const, currentTime: 0 };
  const { told } = bed(playing);
  vi.advanceTimersByTime(200);
  expect(told).toEqual([]);
  playing.currentTime = 0.2;
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([null]);
});

test('one that says that it runs while its clock stands still is silent, and so is one that never starts', () => {
  for (const state of ['running', 'suspended'] as const) {
    const { told } = bed({ state, currentTime: 3 });
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual(['not_playing']);
  }
});

test('a ring that ended sooner was neither', () => {
  const { told, stop } = bed({ state: 'suspended', currentTime: 0 });
  stop();
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([]);
});
