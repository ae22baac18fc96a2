import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  callTransition,
  consults,
  dialedCall,
  offeredCall,
  wasAnswered,
  type Call,
  type CallEvent,
  type CallEventKind,
  type CallRefusal,
  type CallState,
} from './call.ts';
import { allowedActions } from './allowed-actions.ts';

const stamp = (at: number) => ({ id: `fact-${at}`, at });
const remote = { number: '+34600000001', name: 'Lucía' };
const offered = offeredCall({
  callId: 'leg',
  callKey: 'key',
  remote,
  queue: 'support',
  stamp: stamp(0),
});
const dialing = dialedCall({ callId: 'leg', callKey: 'key', remote, stamp: stamp(0) });

const events: Record<CallEventKind, CallEvent> = {
  remote_alerting: { kind: 'remote_alerting', earlyMedia: false },
  answered: { kind: 'answered', stamp: stamp(1) },
  confirmed: { kind: 'confirmed' },
  held: { kind: 'held', by: 'local', stamp: stamp(2) },
  resumed: { kind: 'resumed', by: 'local', stamp: stamp(3) },
  mute_changed: { kind: 'mute_changed', muted: true },
  transfer_changed: { kind: 'transfer_changed', transfer: { state: 'asked', to: 'Sales' } },
  conference_changed: { kind: 'conference_changed', conference: true },
  consult_began: { kind: 'consult_began', stamp: stamp(4) },
  consult_ended: { kind: 'consult_ended', stamp: stamp(5) },
  remote_changed: { kind: 'remote_changed', remote: { number: '1002', name: 'Bruno' } },
  released: { kind: 'released' },
  ended: {
    kind: 'ended',
    stamp: stamp(6),
    end: { side: 'remote', outcome: 'completed', sipCode: null, cause: 16 },
  },
};

const after = (call: Call, ...kinds: readonly CallEventKind[]): Call =>
  kinds.reduce((state, kind) => {
    const next = callTransition(state, events[kind]);
    if (!next.ok) throw new Error(`${kind} refused in ${state.state}: ${next.why}`);
    return next.value;
  }, call);

const examples: Record<CallState, Call> = {
  offered,
  dialing,
  alerting: after(dialing, 'remote_alerting'),
  answering: after(offered, 'answered'),
  connected: after(offered, 'answered', 'confirmed'),
  ended: after(offered, 'ended'),
};

// A new state or event does not compile until its outcome is decided here.
const expected: Record<CallState, Record<CallEventKind, CallState | `refused: ${CallRefusal}`>> = {
  offered: {
    remote_alerting: 'refused: wrong_direction',
    answered: 'answering',
    confirmed: 'refused: not_answered',
    held: 'refused: not_answered',
    resumed: 'refused: not_answered',
    mute_changed: 'refused: not_answered',
    transfer_changed: 'refused: not_answered',
    conference_changed: 'refused: not_answered',
    consult_began: 'refused: not_answered',
    consult_ended: 'refused: not_answered',
    remote_changed: 'offered',
    released: 'refused: already',
    ended: 'ended',
  },
  dialing: {
    remote_alerting: 'alerting',
    answered: 'answering',
    confirmed: 'refused: not_answered',
    held: 'refused: not_answered',
    resumed: 'refused: not_answered',
    mute_changed: 'refused: not_answered',
    transfer_changed: 'refused: not_answered',
    conference_changed: 'refused: not_answered',
    consult_began: 'refused: not_answered',
    consult_ended: 'refused: not_answered',
    remote_changed: 'dialing',
    released: 'refused: already',
    ended: 'ended',
  },
  alerting: {
    remote_alerting: 'refused: already',
    answered: 'answering',
    confirmed: 'refused: not_answered',
    held: 'refused: not_answered',
    resumed: 'refused: not_answered',
    mute_changed: 'refused: not_answered',
    transfer_changed: 'refused: not_answered',
    conference_changed: 'refused: not_answered',
    consult_began: 'refused: not_answered',
    consult_ended: 'refused: not_answered',
    remote_changed: 'alerting',
    released: 'refused: already',
    ended: 'ended',
  },
  answering: {
    remote_alerting: 'refused: wrong_direction',
    answered: 'refused: already',
    confirmed: 'connected',
    held: 'refused: not_answered',
    resumed: 'refused: not_answered',
    mute_changed: 'refused: not_answered',
    transfer_changed: 'refused: not_answered',
    conference_changed: 'refused: not_answered',
    consult_began: 'refused: not_answered',
    consult_ended: 'refused: not_answered',
    remote_changed: 'answering',
    released: 'refused: already',
    ended: 'ended',
  },
  connected: {
    remote_alerting: 'refused: wrong_direction',
    answered: 'refused: already',
    confirmed: 'refused: already',
    held: 'connected',
    resumed: 'refused: already',
    mute_changed: 'connected',
    transfer_changed: 'connected',
    conference_changed: 'connected',
    consult_began: 'connected',
    consult_ended: 'refused: already',
    remote_changed: 'connected',
    released: 'refused: already',
    ended: 'ended',
  },
  ended: {
    remote_alerting: 'refused: ended',
    answered: 'refused: ended',
    confirmed: 'refused: ended',
    held: 'refused: ended',
    resumed: 'refused: ended',
    mute_changed: 'refused: ended',
    transfer_changed: 'refused: ended',
    conference_changed: 'refused: ended',
    consult_began: 'refused: ended',
    consult_ended: 'refused: ended',
    remote_changed: 'refused: ended',
    released: 'refused: already',
    ended: 'refused: ended',
  },
};

describe('a call', () => {
  for (const state of Object.keys(expected) as readonly CallState[]) {
    for (const kind of Object.keys(events) as readonly CallEventKind[]) {
      test(`that is ${state}, upon ${kind}: ${expected[state][kind]}`, () => {
        const next = callTransition(examples[state], events[kind]);
        expect(next.ok ? next.value.state : `refused: ${next.why}`).toBe(expected[state][kind]);
      });
    }
  }

  test('keeps the hold of each side apart', () => {
    const hold = (call: Call, kind: 'held' | 'resumed', by: 'local' | 'remote'): Call => {
      const next = callTransition(call, { kind, by, stamp: stamp(9) });
      if (!next.ok) throw new Error(next.why);
      return next.value;
    };
    const both = hold(hold(examples.connected, 'held', 'local'), 'held', 'remote');
    expect(both).toMatchObject({ hold: 'both' });
    expect(hold(both, 'resumed', 'local')).toMatchObject({ hold: 'remote' });
    expect(hold(both, 'resumed', 'remote')).toMatchObject({ hold: 'local' });
  });

  test('writes a fact for the own hold, and none for a hold by the far side', () => {
    const byRemote = callTransition(examples.connected, {
      kind: 'held',
      by: 'remote',
      stamp: stamp(9),
    });
    expect(byRemote.ok && byRemote.value.facts.map((fact) => fact.kind)).toEqual([
      'offered',
      'answered',
    ]);
    expect(after(examples.connected, 'held').facts.map((fact) => fact.kind)).toEqual([
      'offered',
      'answered',
      'held',
    ]);
  });

  test('early media after ringing is news, ringing after early media is not', () => {
    const early = callTransition(examples.alerting, { kind: 'remote_alerting', earlyMedia: true });
    expect(early).toMatchObject({ ok: true, value: { state: 'alerting', earlyMedia: true } });
    expect(early.ok && callTransition(early.value, events.remote_alerting)).toEqual({
      ok: false,
      why: 'already',
    });
  });

  test('a hang-up that waits for the line is released once, and stays ended', () => {
    const waiting = callTransition(examples.connected, {
      kind: 'ended',
      stamp: stamp(9),
      end: { side: 'local', outcome: 'completed', sipCode: null, cause: null },
      released: false,
    });
    if (!waiting.ok) throw new Error(waiting.why);
    expect(waiting.value).toMatchObject({ state: 'ended', released: false });
    const told = callTransition(waiting.value, { kind: 'released' });
    expect(told).toMatchObject({ ok: true, value: { state: 'ended', released: true } });
  });

  test("a consult is begun and ended in turns, each a fact of the customer's leg", () => {
    const asking = after(examples.connected, 'held', 'consult_began');
    expect(consults(asking)).toBe(true);
    expect(callTransition(asking, events.consult_began)).toEqual({ ok: false, why: 'already' });
    const done = after(asking, 'consult_ended');
    expect(consults(done)).toBe(false);
    expect(done.facts.slice(-3).map(({ kind }) => kind)).toEqual([
      'held',
      'consult_began',
      'consult_ended',
    ]);
  });

  test('any sequence of events: ended stays ended, facts are only appended, actions fit the state', () => {
    const anyEvent = fc.constantFrom(...Object.values(events));
    fc.assert(
      fc.property(fc.boolean(), fc.array(anyEvent, { maxLength: 30 }), (inbound, sequence) => {
        let call = inbound ? offered : dialing;
        for (const event of sequence) {
          const next = callTransition(call, event);
          if (!next.ok) continue;
          if (event.kind !== 'released') expect(call.state).not.toBe('ended');
          expect(next.value.facts.slice(0, call.facts.length)).toEqual(call.facts);
          call = next.value;
        }
        expect(allowedActions(call).includes('end')).toBe(
          call.state !== 'ended' && call.state !== 'offered',
        );
        expect(wasAnswered(call)).toBe(call.facts.some((fact) => fact.kind === 'answered'));
      }),
    );
  });
});
