import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  agentState,
  agentTransition,
  type AgentEvent,
  type AgentEventKind,
  type AgentRefusal,
  type AgentStanding,
  type AgentStateName,
  type OfferEnd,
} from './agent.ts';

const ready = { kind: 'ready' } as const;
const lunch = { kind: 'not_ready', reason: 'lunch' } as const;
const standing = (over: Partial<Extract<AgentStanding, { signedIn: true }>>): AgentStanding => ({
  signedIn: true,
  wish: ready,
  offers: [],
  calls: [],
  wrapUps: [],
  ...over,
});

const examples: Record<AgentStateName, AgentStanding> = {
  offline: { signedIn: false },
  not_ready: standing({ wish: lunch }),
  ready: standing({}),
  reserved: standing({ offers: ['a'] }),
  engaged: standing({ calls: ['a'] }),
  wrap_up: standing({ wrapUps: ['a'] }),
};

const events: Record<AgentEventKind, AgentEvent> = {
  signed_in: { kind: 'signed_in' },
  signed_out: { kind: 'signed_out' },
  wished: { kind: 'wished', wish: lunch },
  offered: { kind: 'offered', callKey: 'a' },
  dialed: { kind: 'dialed', callKey: 'a' },
  answered: { kind: 'answered', callKey: 'a' },
  offer_ended: { kind: 'offer_ended', callKey: 'a', how: 'missed' },
  call_ended: { kind: 'call_ended', callKey: 'a', owesWrapUp: true },
  wrap_up_completed: { kind: 'wrap_up_completed', callKey: 'a' },
};

const expected: Record<
  AgentStateName,
  Record<AgentEventKind, AgentStateName | `refused: ${AgentRefusal}`>
> = {
  offline: {
    signed_in: 'not_ready',
    signed_out: 'refused: already',
    wished: 'refused: not_signed_in',
    offered: 'refused: not_signed_in',
    dialed: 'refused: not_signed_in',
    answered: 'refused: not_signed_in',
    offer_ended: 'refused: not_signed_in',
    call_ended: 'refused: not_signed_in',
    wrap_up_completed: 'refused: not_signed_in',
  },
  not_ready: {
    signed_in: 'refused: already',
    signed_out: 'offline',
    wished: 'refused: already',
    offered: 'reserved',
    dialed: 'engaged',
    answered: 'engaged',
    offer_ended: 'refused: unknown_call',
    call_ended: 'refused: unknown_call',
    wrap_up_completed: 'refused: unknown_call',
  },
  ready: {
    signed_in: 'refused: already',
    signed_out: 'offline',
    wished: 'not_ready',
    offered: 'reserved',
    dialed: 'engaged',
    answered: 'engaged',
    offer_ended: 'refused: unknown_call',
    call_ended: 'refused: unknown_call',
    wrap_up_completed: 'refused: unknown_call',
  },
  reserved: {
    signed_in: 'refused: already',
    signed_out: 'offline',
    wished: 'reserved',
    offered: 'refused: already',
    dialed: 'engaged',
    answered: 'engaged',
    offer_ended: 'not_ready',
    call_ended: 'refused: unknown_call',
    wrap_up_completed: 'refused: unknown_call',
  },
  engaged: {
    signed_in: 'refused: already',
    signed_out: 'offline',
    wished: 'engaged',
    offered: 'refused: already',
    dialed: 'refused: already',
    answered: 'refused: already',
    offer_ended: 'refused: unknown_call',
    call_ended: 'wrap_up',
    wrap_up_completed: 'refused: unknown_call',
  },
  wrap_up: {
    signed_in: 'refused: already',
    signed_out: 'offline',
    wished: 'wrap_up',
    offered: 'reserved',
    dialed: 'refused: already',
    answered: 'refused: already',
    offer_ended: 'refused: unknown_call',
    call_ended: 'refused: unknown_call',
    wrap_up_completed: 'ready',
  },
};

describe('an agent', () => {
  for (const state of Object.keys(expected) as readonly AgentStateName[]) {
    for (const kind of Object.keys(events) as readonly AgentEventKind[]) {
      test(`who is ${state}, upon ${kind}: ${expected[state][kind]}`, () => {
        const next = agentTransition(examples[state], events[kind]);
        expect(next.ok ? agentState(next.value).state : `refused: ${next.why}`).toBe(
          expected[state][kind],
        );
      });
    }
  }

  test('who wished for lunch during a call gets it after the wrap-up, and not before', () => {
    const wished = agentTransition(examples.engaged, { kind: 'wished', wish: lunch });
    const ended = wished.ok && agentTransition(wished.value, events.call_ended);
    if (!ended || !ended.ok) throw new Error('the call did not end');
    expect(agentState(ended.value)).toEqual({ state: 'wrap_up', callKeys: ['a'], next: lunch });
    const done = agentTransition(ended.value, events.wrap_up_completed);
    expect(done.ok && agentState(done.value)).toEqual({ state: 'not_ready', reason: 'lunch' });
  });

  test.each(['withdrawn', 'refused'] as const)('whose offer was %s keeps the wish', (how) => {
    const next = agentTransition(examples.reserved, { kind: 'offer_ended', callKey: 'a', how });
    expect(next.ok && agentState(next.value)).toEqual({ state: 'ready' });
  });

  test('with a wrap-up still owed is engaged by the next call and owes the first afterwards', () => {
    const offered = agentTransition(examples.wrap_up, { kind: 'offered', callKey: 'b' });
    const answered =
      offered.ok && agentTransition(offered.value, { kind: 'answered', callKey: 'b' });
    if (!answered || !answered.ok) throw new Error('the second call was not taken');
    expect(agentState(answered.value)).toMatchObject({ state: 'engaged', callKeys: ['b'] });
    const ended = agentTransition(answered.value, {
      kind: 'call_ended',
      callKey: 'b',
      owesWrapUp: true,
    });
    expect(ended.ok && agentState(ended.value)).toMatchObject({
      state: 'wrap_up',
      callKeys: ['a', 'b'],
    });
  });

  test('to whom a customer comes back before the wrap-up is engaged anew, and owes it afterwards', () => {
    const states = [events.offered, events.answered, events.call_ended].reduce<
      readonly AgentStanding[]
    >(
      (taken, event) => {
        const next = agentTransition(taken.at(-1) ?? examples.wrap_up, event);
        return next.ok ? [...taken, next.value] : taken;
      },
      [examples.wrap_up],
    );
    expect(states.map((each) => agentState(each).state)).toEqual([
      'wrap_up',
      'reserved',
      'engaged',
      'wrap_up',
    ]);
    expect(states.at(-1)).toEqual(examples.wrap_up);
  });

  test('any events in any order: no call rings and talks at once, and each event counts once', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const anyEvent: fc.Arbitrary<AgentEvent> = fc.oneof(
      fc.constantFrom<AgentEvent[]>(events.signed_in, events.signed_out, events.wished),
      fc.record({
        kind: fc.constantFrom('offered' as const, 'dialed' as const, 'answered' as const),
        callKey: key,
      }),
      fc.record({
        kind: fc.constant('offer_ended' as const),
        callKey: key,
        how: fc.constantFrom<OfferEnd[]>('missed', 'rejected', 'failed', 'refused', 'withdrawn'),
      }),
      fc.record({
        kind: fc.constant('call_ended' as const),
        callKey: key,
        owesWrapUp: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('wrap_up_completed' as const), callKey: key }),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (sequence) => {
        let now: AgentStanding = { signedIn: false };
        for (const event of sequence) {
          const next = agentTransition(now, event);
          if (!next.ok) continue;
          now = next.value;
          expect(agentTransition(now, event).ok).toBe(false);
          if (!now.signedIn) continue;
          const live = [...now.offers, ...now.calls];
          expect(new Set(live).size).toBe(live.length);
          expect(new Set(now.wrapUps).size).toBe(now.wrapUps.length);
        }
      }),
    );
  });
});
