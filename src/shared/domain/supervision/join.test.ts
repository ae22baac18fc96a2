import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agentSeesAfterwards,
  agentSeesNow,
  agentSeesWords,
  heardBy,
  joinEnds,
  joinTransition,
  mayOpenMicrophone,
  newJoin,
  supervisionModes,
  supervisionRuleFor,
  type Join,
  type JoinEvent,
} from './join.ts';

const anna = 'anna';
const bob = 'bob';
const after = (...events: readonly JoinEvent[]): Join =>
  events.reduce(joinTransition, newJoin(anna, 'listen'));

const modes = fc.constantFrom(...supervisionModes);
const events: fc.Arbitrary<JoinEvent> = fc.oneof(
  modes.map((mode) => ({ kind: 'joined' as const, mode })),
  modes.map((mode) => ({ kind: 'mode_asked' as const, mode })),
  modes.map((mode) => ({ kind: 'mode_confirmed' as const, mode })),
  fc.constantFrom<JoinEvent>({ kind: 'mode_refused' }, { kind: 'agent_left' }),
  fc.constantFrom(anna, bob).map((agentId) => ({ kind: 'moved' as const, agentId })),
  fc.constantFrom(...joinEnds).map((why) => ({ kind: 'ended' as const, why })),
);

describe('a join', () => {
  test('is asked for, heard, and left', () => {
    expect(newJoin(anna, 'listen')).toMatchObject({ state: 'asked', mode: 'listen', wanted: null });
    expect(after({ kind: 'joined', mode: 'listen' })).toMatchObject({ state: 'running' });
    expect(after({ kind: 'joined', mode: 'listen' }, { kind: 'ended', why: 'left' })).toMatchObject(
      { state: 'ended', why: 'left' },
    );
  });

  test('has the mode that the PBX confirmed, and not the one that was asked for', () => {
    const asked = after({ kind: 'joined', mode: 'listen' }, { kind: 'mode_asked', mode: 'barge' });
    expect(asked).toMatchObject({ mode: 'listen', wanted: 'barge' });
    expect(joinTransition(asked, { kind: 'mode_confirmed', mode: 'barge' })).toMatchObject({
      mode: 'barge',
      wanted: null,
    });
    expect(joinTransition(asked, { kind: 'mode_refused' })).toMatchObject({
      mode: 'listen',
      wanted: null,
    });
  });

  test('goes with the customer to the next agent, and listens there', () => {
    const moved = after(
      { kind: 'joined', mode: 'barge' },
      { kind: 'agent_left' },
      { kind: 'moved', agentId: bob },
    );
    expect(moved).toMatchObject({ state: 'asked', mode: 'listen', agentId: bob });
  });

  test('that is over stays so, whatever is told late', () => {
    fc.assert(
      fc.property(fc.array(events), (late) => {
        const over = after({ kind: 'ended', why: 'call_over' });
        expect(late.reduce(joinTransition, over)).toEqual(over);
      }),
    );
  });
});

describe('the microphone', () => {
  test('is closed in every join until a mode that somebody hears is confirmed', () => {
    fc.assert(
      fc.property(fc.array(events), (told) => {
        const join = told.reduce(joinTransition, newJoin(anna, 'listen'));
        if (mayOpenMicrophone(join)) {
          expect(join.state).toBe('running');
          expect(join.mode).not.toBe('listen');
        }
      }),
    );
  });

  test('is closed at once when fewer are to hear, and waits when more are', () => {
    const barging = after({ kind: 'joined', mode: 'barge' });
    expect(mayOpenMicrophone(barging)).toBe(true);
    expect(
      mayOpenMicrophone(joinTransition(barging, { kind: 'mode_asked', mode: 'whisper' })),
    ).toBe(false);
    const whispering = after({ kind: 'joined', mode: 'whisper' });
    expect(
      mayOpenMicrophone(joinTransition(whispering, { kind: 'mode_asked', mode: 'barge' })),
    ).toBe(true);
    expect(heardBy.whisper).toBeLessThan(heardBy.barge);
  });

  test('is closed as soon as the agent is gone', () => {
    expect(
      mayOpenMicrophone(after({ kind: 'joined', mode: 'barge' }, { kind: 'agent_left' })),
    ).toBe(false);
  });
});

describe('the agent', () => {
  test('is told who speaks, whatever policy says', () => {
    for (const agentSees of agentSeesWords) {
      for (const covert of [true, false]) {
        expect(agentSeesNow({ agentSees, covert, mode: 'whisper' })).toBe(true);
        expect(agentSeesAfterwards({ agentSees, covert, spoke: true })).toBe(true);
      }
    }
  });

  test.each([
    ['always', false, true, true],
    ['always', true, false, false],
    ['afterwards', false, false, true],
    ['afterwards', true, false, false],
    ['never', false, false, false],
  ] as const)(
    'is told of listening as policy says (%s, covert: %s)',
    (agentSees, covert, now, afterwards) => {
      expect(agentSeesNow({ agentSees, covert, mode: 'listen' })).toBe(now);
      expect(agentSeesAfterwards({ agentSees, covert, spoke: false })).toBe(afterwards);
    },
  );
});

test('the rule is that of the part of a country, else of the country, else the strictest', () => {
  const rules = [
    { place: 'US', agentSees: 'afterwards', covert: true, source: 'a law', date: '2026-11-22' },
    { place: 'US-CT', agentSees: 'always', covert: false, source: 'another', date: '2026-11-22' },
  ] as const;
  expect(supervisionRuleFor(rules, 'US-CT')).toMatchObject({ agentSees: 'always', covert: false });
  expect(supervisionRuleFor(rules, 'US-TX')).toMatchObject({ agentSees: 'afterwards' });
  expect(supervisionRuleFor(rules, 'US')).toMatchObject({ agentSees: 'always', covert: false });
  expect(supervisionRuleFor(rules, 'ZZ')).toEqual({ agentSees: 'always', covert: false });
  expect(supervisionRuleFor(rules, null)).toEqual({ agentSees: 'always', covert: false });
});
