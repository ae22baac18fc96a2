import { expect, test } from 'vitest';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import { incomingPolicy } from './incoming-policy.ts';

type AgentState = NonNullable<DeskSnapshot['agent']>['state'];

type Known = {
  readonly state?: AgentState;
  readonly doNotDisturb?: boolean;
  readonly wrapUp?: 'none' | 'chosen ahead' | 'owed';
  readonly duringCall?: 'ring' | 'busy';
  readonly duringWrapUp?: 'ring' | 'busy';
};

// Only what the policy reads.
const desk = (known: Known): DeskSnapshot =>
  ({
    session: {
      state: 'signed_in',
      queues: [
        { name: 'support', autoAnswer: true },
        { name: 'sales', autoAnswer: false },
      ],
    },
    agent: {
      state: known.state ?? { state: 'ready' },
      doNotDisturb: known.doNotDisturb ?? false,
    },
    wrapUps: (known.wrapUp ?? 'none') === 'none' ? [] : [{ ended: known.wrapUp === 'owed' }],
    settings: {
      incoming: {
        duringCall: known.duringCall ?? 'ring',
        duringWrapUp: known.duringWrapUp ?? 'ring',
      },
    },
  }) as unknown as DeskSnapshot;

test.each<[string, Known, 'ring' | 'refuse']>([
  ['nothing special', {}, 'ring'],
  ['do not disturb', { doNotDisturb: true }, 'refuse'],
  ['a wrap-up that may be interrupted', { wrapUp: 'owed' }, 'ring'],
  ['a wrap-up in peace', { wrapUp: 'owed', duringWrapUp: 'busy' }, 'refuse'],
  ['a code chosen ahead', { wrapUp: 'chosen ahead', duringWrapUp: 'busy' }, 'ring'],
  ['no wrap-up', { duringWrapUp: 'busy' }, 'ring'],
  ['busy in calls alone', { duringCall: 'busy' }, 'ring'],
])('%s lets direct calls %s', (_what, known, directCalls) => {
  expect(incomingPolicy(desk(known)).directCalls).toBe(directCalls);
});

test('the setting for calls during a call, and the queues that answer by themselves, are passed on', () => {
  expect(incomingPolicy(desk({ duringCall: 'busy' }))).toEqual({
    autoAnswerQueues: ['support'],
    directCalls: 'ring',
    duringCall: 'refuse',
  });
});

const ready = { kind: 'ready' } as const;
test.each<[AgentState, readonly string[]]>([
  [{ state: 'ready' }, ['support']],
  [{ state: 'reserved', callKey: 'k', next: ready }, ['support']],
  [{ state: 'reserved', callKey: 'k', next: { kind: 'not_ready', reason: 'lunch' } }, []],
  [{ state: 'not_ready', reason: 'lunch' }, []],
  [{ state: 'wrap_up', callKeys: ['k'], next: ready }, []],
  [{ state: 'engaged', callKeys: ['k'], next: ready }, []],
  [{ state: 'offline' }, []],
])('an agent who is %j has calls of %j answered by themselves', (state, queues) => {
  expect(incomingPolicy(desk({ state })).autoAnswerQueues).toEqual(queues);
});

test('with nobody signed in nothing is answered and nothing refused', () => {
  const nobody = { ...desk({}), session: { state: 'signing_in' as const }, agent: null };
  expect(incomingPolicy(nobody)).toEqual({
    autoAnswerQueues: [],
    directCalls: 'ring',
    duringCall: 'ring',
  });
});
