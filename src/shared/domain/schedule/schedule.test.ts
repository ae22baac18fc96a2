import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activityKinds, fittingReasons, type Occurrence } from './activity.ts';
import {
  adherenceOf,
  adherenceShare,
  excusedShare,
  offeredCause,
  usualGraceMs,
  type StateSpan,
} from './adherence.ts';
import { clipped, planOf } from './plan.ts';
import { isStillYesterday, shiftDay } from './shift-day.ts';
import { activityNear, planNow, remindersOf } from './upcoming.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = (hours: number, minutes = 0): number => hours * hour + minutes * minute;
const reasons = ['break', 'lunch', 'meeting', 'back_office'].map((code) => ({ code, fits: null }));

const occurrence = (
  kind: Occurrence['kind'],
  startsAt: number,
  endsAt: number,
  label = '',
): Occurrence => ({ kind, label, startsAt, endsAt });

const day: readonly Occurrence[] = [
  occurrence('work', at(9), at(17)),
  occurrence('break', at(11), at(11, 15), 'Coffee'),
  occurrence('meal', at(13), at(13, 30)),
];

const as = (
  state: StateSpan['state'],
  startsAt: number,
  endsAt: number,
  reason: string | null = null,
): StateSpan => ({ state, reason, startsAt, endsAt });

const judged = (states: readonly StateSpan[], excused: readonly StateSpan[] = []) =>
  adherenceOf({ plan: planOf(day), states, excused, reasons, graceMs: usualGraceMs });

test('breaks lie above work, and what is off takes away what is under it', () => {
  expect(planOf([...day, occurrence('off', at(15), at(24))])).toEqual([
    { kind: 'work', label: '', startsAt: at(9), endsAt: at(11) },
    { kind: 'break', label: 'Coffee', startsAt: at(11), endsAt: at(11, 15) },
    { kind: 'work', label: '', startsAt: at(11, 15), endsAt: at(13) },
    { kind: 'meal', label: '', startsAt: at(13), endsAt: at(13, 30) },
    { kind: 'work', label: '', startsAt: at(13, 30), endsAt: at(15) },
  ]);
});

test('a break outside of work is none, a meeting stands by itself', () => {
  expect(
    planOf([occurrence('break', at(8), at(9)), occurrence('meeting', at(8), at(9))]),
  ).toMatchObject([{ kind: 'meeting' }]);
  expect(planOf([occurrence('meal', at(8), at(9))])).toEqual([]);
});

test('a day as planned is adherent from end to end', () => {
  const { parts } = judged([
    as('ready', at(9), at(11)),
    as('not_ready', at(11), at(11, 15), 'break'),
    as('engaged', at(11, 15), at(13)),
    // Signed out over lunch.
    as('wrap_up', at(13, 30), at(17)),
  ]);
  expect(parts).toEqual({
    scheduledMs: 8 * hour,
    adherentMs: 8 * hour,
    graceMs: 0,
    excusedMs: 0,
    outMs: 0,
  });
});

test('the minutes around each edge are grace, and what goes beyond them is out', () => {
  const { parts, spans } = judged([
    // Two minutes late.
    as('ready', at(9, 2), at(11, 5)),
    as('not_ready', at(11, 5), at(11, 20), 'break'),
    as('ready', at(11, 20), at(13)),
    as('not_ready', at(13), at(13, 30), 'lunch'),
    as('ready', at(13, 30), at(16, 50)),
  ]);
  expect(parts).toMatchObject({ graceMs: (2 + 3 + 3 + 3) * minute, outMs: (2 + 2 + 7) * minute });
  expect(spans.filter(({ verdict }) => verdict === 'out')).toMatchObject([
    { kind: 'break', state: 'ready', startsAt: at(11, 3), endsAt: at(11, 5) },
    { kind: 'work', state: 'not_ready', startsAt: at(11, 18), endsAt: at(11, 20) },
    { kind: 'work', state: 'offline', startsAt: at(16, 50), endsAt: at(16, 57) },
  ]);
});

test('a reason that is not meant for what is planned is out', () => {
  const { spans } = adherenceOf({
    plan: planOf([occurrence('meeting', at(9), at(10))]),
    states: [
      as('not_ready', at(9), at(9, 30), 'back_office'),
      as('not_ready', at(9, 30), at(10), 'meeting'),
    ],
    excused: [],
    reasons,
    graceMs: 0,
  });
  expect(spans.map(({ verdict }) => verdict)).toEqual(['out', 'adherent']);
});

test('what was approved is told beside the figure as it is', () => {
  const states = [as('ready', at(9), at(15)), as('not_ready', at(15), at(16), 'phone_failed')];
  const { parts } = judged(
    [...states, as('ready', at(16), at(17))],
    [as('offline', at(14, 50), at(15, 40))],
  );
  expect(parts).toMatchObject({ excusedMs: 40 * minute, outMs: (20 + 12 - 3 + 27 - 3) * minute });
  expect(adherenceShare(parts)).toBeLessThan(excusedShare(parts) ?? 0);
});

test('time that a machine or a call took is offered as an exception', () => {
  const { spans } = judged([
    as('engaged', at(9), at(11, 10)),
    as('not_ready', at(11, 10), at(13), 'app_gone'),
    as('not_ready', at(13), at(17), 'back_office'),
  ]);
  expect(
    spans.flatMap((span) => {
      const cause = offeredCause(span);
      return cause === null ? [] : [[cause, span.startsAt, span.endsAt]];
    }),
  ).toEqual([
    ['call', at(11, 3), at(11, 10)],
    ['technical', at(11, 10), at(11, 15)],
    ['technical', at(11, 15), at(13)],
  ]);
});

test('where the agent is and what comes next', () => {
  const plan = planOf(day);
  expect(planNow(plan, at(8))).toEqual({
    current: null,
    next: { kind: 'work', label: '', at: at(9) },
  });
  expect(planNow(plan, at(10, 48))).toMatchObject({
    current: { kind: 'work' },
    next: { kind: 'break', label: 'Coffee', at: at(11) },
  });
  expect(planNow(plan, at(16))).toMatchObject({ next: { kind: 'end', at: at(17) } });
  expect(planNow(plan, at(17))).toEqual({ current: null, next: null });
  expect(remindersOf(plan).map(({ kind }) => kind)).toEqual(['break', 'meal', 'end']);
});

test('near an activity its reasons are suggested, the one meant for it first', () => {
  const plan = planOf(day);
  expect(
    [at(10, 54), at(10, 55), at(11, 19), at(11, 20)].map((now) =>
      activityNear(plan, now, 5 * minute),
    ),
  ).toEqual([null, 'break', 'break', null]);
  expect(fittingReasons('meal', reasons)).toEqual(['lunch', 'break']);
});

test('a shift through midnight is of the day on which it began', () => {
  const nights = planOf(
    [0, 1, 2].map((night) => occurrence('work', at(night * 24 + 22), at(night * 24 + 30))),
  );
  const dayAt = (day: number) =>
    shiftDay(nights, { startsAt: at(day * 24), endsAt: at(day * 24 + 24) });
  expect(dayAt(1)).toEqual({ startsAt: at(30), endsAt: at(54) });
  expect(dayAt(3)).toEqual({ startsAt: at(78), endsAt: at(96) });
  const looked = [at(24), at(29), at(33), at(35)].map((now) =>
    isStillYesterday(nights, at(24), now),
  );
  expect(looked).toEqual([true, true, true, false]);
  const early = planOf([occurrence('work', at(20), at(25)), occurrence('work', at(26), at(30))]);
  expect([at(25, 30), at(26)].map((now) => isStillYesterday(early, at(24), now))).toEqual([
    true,
    false,
  ]);
});

const occurrences = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...activityKinds),
      label: fc.constantFrom('', 'x'),
      startsAt: fc.integer({ min: 0, max: 1_440 }),
      length: fc.integer({ min: 0, max: 600 }),
    })
    .map(({ kind, label, startsAt, length }) =>
      occurrence(kind, startsAt * minute, (startsAt + length) * minute, label),
    ),
  { maxLength: 12 },
);
/** States that follow each other, as a log tells them. */
const states = fc
  .array(
    fc.record({
      state: fc.constantFrom('offline', 'ready', 'engaged', 'wrap_up', 'not_ready'),
      reason: fc.constantFrom('break', 'lunch', 'phone_failed'),
      length: fc.integer({ min: 1, max: 300 }),
    }),
    { maxLength: 20 },
  )
  .map((parts) => {
    let from = 0;
    return parts.map(({ state, reason, length }) => {
      const startsAt = from;
      from += length * minute;
      return as(state, startsAt, from, state === 'not_ready' ? reason : null);
    });
  });

const lengthOf = (spans: readonly { readonly startsAt: number; readonly endsAt: number }[]) =>
  spans.reduce((ms, { startsAt, endsAt }) => ms + endsAt - startsAt, 0);

test('property: a plan never overlaps itself, and its order of arrival does not matter', () => {
  fc.assert(
    fc.property(occurrences, (given) => {
      const plan = planOf(given);
      for (const [index, stretch] of plan.entries()) {
        expect(stretch.endsAt).toBeGreaterThan(stretch.startsAt);
        expect(stretch.startsAt).toBeGreaterThanOrEqual(plan[index - 1]?.endsAt ?? 0);
      }
      expect(planOf([...given].reverse())).toEqual(plan);
    }),
  );
});

test('property: the parts are the scheduled time, and only approval moves time between them', () => {
  fc.assert(
    fc.property(occurrences, states, states, fc.nat(10), (given, lived, excused, grace) => {
      const question = { plan: planOf(given), states: lived, reasons, graceMs: grace * minute };
      const plain = adherenceOf({ ...question, excused: [] }).parts;
      const approved = adherenceOf({ ...question, excused }).parts;
      expect(plain.scheduledMs).toBe(lengthOf(question.plan));
      expect(approved.scheduledMs).toBe(plain.scheduledMs);
      expect(approved.adherentMs).toBe(plain.adherentMs);
      expect(approved.graceMs).toBe(plain.graceMs);
      expect(approved.excusedMs + approved.outMs).toBe(plain.outMs);
    }),
  );
});

test('property: splitting what was lived or planned changes nothing', () => {
  fc.assert(
    fc.property(occurrences, states, fc.integer({ min: 0, max: 2_000 }), (given, lived, cut) => {
      const cutAt = cut * minute;
      const split = <Part extends { readonly startsAt: number; readonly endsAt: number }>(
        parts: readonly Part[],
      ): readonly Part[] =>
        parts.flatMap((part) =>
          part.startsAt < cutAt && cutAt < part.endsAt
            ? [
                { ...part, endsAt: cutAt },
                { ...part, startsAt: cutAt },
              ]
            : [part],
        );
      const question = { plan: planOf(given), excused: [], reasons, graceMs: usualGraceMs };
      const whole = adherenceOf({ ...question, states: lived });
      expect(adherenceOf({ ...question, states: split(lived) })).toEqual(whole);
      const { plan } = question;
      expect(lengthOf(clipped(plan, 0, cutAt)) + lengthOf(clipped(plan, cutAt, at(100)))).toBe(
        lengthOf(plan),
      );
    }),
  );
});
