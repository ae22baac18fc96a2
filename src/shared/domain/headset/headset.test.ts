import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectionsOf } from '../../../../tests/support/headset/collections-of.ts';
import type { Button, HeadsetModel } from '../../../../tests/support/headset/headset-model.ts';
import { epos, generic, jabra, poly, yealink } from '../../../../tests/support/headset/models.ts';
import {
  simulateHeadset,
  type HeadsetManner,
} from '../../../../tests/support/headset/simulated-headset.ts';
import { callTransition, offeredCall, type Call, type CallEvent } from '../call/call.ts';
import { headsetMapOf } from './headset-map.ts';
import { headsetStep, newHeadset, type HeadsetEvent, type HeadsetState } from './headset.ts';
import { litBy, type OutputReport } from './lights.ts';
import { quirksOf } from './quirks.ts';
import { commandOf, isOfJoin, wishOf, type HeadsetAction, type MeantCommand } from './wish.ts';

const manners: Readonly<Record<string, readonly [HeadsetModel, HeadsetManner]>> = {
  Jabra: [jabra, { echoes: true, mute: 'pulse', holdsOnHook: false, saysAgainMs: 2_000 }],
  Poly: [poly, { echoes: true, mute: 'pulse', holdsOnHook: true }],
  'EPOS with a mute that stays': [epos, { echoes: true, mute: 'latch', holdsOnHook: false }],
  'EPOS with a mute that springs': [epos, { echoes: true, mute: 'pulse', holdsOnHook: false }],
  Yealink: [yealink, { echoes: true, mute: 'pulse', holdsOnHook: false }],
  'one that tells nothing of our writes': [
    generic,
    { echoes: false, mute: 'pulse', holdsOnHook: false },
  ],
  'a Jabra that takes its time': [
    jabra,
    { echoes: true, mute: 'pulse', holdsOnHook: false, saysAgainMs: 2_000, takesMs: 700 },
  ],
  'an EPOS with a mute that stays, and that takes its time': [
    epos,
    { echoes: true, mute: 'latch', holdsOnHook: false, takesMs: 700 },
  ],
};

/** Longer than any echo, than the second write, and than the late hook of any maker. */
const restMs = 4_000;

/** A headset at a desk: agent, far side and device act, time passes, and what is pressed is obeyed. */
const desk = (model: HeadsetModel, manner: HeadsetManner) => {
  const quirks = quirksOf(model.vendorId);
  const map = headsetMapOf(collectionsOf(model.descriptor), quirks);
  if (map === null) throw new Error('no headset');
  let headset = simulateHeadset(model, manner);
  let state: HeadsetState = newHeadset;
  let isPlugged = true;
  let calls: readonly Call[] = [];
  let now = 10_000;
  let ids = 0;
  const actions: HeadsetAction[] = [];
  let waiting: { readonly report: OutputReport; readonly at: number }[] = [];

  const stamp = () => ({ id: String((ids += 1)), at: now });
  const follow = (): void => step({ kind: 'wish', wish: wishOf(calls) });
  const change = (callId: string, event: CallEvent): void => {
    calls = calls.map((call) => {
      if (call.callId !== callId) return call;
      const next = callTransition(call, event);
      return next.ok ? next.value : call;
    });
  };
  const isTalked = (call: Call) => call.state === 'connected' && call.hold === 'none';
  const holdOthers = (callId: string): void => {
    for (const other of calls.filter(isTalked)) {
      if (other.callId === callId) continue;
      change(other.callId, { kind: 'held', by: 'local', stamp: stamp() });
    }
  };
  const end = (callId: string, side: 'local' | 'remote'): void =>
    change(callId, {
      kind: 'ended',
      end: { side, outcome: 'completed', sipCode: 200, cause: null },
      stamp: stamp(),
    });

  /** As the phone does it. */
  const obey = (command: MeantCommand): void => {
    const { callId } = command;
    switch (command.kind) {
      case 'answer':
        holdOthers(callId);
        change(callId, { kind: 'answered', stamp: stamp() });
        change(callId, { kind: 'confirmed' });
        break;
      case 'reject':
      case 'end':
        end(callId, 'local');
        break;
      case 'mute':
      case 'unmute':
        change(callId, { kind: 'mute_changed', muted: command.kind === 'mute' });
        break;
      case 'hold':
        change(callId, { kind: 'held', by: 'local', stamp: stamp() });
        break;
      case 'resume':
        holdOthers(callId);
        change(callId, { kind: 'resumed', by: 'local', stamp: stamp() });
        break;
    }
    calls = calls.filter((call) => call.state !== 'ended');
    follow();
  };

  const meet = (action: Exclude<HeadsetAction, 'redial'>): void => {
    const command = commandOf(action, calls);
    if (command !== null && !isOfJoin(command)) obey(command);
  };

  const step = (event: HeadsetEvent): void => {
    if (!isPlugged) {
      if (event.kind === 'wish') state = { ...state, wish: event.wish };
      return;
    }
    const next = headsetStep({ map, quirks }, state, event, now);
    state = next.state;
    for (const report of next.reports) {
      const before = Math.max(now, waiting.at(-1)?.at ?? 0);
      waiting.push({ report, at: before + (manner.takesMs ?? 0) });
    }
    takeDue();
    for (const action of next.actions) {
      actions.push(action);
      if (action !== 'redial') meet(action);
      step({ kind: 'settled' });
    }
  };

  /** One after the other, as the system sends them. */
  const takeDue = (): void => {
    while ((waiting[0]?.at ?? Infinity) <= now) {
      const due = waiting.shift();
      if (due === undefined) return;
      headset.write(due.report, now);
      step({ kind: 'taken' });
    }
  };

  const wait = (ms: number): void => {
    const until = now + ms;
    while (now < until) {
      now = Math.min(now + 5, until);
      takeDue();
      if (isPlugged) {
        for (const { reportId, bytes } of headset.toldUntil(now)) {
          step({ kind: 'report', reportId, bytes });
        }
      }
      step({ kind: 'time' });
    }
  };
  const untilWritten = (): void => {
    while (waiting.length > 0) wait(5);
  };
  step({ kind: 'opened', reset: true });

  return {
    ring: (callId = `call-${(ids += 1)}`) => {
      calls = [
        ...calls,
        offeredCall({
          ...{ callId, callKey: callId, queue: null, remote: { number: '1', name: '' } },
          stamp: stamp(),
        }),
      ];
      follow();
    },
    /** The agent by another way than this headset, on whatever call that means. */
    agent: (action: Exclude<HeadsetAction, 'redial'>) => meet(action),
    hangUpFarSide: () => {
      const call = calls.at(-1);
      if (call !== undefined) end(call.callId, 'remote');
      calls = calls.filter(({ state: is }) => is !== 'ended');
      follow();
    },
    press: (button: Button) => {
      if (isPlugged) headset.press(button, now);
      wait(5);
    },
    replug: (plug: boolean) => {
      if (plug === isPlugged) return;
      isPlugged = plug;
      waiting = [];
      if (!plug) return;
      headset = simulateHeadset(model, manner);
      state = { ...newHeadset, wish: wishOf(calls) };
      step({ kind: 'opened', reset: false });
    },
    wait,
    untilWritten,
    rest: () => {
      untilWritten();
      wait(restMs);
    },
    taken: () => actions.splice(0),
    calls: () => calls,
    isHookUp: () => headset.isHookUp(),
    isPlugged: () => isPlugged,
    /** What the device shows, against what the calls want. */
    lights: () => {
      const lit = litBy(wishOf(calls), quirks);
      const { off_hook: offHook, ...others } = lit;
      const wanted = Object.entries({ offHook, ...others }).filter(([light]) =>
        Object.hasOwn(model.lights, light),
      );
      return { shown: Object.fromEntries(headset.lights()), wanted: Object.fromEntries(wanted) };
    },
  };
};

const has = (model: HeadsetModel, button: Button): boolean => Object.hasOwn(model.buttons, button);

describe.each(Object.entries(manners))('%s', (_name, [model, manner]) => {
  const begin = () => desk(model, manner);

  test('the hook answers what rings and ends what is talked', () => {
    const at = begin();
    at.ring();
    at.rest();
    at.press('hook');
    expect(at.taken()).toEqual(['answer']);
    at.untilWritten();
    expect(at.lights().shown).toMatchObject({ offHook: true, ring: false });
    at.rest();
    at.press('hook');
    at.rest();
    expect(at.taken()).toEqual(['end']);
    expect(Object.values(at.lights().shown)).not.toContain(true);
  });

  test('a call that was answered elsewhere is ended by the first press', () => {
    const at = begin();
    at.ring();
    at.agent('answer');
    at.rest();
    at.press('hook');
    expect(at.taken()).toEqual(['end']);
    expect(at.calls()).toEqual([]);
  });

  test('nothing that the headset says of our own writes is obeyed', () => {
    const at = begin();
    at.ring();
    at.rest();
    at.agent('answer');
    at.wait(100);
    at.agent('mute');
    at.wait(100);
    at.agent('unmute');
    at.wait(100);
    at.hangUpFarSide();
    at.wait(30);
    at.ring();
    at.rest();
    expect(at.taken()).toEqual([]);
  });

  test('each press of mute changes what is sent, and the light follows', () => {
    const at = begin();
    at.ring();
    at.agent('answer');
    for (const muted of [true, false, true, false]) {
      at.rest();
      at.press('mute');
      expect(at.calls()).toMatchObject([{ state: 'connected', muted }]);
      at.rest();
      expect(at.calls()).toMatchObject([{ muted }]);
      expect(at.lights().shown['mute']).toBe(muted);
    }
  });

  test('mute and the agent at once: who was last wins, and the light says so', () => {
    const at = begin();
    at.ring();
    at.agent('answer');
    at.rest();
    at.agent('mute');
    at.rest();
    at.press('mute');
    at.agent('mute');
    at.rest();
    expect(at.calls()).toMatchObject([{ muted: true }]);
    expect(at.lights().shown['mute']).toBe(true);
  });

  test('a mute that is let go late is no second press', () => {
    if (manner.mute === 'latch') return;
    const at = begin();
    at.ring();
    at.agent('answer');
    at.rest();
    at.press('mute');
    at.rest();
    at.press('mute');
    at.rest();
    expect(at.taken()).toEqual(['toggle_mute', 'toggle_mute']);
  });

  test('presses without a call do nothing, and light nothing', () => {
    const at = begin();
    for (const button of ['hook', 'mute', 'hook'] as const) {
      at.press(button);
      at.rest();
    }
    expect(at.taken()).toEqual([]);
    expect(Object.values(at.lights().shown)).not.toContain(true);
  });

  test('drop rejects what rings', () => {
    if (!has(model, 'drop')) return;
    const at = begin();
    at.ring();
    at.rest();
    at.press('drop');
    expect(at.taken()).toEqual(['reject']);
    at.untilWritten();
    expect(at.lights().shown['ring']).toBe(false);
  });

  test('flash holds, resumes, and takes the call that waits', () => {
    if (!has(model, 'flash')) return;
    const at = begin();
    at.ring('first');
    at.agent('answer');
    at.rest();
    at.press('flash');
    at.rest();
    expect(at.calls()).toMatchObject([{ hold: 'local' }]);
    expect(at.lights().shown['hold']).toBe(true);
    at.press('flash');
    at.rest();
    expect(at.calls()).toMatchObject([{ hold: 'none' }]);
    at.ring('second');
    at.rest();
    at.press('flash');
    at.rest();
    expect(at.calls()).toMatchObject([{ hold: 'local' }, { hold: 'none' }]);
    at.press('flash');
    at.rest();
    expect(at.calls()).toMatchObject([{ hold: 'none' }, { hold: 'local' }]);
    expect(at.taken()).toEqual(['flash', 'flash', 'flash', 'flash']);
  });

  test('a headset that went on-hook with the hold takes the call up again', () => {
    const at = begin();
    at.ring();
    at.agent('answer');
    at.rest();
    at.agent('flash');
    at.rest();
    expect(at.calls()).toMatchObject([{ hold: 'local' }]);
    if (at.isHookUp()) return;
    at.press('hook');
    at.rest();
    expect(at.calls()).toMatchObject([{ hold: 'none' }]);
  });

  test('plugged in again during a call it shows the call and acts on it', () => {
    const at = begin();
    at.ring();
    at.agent('answer');
    at.agent('mute');
    at.rest();
    at.replug(false);
    at.rest();
    at.replug(true);
    at.untilWritten();
    expect(at.lights().shown).toMatchObject({ offHook: true, mute: true });
    at.rest();
    at.press('mute');
    expect(at.calls()).toMatchObject([{ muted: false }]);
    at.rest();
    at.press('hook');
    expect(at.calls()).toEqual([]);
  });

  test('whatever agent, customers and headset do, at rest the lights say what the calls are', () => {
    const deed = fc.oneof(
      fc.record({
        kind: fc.constant('press' as const),
        button: fc.constantFrom<Button>('hook', 'mute', 'flash', 'drop', 'redial'),
      }),
      fc.record({
        kind: fc.constant('agent' as const),
        action: fc.constantFrom(...(['answer', 'reject', 'end', 'toggle_mute', 'flash'] as const)),
      }),
      fc.record({ kind: fc.constantFrom('ring', 'far', 'plug', 'unplug', 'rest') }),
    );
    const between = fc.constantFrom(0, 5, 30, 150, 400, 700, 2_500);
    fc.assert(
      fc.property(fc.array(fc.tuple(deed, between), { maxLength: 25 }), (deeds) => {
        const at = begin();
        for (const [each, ms] of deeds) {
          if (each.kind === 'press') {
            if ('button' in each && has(model, each.button)) at.press(each.button);
          } else if (each.kind === 'agent') {
            if ('action' in each) at.agent(each.action);
          } else if (each.kind === 'ring') {
            if (at.calls().length < 2) at.ring();
          } else if (each.kind === 'far') at.hangUpFarSide();
          else if (each.kind === 'rest') at.rest();
          else at.replug(each.kind === 'plug');
          at.wait(ms);
        }
        at.replug(true);
        at.rest();
        const { shown, wanted } = at.lights();
        if (at.calls().length > 0) expect(shown).toEqual(wanted);
        else expect(Object.values(shown)).not.toContain(true);
        // What is sent may change by a press alone, and nobody pressed since.
        at.taken();
        at.rest();
        expect(at.taken()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
