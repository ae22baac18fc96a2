import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  agentState,
  agentTransition,
  signsOutLater,
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
  forced: { kind: 'forced', to: 'not_ready', name: 'Sam Lee' },
  app_gone: { kind: 'app_gone', lostAt: 1 },
  app_back: { kind: 'app_back', lostAt: 1, at: 2 },
  readiness: {
    kind: 'readiness',
    readiness: { sessionId: 's', revision: 1, hindrance: 'no_microphone' },
  },
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
    forced: 'refused: not_signed_in',
    app_gone: 'refused: not_signed_in',
    app_back: 'refused: not_signed_in',
    readiness: 'refused: not_signed_in',
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
    forced: 'not_ready',
    app_gone: 'refused: already',
    app_back: 'refused: already',
    readiness: 'not_ready',
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
    forced: 'not_ready',
    app_gone: 'not_ready',
    app_back: 'refused: already',
    readiness: 'not_ready',
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
    forced: 'reserved',
    app_gone: 'reserved',
    app_back: 'refused: already',
    readiness: 'reserved',
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
    forced: 'engaged',
    app_gone: 'engaged',
    app_back: 'refused: already',
    readiness: 'engaged',
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
    forced: 'wrap_up',
    app_gone: 'wrap_up',
    app_back: 'refused: already',
    readiness: 'wrap_up',
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

  const after = (first: AgentStanding, ...steps: readonly AgentEvent[]): AgentStanding =>
    steps.reduce((now, event) => {
      const next = agentTransition(now, event);
      if (!next.ok) throw new Error(`${event.kind}: ${next.why}`);
      return next.value;
    }, first);
  const forced = (to: 'ready' | 'not_ready' | 'offline'): AgentEvent => ({
    kind: 'forced',
    to,
    name: 'Sam Lee',
  });

  test('whom a supervisor takes out of the queues during a call is told who did it, and may ask to be ready again', () => {
    const set = after(examples.engaged, forced('not_ready'));
    const next = { kind: 'not_ready', reason: 'set_by_supervisor' };
    expect(agentState(set)).toEqual({ state: 'engaged', callKeys: ['a'], next });
    expect(set).toMatchObject({ origin: { by: 'supervisor', name: 'Sam Lee' } });
    const own = after(set, { kind: 'wished', wish: ready });
    expect(own).toEqual(examples.engaged);
  });

  test('whom a supervisor signs out finishes the call and its wrap-up first', () => {
    const told = after(examples.engaged, forced('offline'));
    expect(signsOutLater(told)).toBe('Sam Lee');
    expect(agentTransition(told, { kind: 'wished', wish: ready })).toEqual({
      ok: false,
      why: 'leaving',
    });
    const owing = after(told, events.call_ended);
    expect(agentState(owing).state).toBe('wrap_up');
    expect(agentState(after(owing, events.wrap_up_completed))).toEqual({ state: 'offline' });
    expect(agentState(after(examples.ready, forced('offline')))).toEqual({ state: 'offline' });
    // Said once more while only the wrap-up is in the way: what is owed is in the ledger.
    expect(agentState(after(owing, forced('offline')))).toEqual({ state: 'offline' });
  });

  test('who asked not to be ready while it rang keeps that reason when the call is missed', () => {
    const asked = after(examples.reserved, { kind: 'wished', wish: lunch });
    expect(agentState(after(asked, events.offer_ended))).toEqual({
      state: 'not_ready',
      reason: 'lunch',
    });
  });

  test('whose desk was gone is ready again when it is back, and learns of it', () => {
    const gone = after(examples.ready, events.app_gone);
    expect(agentState(gone)).toEqual({ state: 'not_ready', reason: 'app_gone' });
    const back = after(gone, events.app_back);
    expect(back).toMatchObject({ wish: ready, origin: { by: 'return', lostAt: 1, backAt: 2 } });
    expect(agentTransition(examples.not_ready, events.app_gone).ok).toBe(false);
  });

  const told = (hindrance: 'no_microphone' | null, revision: number, sessionId = 's') =>
    ({ kind: 'readiness', readiness: { sessionId, revision, hindrance } }) as const;

  test('whose desk cannot ring is not ready, keeps the wish, and is ready again by itself', () => {
    const hindered = after(examples.ready, told('no_microphone', 1));
    expect(agentState(hindered)).toEqual({ state: 'not_ready', reason: 'hindered_no_microphone' });
    expect(hindered).toMatchObject({ wish: ready });
    expect(agentState(after(hindered, told(null, 2)))).toEqual({ state: 'ready' });
    // Lunch is lunch, whatever the desk does.
    expect(agentState(after(examples.not_ready, told('no_microphone', 1)))).toEqual(
      agentState(examples.not_ready),
    );
    expect(agentState(after(hindered, { kind: 'wished', wish: lunch }))).toEqual({
      state: 'not_ready',
      reason: 'lunch',
    });
  });

  test('the later word of a desk counts, and a new session’s before any of an older one', () => {
    const later = after(examples.ready, told(null, 7));
    expect(agentTransition(later, told('no_microphone', 6)).ok).toBe(false);
    expect(agentTransition(later, told('no_microphone', 7)).ok).toBe(false);
    expect(agentState(after(later, told('no_microphone', 1, 't'))).state).toBe('not_ready');
  });

  test('signs in with the wrap-ups that are owed from before', () => {
    const back = after(examples.offline, { kind: 'signed_in', wrapUps: ['a', 'b', 'a'] });
    expect(agentState(back)).toMatchObject({ state: 'wrap_up', callKeys: ['a', 'b'] });
  });

  test.each(['withdrawn', 'refused'] as const)('whose offer was %s keeps the wish', (how) => {
    const next = agentTransition(examples.reserved, { kind: 'offer_ended', callKey: 'a', how });
    expect(next.ok && agentState(next.value)).toEqual({ state: 'ready' });
  });

  test('is left in the queues by a miss that is not enough, and taken out by one that nobody could hear', () => {
    const ended = { kind: 'offer_ended', callKey: 'a' } as const;
    expect(agentState(after(examples.reserved, { ...ended, how: 'missed', stays: true }))).toEqual({
      state: 'ready',
    });
    expect(agentState(after(examples.reserved, { ...ended, how: 'unreached' }))).toEqual({
      state: 'not_ready',
      reason: 'unreachable',
    });
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
      fc.constantFrom<AgentEvent[]>(
        events.signed_in,
        events.signed_out,
        events.wished,
        events.app_gone,
        events.app_back,
        told('no_microphone', 1),
        told(null, 2),
        forced('ready'),
        forced('not_ready'),
        forced('offline'),
      ),
      fc.record({
        kind: fc.constantFrom('offered' as const, 'dialed' as const, 'answered' as const),
        callKey: key,
      }),
      fc.record({
        kind: fc.constant('offer_ended' as const),
        callKey: key,
        how: fc.constantFrom<OfferEnd[]>(
          ...(['missed', 'unreached', 'rejected', 'failed', 'refused', 'withdrawn'] as const),
        ),
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
          const isHindered = (now.readiness?.hindrance ?? null) !== null;
          if (isHindered) expect(agentState(now).state).not.toBe('ready');
          const live = [...now.offers, ...now.calls];
          expect(new Set(live).size).toBe(live.length);
          expect(new Set(now.wrapUps).size).toBe(now.wrapUps.length);
        }
      }),
    );
  });
});
