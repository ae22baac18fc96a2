import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  attemptOutcomeOf,
  attemptOutcomes,
  callBackTransition,
  isOver,
  mayBeOffered,
  offerMs,
  roundMs,
  type CallBack,
  type CallBackEvent,
} from './call-back.ts';

const now = 1_000_000;
const ofQueue: CallBack = {
  kind: 'call_back',
  dueAt: now,
  owner: null,
  queue: 'support',
  attempts: 0,
  passed: [],
  passedAt: null,
  standing: { state: 'scheduled' },
};

const step = (callBack: CallBack, ...events: readonly CallBackEvent[]): CallBack =>
  events.reduce((before, event) => {
    const next = callBackTransition(before, event);
    if (!next.ok) throw new Error(`${event.kind}: ${next.why}`);
    return next.callBack;
  }, callBack);
const refusal = (callBack: CallBack, event: CallBackEvent) => {
  const next = callBackTransition(callBack, event);
  return next.ok ? null : next.why;
};
const call = (callId: string, outcome: 'answered' | 'busy' | 'no_answer' | 'failed', at = now) =>
  [
    { kind: 'dial', by: 'ana', callId },
    { kind: 'call_over', callId, outcome, maximum: 3, at },
  ] as const;

test('a queue’s is offered when due, taken by whoever it was offered to, and done when answered', () => {
  const offer = { kind: 'offer', to: 'ana', at: now } as const;
  expect(refusal({ ...ofQueue, dueAt: now + 1 }, offer)).toBe('not_due');
  const offered = step(ofQueue, offer);
  expect(offered.standing).toEqual({ state: 'offered', to: 'ana', until: now + offerMs });
  expect(refusal(offered, { kind: 'offer', to: 'bo', at: now })).toBe('offered_to_other');
  expect(refusal(offered, { kind: 'take', by: 'bo', at: now })).toBe('offered_to_other');
  const taken = step(offered, { kind: 'take', by: 'ana', at: now });
  expect(taken).toMatchObject({ owner: 'ana', standing: { state: 'taken' } });
  expect(step(taken, ...call('1', 'answered')).standing).toEqual({ state: 'done', at: now });
});

test('who lets it pass is not asked again for a while, and a withdrawn offer costs nobody a turn', () => {
  const offered = step(ofQueue, { kind: 'offer', to: 'ana', at: now });
  expect(refusal(offered, { kind: 'lapse', at: now + offerMs - 1 })).toBe('not_offered');
  const lapsed = step(offered, { kind: 'lapse', at: now + offerMs });
  expect(refusal(lapsed, { kind: 'offer', to: 'ana', at: now + offerMs })).toBe('let_pass');
  expect(mayBeOffered(lapsed, 'bo', now + offerMs)).toBe(true);
  expect(mayBeOffered(lapsed, 'ana', now + offerMs + roundMs)).toBe(true);
  const withdrawn = step(offered, { kind: 'withdraw' });
  expect(withdrawn).toEqual(ofQueue);
});

test('after as many tries as are allowed nobody tries again; a call that never reached a line is none', () => {
  const mine = { ...ofQueue, owner: 'ana' };
  const twice = step(mine, ...call('1', 'busy'), ...call('2', 'failed'), ...call('3', 'no_answer'));
  expect(twice).toMatchObject({ attempts: 2, standing: { state: 'attempted' } });
  const thrice = step(twice, ...call('4', 'no_answer'));
  expect(thrice).toMatchObject({ attempts: 3, standing: { state: 'exhausted' } });
  expect(refusal(thrice, { kind: 'finish', at: now })).toBe('over');
  expect(step(thrice, { kind: 'reopen', at: now + 9 })).toMatchObject({
    dueAt: now + 9,
    standing: { state: 'scheduled' },
  });
});

test('a call that is made all the same is counted, and changes nothing that is over', () => {
  const done = step({ ...ofQueue, owner: 'ana' }, { kind: 'finish', at: now });
  expect(step(done, ...call('1', 'busy'))).toEqual({ ...done, attempts: 1 });
});

test('a follow-up is neither offered nor dialled', () => {
  const task = { ...ofQueue, kind: 'follow_up' } as const;
  expect(refusal(task, { kind: 'offer', to: 'ana', at: now })).toBe('follow_up');
  expect(refusal(task, { kind: 'dial', by: 'ana', callId: '1' })).toBe('follow_up');
});

test.each([
  ['completed', true, 'answered'],
  ['busy', false, 'busy'],
  ['rejected', false, 'busy'],
  ['no_answer', false, 'no_answer'],
  ['cancelled', false, 'no_answer'],
  ['wrong_number', false, 'failed'],
  ['media_failed', false, 'failed'],
  ['phone_failed', true, 'answered'],
] as const)('a leg that ended as %s (answered: %s) was %s', (outcome, wasAnswered, expected) => {
  expect(attemptOutcomeOf(outcome, wasAnswered)).toBe(expected);
});

const agents = fc.constantFrom('ana', 'bo', 'cy');
const times = fc.integer({ min: now - 1_000, max: now + 2 * roundMs });
const events: fc.Arbitrary<CallBackEvent> = fc.oneof(
  fc.record({ kind: fc.constant('offer' as const), to: agents, at: times }),
  fc.record({ kind: fc.constantFrom('take' as const, 'pass' as const), by: agents, at: times }),
  fc.record({ kind: fc.constant('withdraw' as const) }),
  fc.record({ kind: fc.constant('lapse' as const), at: times }),
  fc.record({
    kind: fc.constant('dial' as const),
    by: agents,
    callId: fc.constantFrom('1', '2'),
  }),
  fc.record({
    kind: fc.constant('call_over' as const),
    callId: fc.constantFrom('1', '2'),
    outcome: fc.constantFrom(...attemptOutcomes),
    maximum: fc.constant(2),
    at: times,
  }),
  fc.record({
    kind: fc.constant('change' as const),
    dueAt: times,
    owner: fc.option(agents, { nil: null }),
  }),
  fc.record({ kind: fc.constantFrom('finish' as const, 'cancel' as const), at: times }),
  fc.record({ kind: fc.constant('reopen' as const), at: times }),
);

test('whatever happens: an offer has no owner, what is over was said to be, and tries never go back', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), (history) => {
      let callBack = ofQueue;
      for (const event of history) {
        const next = callBackTransition(callBack, event);
        if (!next.ok) continue;
        const after = next.callBack;
        if (after.standing.state === 'offered') expect(after.owner).toBeNull();
        if (['taken', 'calling', 'attempted'].includes(after.standing.state)) {
          expect(after.owner).not.toBeNull();
        }
        expect(after.attempts).toBeGreaterThanOrEqual(callBack.attempts);
        // Only a word for it takes what is over out of that.
        if (isOver(callBack) && !isOver(after)) expect(['change', 'reopen']).toContain(event.kind);
        if (!isOver(callBack) && isOver(after)) {
          expect(['finish', 'cancel', 'call_over']).toContain(event.kind);
        }
        // Nobody gets what was offered to another.
        if (callBack.standing.state === 'offered' && event.kind === 'take') {
          expect(after.owner).toBe(callBack.standing.to);
        }
        callBack = after;
      }
    }),
  );
});
