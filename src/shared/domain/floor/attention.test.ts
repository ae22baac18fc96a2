import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareAttention,
  risksOf,
  type FloorAgent,
  type FloorCall,
  type FloorLimits,
  type Ranked,
} from './attention.ts';

const minute = 60_000;
const now = 1_000 * minute;

const limits: FloorLimits = {
  targetHandleMs: (queue) => (queue === 'support' ? 4 * minute : null),
  maximumReasonMs: (reason) => (reason === 'break' ? 15 * minute : null),
};

const call = (part: Partial<FloorCall> = {}): FloorCall => ({
  stage: 'talking',
  queue: 'support',
  since: now - minute,
  onHoldSince: null,
  ...part,
});

const agent = (part: Partial<FloorAgent> = {}): FloorAgent => ({
  name: 'Ana',
  state: { state: 'ready' },
  since: now - minute,
  calls: [],
  quality: null,
  hand: null,
  ...part,
});

const told = (part: Partial<FloorAgent>): readonly string[] =>
  risksOf(agent(part), limits, now).map(({ kind, level }) => `${kind} ${level}`);

describe('what wants attention', () => {
  test.each<readonly [what: string, part: Partial<FloorAgent>, risks: readonly string[]]>([
    ['nothing of who is ready', {}, []],
    ['nothing of a call within its target', { calls: [call()] }, []],
    [
      'a call half as long again as its target',
      { calls: [call({ since: now - 6 * minute })] },
      ['long_call 2'],
    ],
    [
      'one of two and a half times',
      { calls: [call({ since: now - 10 * minute })] },
      ['long_call 3'],
    ],
    ['no call without a target', { calls: [call({ queue: null, since: 0 })] }, []],
    [
      'a hold from two minutes on',
      { calls: [call({ onHoldSince: now - 2 * minute })] },
      ['long_hold 2'],
    ],
    [
      'a hold of five minutes',
      { calls: [call({ onHoldSince: now - 5 * minute })] },
      ['long_hold 3'],
    ],
    [
      'a wrap-up from three minutes on',
      { calls: [call({ stage: 'wrap_up', since: now - 3 * minute })] },
      ['long_wrap_up 2'],
    ],
    ['no call that rings', { calls: [call({ stage: 'ringing', since: 0 })] }, []],
    ['a bad line in a call', { quality: 'bad', calls: [call()] }, ['bad_line 2']],
    ['no line of nobody', { quality: 'bad' }, []],
    ['no line that is fair', { quality: 'fair', calls: [call()] }, []],
    [
      'a break over its maximum',
      { state: { state: 'not_ready', reason: 'break' }, since: now - 15 * minute },
      ['reason_over 2'],
    ],
    [
      'one far over it',
      { state: { state: 'not_ready', reason: 'break' }, since: now - 25 * minute },
      ['reason_over 3'],
    ],
    [
      'no reason without a maximum',
      { state: { state: 'not_ready', reason: 'meeting' }, since: 0 },
      [],
    ],
    ['a raised hand', { hand: { raisedAt: now, taken: false } }, ['help 3']],
    ['less so one that somebody took', { hand: { raisedAt: now, taken: true } }, ['help 1']],
  ])('%s', (_what, part, risks) => {
    expect(told(part)).toEqual(risks);
  });

  test('is told with the worst first, and of equals with the one that lasts longest', () => {
    expect(
      told({
        quality: 'bad',
        calls: [call({ since: now - 7 * minute, onHoldSince: now - 6 * minute })],
      }),
    ).toEqual(['long_hold 3', 'long_call 2', 'bad_line 2']);
  });
});

describe('the order', () => {
  const ranked = (part: Partial<FloorAgent>): Ranked => {
    const one = agent(part);
    return { agent: one, risks: risksOf(one, limits, now) };
  };

  test('begins with help, then risks, then who is in a call; who is away comes last', () => {
    const floor = [
      ranked({ name: 'offline', state: { state: 'offline' } }),
      ranked({ name: 'ready' }),
      ranked({ name: 'talks', state: { state: 'engaged' }, calls: [call()] }),
      ranked({
        name: 'holds',
        state: { state: 'engaged' },
        calls: [call({ onHoldSince: now - 3 * minute })],
      }),
      ranked({
        name: 'asks',
        state: { state: 'engaged' },
        hand: { raisedAt: now - 5, taken: false },
      }),
    ];
    expect(floor.toSorted(compareAttention).map((each) => each.agent.name)).toEqual([
      ...['asks', 'holds', 'talks', 'ready', 'offline'],
    ]);
  });

  test('is the same from whichever order it begins', () => {
    const anyAgent = fc.record({
      name: fc.string({ maxLength: 3 }),
      state: fc.constantFrom<FloorAgent['state'][]>(
        ...([
          { state: 'ready' },
          { state: 'engaged' },
          { state: 'not_ready', reason: 'break' },
        ] as const),
      ),
      since: fc.integer({ min: now - 60 * minute, max: now }),
      hand: fc.option(
        fc.record({ raisedAt: fc.integer({ min: 0, max: now }), taken: fc.boolean() }),
      ),
    });
    fc.assert(
      fc.property(fc.array(anyAgent, { maxLength: 12 }), (parts) => {
        const floor = parts.map(ranked);
        const forwards = floor.toSorted(compareAttention);
        const backwards = floor.toReversed().toSorted(compareAttention);
        forwards.forEach((each, index) => {
          expect(compareAttention(each, backwards[index] ?? each)).toBe(0);
        });
      }),
    );
  });
});
