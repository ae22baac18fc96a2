import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handTransition, mayWrite, type Hand, type HandEvent } from './hand.ts';

const raised: Hand = { state: 'raised' };
const taken: Hand = { state: 'taken', by: 'rosa', at: 5 };
const over: Hand = {
  state: 'over',
  why: 'answered',
  at: 9,
  by: 'ana',
  takenBy: 'rosa',
  takenAt: 5,
};
const hands: Readonly<Record<Hand['state'], Hand>> = { raised, taken, over };

const events = {
  take: { kind: 'take', by: 'rosa', from: null, at: 20 },
  takeOver: { kind: 'take', by: 'luis', from: 'rosa', at: 20 },
  takeLate: { kind: 'take', by: 'luis', from: null, at: 20 },
  release: { kind: 'release', by: 'rosa' },
  releaseOther: { kind: 'release', by: 'luis' },
  withdraw: { kind: 'lower', by: 'ana', isAgent: true, at: 20 },
  answer: { kind: 'lower', by: 'luis', isAgent: false, at: 20 },
  callOver: { kind: 'call_over', at: 20 },
  signedOut: { kind: 'signed_out', at: 20 },
} as const satisfies Record<string, HandEvent>;

const byLuis = { state: 'taken', by: 'luis', at: 20 } as const;
const byRosa = { state: 'taken', by: 'rosa', at: 20 } as const;
const untaken = { takenBy: null, takenAt: null };
const ofRosa = { takenBy: 'rosa', takenAt: 5 };

/** What comes of each event in each state: a hand, or why not. */
const table: Readonly<
  Record<Hand['state'], Readonly<Record<keyof typeof events, Partial<Hand> | string>>>
> = {
  raised: {
    take: byRosa,
    takeOver: 'taken_by_other',
    takeLate: byLuis,
    release: 'not_taken',
    releaseOther: 'not_taken',
    withdraw: { why: 'withdrawn', by: 'ana', ...untaken },
    answer: { why: 'answered', by: 'luis', ...untaken },
    callOver: { why: 'call_over', by: null, ...untaken },
    signedOut: { why: 'signed_out', by: null, ...untaken },
  },
  taken: {
    take: taken,
    takeOver: byLuis,
    takeLate: 'taken_by_other',
    release: raised,
    releaseOther: 'taken_by_other',
    withdraw: { why: 'answered', by: 'ana', ...ofRosa },
    answer: { why: 'answered', by: 'luis', ...ofRosa },
    callOver: { why: 'call_over', by: null, ...ofRosa },
    signedOut: { why: 'signed_out', by: null, ...ofRosa },
  },
  over: {
    take: 'over',
    takeOver: 'over',
    takeLate: 'over',
    release: 'over',
    releaseOther: 'over',
    withdraw: 'over',
    answer: 'over',
    callOver: 'over',
    signedOut: 'over',
  },
};

test('what comes of each event in each state is as the table says', () => {
  for (const state of ['raised', 'taken', 'over'] as const) {
    for (const [name, event] of Object.entries(events) as [keyof typeof events, HandEvent][]) {
      const next = handTransition(hands[state], event);
      const expected = table[state][name];
      const place = `${state} ${name}`;
      if (typeof expected === 'string') expect(next, place).toEqual({ ok: false, why: expected });
      else expect(next, place).toMatchObject({ ok: true, hand: expected });
    }
  }
});

test('of several who take a hand that they see free, exactly one has it, and it is never lost', () => {
  const people = fc.constantFrom('rosa', 'luis', 'ida');
  fc.assert(
    fc.property(fc.uniqueArray(people, { minLength: 1 }), (takers) => {
      let hand: Hand = raised;
      const had = takers.filter((by, at) => {
        const next = handTransition(hand, { kind: 'take', by, from: null, at });
        if (next.ok) hand = next.hand;
        return next.ok;
      });
      expect(had).toEqual([takers[0]]);
      expect(hand).toMatchObject({ state: 'taken', by: takers[0] });
    }),
  );
});

test('the agent and whoever has the hand write, and nobody once it is down', () => {
  expect(mayWrite(raised, 'ana', 'ana')).toBe(true);
  expect(mayWrite(raised, 'ana', 'rosa')).toBe(false);
  expect(mayWrite(taken, 'ana', 'rosa')).toBe(true);
  expect(mayWrite(taken, 'ana', 'luis')).toBe(false);
  expect(mayWrite(over, 'ana', 'ana')).toBe(false);
});
