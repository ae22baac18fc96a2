import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JournalProblem } from '../../shared/ipc/desk.ts';
import { createJournalView } from './journal-view.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const bed = () => {
  const state = { waiting: 0, refused: 0, problem: null as JournalProblem | null, canWrite: true };
  const onChange = vi.fn();
  const view = createJournalView({
    journal: {
      counts: () => ({ waiting: state.waiting, refused: state.refused }),
      problem: () => state.problem,
      probe: () => {
        if (state.canWrite) state.problem = null;
      },
    },
    monotonicMs: () => Date.now(),
    onChange: () => {
      onChange();
      view.read();
    },
  });
  return { state, view, onChange };
};

test('what waits is shown once it has waited longer than sending takes', () => {
  const { state, view, onChange } = bed();
  state.waiting = 3;
  expect(view.read().late).toBe(0);
  vi.advanceTimersByTime(5_000);
  expect(onChange).toHaveBeenCalledOnce();
  expect(view.read().late).toBe(3);
});

test('what is sent in time is never shown, and while nothing waits no timer runs', () => {
  const { state, view } = bed();
  state.waiting = 1;
  view.read();
  state.waiting = 0;
  vi.advanceTimersByTime(5_000);
  expect(view.read().late).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('as long as the backend takes something, what is left is not late', () => {
  const { state, view } = bed();
  state.waiting = 900;
  view.read();
  vi.advanceTimersByTime(4_000);
  state.waiting = 400;
  view.progressed();
  view.read();
  vi.advanceTimersByTime(4_000);
  expect(view.read().late).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(view.read().late).toBe(400);
});

test('a journal that could not be written is tried again until it can', () => {
  const { state, view } = bed();
  state.problem = 'disk_full';
  state.canWrite = false;
  expect(view.read().problem).toBe('disk_full');
  vi.advanceTimersByTime(20_000);
  expect(view.read().problem).toBe('disk_full');
  state.canWrite = true;
  vi.advanceTimersByTime(5_000);
  expect(view.read().problem).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});
