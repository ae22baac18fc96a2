import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callTransition, offeredCall, type Call } from '../../shared/domain/call/call.ts';
import { createUnhurriedRing } from './unhurried-ring.ts';

const ringing: Call = offeredCall({
  callId: '0190a0a0-0000-7000-8000-000000000001',
  callKey: 'key',
  remote: { number: '+12025550123', name: '' },
  queue: 'support',
  stamp: { id: '0190a0a0-0000-7000-8000-00000000000a', at: 1_000 },
});
const ended = (): Call => {
  const next = callTransition(ringing, {
    kind: 'ended',
    end: { side: 'remote', outcome: 'cancelled', sipCode: null, cause: null },
    stamp: { id: '0190a0a0-0000-7000-8000-00000000000b', at: 2_000 },
  });
  if (!next.ok) throw new Error(next.why);
  return next.value;
};

let passed: (readonly Call[])[] = [];
beforeEach(() => {
  passed = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (calls: readonly Call[]): void => {
  passed.push(calls);
};

test('the news that a call rings waits a moment', () => {
  createUnhurriedRing(pass, () => false).take([ringing]);
  expect(passed).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(passed).toEqual([[ringing]]);
});

test('whatever else happens passes at once, and takes the ring with it', () => {
  const ring = createUnhurriedRing(pass, () => false);
  ring.take([ringing]);
  const over = ended();
  ring.take([over]);
  expect(passed).toEqual([[over]]);
  vi.advanceTimersByTime(1_000);
  expect(passed).toHaveLength(1);
});

test('before the end nothing is left waiting', () => {
  const ring = createUnhurriedRing(pass, () => false);
  ring.take([ringing]);
  ring.flush();
  expect(passed).toEqual([[ringing]]);
});

test('where nobody else tells the backend of it, the news does not wait', () => {
  createUnhurriedRing(pass, () => true).take([ringing]);
  expect(passed).toEqual([[ringing]]);
});
