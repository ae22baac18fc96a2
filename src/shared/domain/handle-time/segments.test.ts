import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { LedgerFact } from './fact.ts';
import { asksForWrapUp, handleTimeOf, inOrder, segmentsOf } from './segments.ts';

let serial = 0;
const base = (at: number) => {
  serial += 1;
  return { id: `fact-${String(serial).padStart(6, '0')}`, callId: 'leg', callKey: 'key', at };
};
const offered = (at: number): LedgerFact => ({
  kind: 'offered',
  ...base(at),
  queue: 'support',
  remoteNumber: '+5511999990000',
  remoteName: '',
});
const step = (
  kind: 'answered' | 'held' | 'resumed' | 'consult_began' | 'consult_ended',
  at: number,
): LedgerFact => ({
  kind,
  ...base(at),
});
const ended = (at: number): LedgerFact => ({
  kind: 'ended',
  ...base(at),
  side: 'remote',
  outcome: 'completed',
  sipCode: null,
  cause: 16,
});
const wrappedUp = (at: number): LedgerFact => ({
  kind: 'wrap_up_completed',
  ...base(at),
  code: 'solved',
  notes: '',
});

const wholeCall = [
  offered(1_000),
  step('answered', 4_000),
  step('held', 10_000),
  step('resumed', 15_000),
  step('held', 20_000),
  step('resumed', 21_000),
  ended(30_000),
  wrappedUp(42_500),
];

describe('the ledger of a leg', () => {
  test('splits a call into ring, talk, each hold and wrap-up', () => {
    expect(segmentsOf(wholeCall)).toEqual([
      { kind: 'ring', startedAt: 1_000, endedAt: 4_000 },
      { kind: 'talk', startedAt: 4_000, endedAt: 10_000 },
      { kind: 'hold', startedAt: 10_000, endedAt: 15_000 },
      { kind: 'talk', startedAt: 15_000, endedAt: 20_000 },
      { kind: 'hold', startedAt: 20_000, endedAt: 21_000 },
      { kind: 'talk', startedAt: 21_000, endedAt: 30_000 },
      { kind: 'wrap_up', startedAt: 30_000, endedAt: 42_500 },
    ]);
  });

  test('counts talk, hold and wrap-up as handle time, and ringing not', () => {
    expect(handleTimeOf(segmentsOf(wholeCall), 99_999)).toEqual({
      ringMs: 3_000,
      dialMs: 0,
      talkMs: 20_000,
      consultMs: 0,
      holdMs: 6_000,
      wrapUpMs: 12_500,
      handleMs: 38_500,
    });
  });

  test('tells time with a colleague apart from hold, and counts it', () => {
    const facts = [
      step('answered', 0),
      step('held', 10_000),
      step('consult_began', 12_000),
      step('consult_ended', 30_000),
      step('resumed', 33_000),
      step('consult_began', 40_000),
      step('held', 41_000),
      step('resumed', 45_000),
      ended(50_000),
      wrappedUp(51_000),
    ];
    const segments = segmentsOf(facts);
    expect(segments.map(({ kind, startedAt }) => [kind, startedAt])).toEqual([
      ['talk', 0],
      ['hold', 10_000],
      ['consult', 12_000],
      ['hold', 30_000],
      ['talk', 33_000],
      ['consult', 41_000],
      ['talk', 45_000],
      ['wrap_up', 50_000],
    ]);
    expect(handleTimeOf(segments, 0)).toMatchObject({
      talkMs: 23_000,
      consultMs: 22_000,
      holdMs: 5_000,
      wrapUpMs: 1_000,
      handleMs: 51_000,
    });
  });

  test("a leg to a colleague counts nothing and owes no wrap-up: the customer's leg tells of it", () => {
    const dialed: LedgerFact = {
      kind: 'dialed',
      ...base(0),
      remoteNumber: '1002',
      consultFor: 'customer-leg',
    };
    const segments = segmentsOf([dialed, step('answered', 4_000), ended(20_000)]);
    expect(segments).toEqual([{ kind: 'dial', startedAt: 0, endedAt: 4_000 }]);
    expect(handleTimeOf(segments, 99_000).handleMs).toBe(0);
  });

  test('listening to the own mailbox is talk, and owes no wrap-up', () => {
    const bare = { kind: 'dialed', ...base(0), remoteNumber: '*97' } as const;
    const dialed: LedgerFact = { ...bare, mailbox: true };
    const answered = step('answered', 1_000);
    expect(segmentsOf([dialed, answered, ended(20_000)])).toEqual([
      { kind: 'dial', startedAt: 0, endedAt: 1_000 },
      { kind: 'talk', startedAt: 1_000, endedAt: 20_000 },
    ]);
    expect(asksForWrapUp([dialed, answered])).toBe(false);
    // The same number without the phone's word is a call like any other.
    expect(asksForWrapUp([bare, answered])).toBe(true);
  });

  test('a call that nobody answered has no handle time and owes no wrap-up', () => {
    const segments = segmentsOf([offered(1_000), ended(21_000)]);
    expect(segments).toEqual([{ kind: 'ring', startedAt: 1_000, endedAt: 21_000 }]);
    expect(handleTimeOf(segments, 50_000).handleMs).toBe(0);
  });

  test('a running segment counts up to now', () => {
    expect(handleTimeOf(segmentsOf([offered(0), step('answered', 500)]), 2_500).talkMs).toBe(2_000);
  });

  test('a fact that makes no sense where it stands changes nothing', () => {
    expect(segmentsOf([offered(0), step('held', 1), step('resumed', 2)])).toEqual([
      { kind: 'ring', startedAt: 0, endedAt: null },
    ]);
    expect(segmentsOf([offered(0), ended(5), step('answered', 6)])).toEqual([
      { kind: 'ring', startedAt: 0, endedAt: 5 },
    ]);
  });

  const anyFact = fc.tuple(fc.nat(6), fc.nat(50)).map(([kind, at]): LedgerFact => {
    switch (kind) {
      case 0:
        return offered(at);
      case 1:
        return { kind: 'dialed', ...base(at), remoteNumber: '1002' };
      case 2:
        return step('answered', at);
      case 3:
        return step('held', at);
      case 4:
        return step('resumed', at);
      case 5:
        return ended(at);
      default:
        return wrappedUp(at);
    }
  });

  test('any facts in any order, any of them repeated, give the same tiling segments', () => {
    fc.assert(
      fc.property(
        fc.array(anyFact, { maxLength: 25 }),
        fc.infiniteStream(fc.nat()),
        (facts, dice) => {
          const segments = segmentsOf(facts);
          segments.forEach((segment, index) => {
            const next = segments[index + 1];
            expect(segment.endedAt === null).toBe(segment.endedAt === null && next === undefined);
            if (segment.endedAt === null) return;
            expect(segment.endedAt).toBeGreaterThanOrEqual(segment.startedAt);
            if (next !== undefined) expect(next.startedAt).toBe(segment.endedAt);
          });
          const shuffled = [...facts, ...facts.slice(0, 5)]
            .map((fact) => ({ fact, key: Number(dice.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ fact }) => fact);
          expect(segmentsOf(shuffled)).toEqual(segments);
          expect(inOrder(shuffled)).toEqual(inOrder(facts));
          const now = 100;
          const sums = handleTimeOf(segments, now);
          const first = segments[0];
          const last = segments.at(-1);
          const span = first && last ? (last.endedAt ?? now) - first.startedAt : 0;
          expect(sums.ringMs + sums.dialMs + sums.handleMs).toBe(span);
        },
      ),
    );
  });
});
