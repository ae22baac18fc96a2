import { expect, test } from 'vitest';
import { callTransition, offeredCall, type Call, type CallEvent } from './call.ts';
import { endGuardedUntil, endGuardMs, isEndGuarded } from './end-guard.ts';

const stamp = (at: number) => ({ id: `fact-${at}`, at });
const after = (call: Call, ...events: readonly CallEvent[]): Call =>
  events.reduce((state, event) => {
    const next = callTransition(state, event);
    if (!next.ok) throw new Error(next.why);
    return next.value;
  }, call);

const answeredAt = 10_000;
const offered = offeredCall({
  callId: 'leg',
  callKey: 'key',
  remote: { number: '1', name: '' },
  queue: 'support',
  stamp: stamp(9_000),
});
const byItself = after(offered, {
  kind: 'answered',
  automatic: true,
  stamp: stamp(answeredAt),
});
const byPress = after(offered, { kind: 'answered', stamp: stamp(answeredAt) });

test('a call that was answered by itself is guarded until the reflex is over', () => {
  const until = answeredAt + endGuardMs;
  for (const call of [byItself, after(byItself, { kind: 'confirmed' })]) {
    expect(endGuardedUntil(call)).toBe(until);
    expect(isEndGuarded(call, answeredAt)).toBe(true);
    expect(isEndGuarded(call, until - 1)).toBe(true);
    expect(isEndGuarded(call, until)).toBe(false);
  }
});

test('a clock that was set back guards nothing for longer', () => {
  expect(isEndGuarded(byItself, answeredAt - 60_000)).toBe(false);
});

test('what the agent answered, what rings and what is over is not guarded', () => {
  const over = after(byItself, {
    kind: 'ended',
    end: { side: 'remote', outcome: 'completed', sipCode: null, cause: 16 },
    stamp: stamp(answeredAt + 100),
  });
  for (const call of [offered, byPress, after(byPress, { kind: 'confirmed' }), over]) {
    expect(endGuardedUntil(call)).toBeNull();
    expect(isEndGuarded(call, answeredAt + 100)).toBe(false);
  }
});

test('the answer says whether it was automatic, and says nothing otherwise', () => {
  expect(byItself.facts.at(-1)).toMatchObject({ kind: 'answered', automatic: true });
  expect(byPress.facts.at(-1)).not.toHaveProperty('automatic');
});
