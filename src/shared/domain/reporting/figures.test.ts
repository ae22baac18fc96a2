import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definitionsOf } from './definitions.ts';
import {
  answersBehind,
  figureNames,
  figuresOf,
  reportSubjects,
  reportViews,
  type ReportView,
} from './figures.ts';
import { addSums, noSums, sumNames, type Sums } from './sums.ts';

/** Ten contacts: six answered (four in time), three gave up (one at once, two in time), one was given up. */
const hour: Sums = {
  ...noSums,
  offered: 10,
  answered: 6,
  abandoned: 3,
  abandonedShort: 1,
  leftOtherwise: 1,
  answeredInTime: 4,
  abandonedInTime: 2,
  answerWaitMs: 120_000,
  // One of the answers and one of the three who gave up fell into the next hour.
  leftAnswered: 5,
  leftAbandoned: 2,
  leftAbandonedShort: 1,
  leftAnsweredInTime: 4,
  leftAbandonedInTime: 2,
  leftAnswerWaitMs: 75_000,
  handled: 5,
  transferred: 1,
  talkMs: 500_000,
  consultMs: 50_000,
  holdMs: 100_000,
  wrapUpMs: 150_000,
  dialMs: 25_000,
  readyMs: 600_000,
  engagedMs: 700_000,
  afterCallMs: 200_000,
  reservedMs: 60_000,
  notReadyMs: 300_000,
  firstContacts: 4,
  firstRepeated: 1,
  surveysAsked: 8,
  surveysAnswered: 6,
  csatAnswers: 4,
  csatPoints: 17,
  csatHigh: 3,
  npsAnswers: 2,
  npsPromoters: 1,
  npsDetractors: 0,
  resolvedAnswers: 5,
  resolvedYes: 4,
};

const all = { subject: 'total', someAgents: false } as const;

const line = (view: ReportView, sums = hour) =>
  figuresOf({ sums, longestWaitMs: 90_000, view, scope: all });

describe('one hour, as each vendor counts it', () => {
  test.each([
    [
      'ringside',
      { answered: 6, abandoned: 3, abandonRate: 2 / 9, asaMs: 20_000, serviceLevel: 4 / 9 },
    ],
    [
      'genesys',
      { answered: 5, abandoned: 2, abandonRate: 0.2, asaMs: 15_000, serviceLevel: 4 / 7 },
    ],
    ['amazon', { answered: 5, abandoned: 2, abandonRate: 0.2, asaMs: 15_000, serviceLevel: 6 / 7 }],
  ] as const)('%s: the queue', (view, expected) => {
    expect(line(view)).toMatchObject({ offered: 10, longestWaitMs: 90_000, ...expected });
  });

  test.each([
    ['ringside', { handleMs: 800_000, ahtMs: 160_000 }],
    // Dialling is part of it there.
    ['genesys', { handleMs: 825_000, ahtMs: 165_000 }],
    ['amazon', { handleMs: 800_000, ahtMs: 160_000 }],
  ] as const)('%s: handle time', (view, expected) => {
    expect(line(view)).toMatchObject({ handled: 5, transferRate: 0.2, ...expected });
  });

  test('occupancy is wall-clock time at work, and ringing is neither work nor rest', () => {
    expect(line('ringside').occupancy).toBe(0.6);
  });

  test('one of four customers called again', () => {
    expect(line('ringside').fcr).toBe(0.75);
  });
});

test('surveys are the same figures in every view, and few answers are known as few', () => {
  for (const view of reportViews) {
    const figures = line(view);
    expect(figures).toMatchObject({
      ...{ surveyRate: 0.75, csat: 4.25, csatHighShare: 0.75, nps: 50, resolvedShare: 0.8 },
    });
    expect(answersBehind('csat', figures)).toEqual({ count: 4, few: true });
    expect(answersBehind('resolvedShare', figures)).toEqual({ count: 5, few: false });
    expect(answersBehind('handled', figures)).toBeNull();
  }
});

test('where nothing happened counts are zero, and means and shares are not there', () => {
  for (const view of reportViews) {
    const figures = figuresOf({ sums: noSums, longestWaitMs: null, view, scope: all });
    for (const [name, definition] of Object.entries(definitionsOf(view, all))) {
      const isMean = ['ahtMs', 'asaMs', 'longestWaitMs', 'csat', 'nps'].includes(name);
      expect({ name, value: figures[name as keyof typeof figures] }).toEqual({
        name,
        value: definition.unit === 'share' || isMean ? null : 0,
      });
    }
  }
});

test('every figure of a line has its definition, and no definition is without a figure', () => {
  for (const view of reportViews) {
    for (const scope of reportSubjects.flatMap((subject) => [
      { subject, someAgents: false },
      { subject, someAgents: true },
    ])) {
      const figures = figuresOf({ sums: hour, longestWaitMs: 1, view, scope });
      const told = Object.entries(figures)
        .filter(([, value]) => value !== null)
        .map(([name]) => name);
      expect(told.toSorted()).toEqual(Object.keys(definitionsOf(view, scope)).toSorted());
    }
  }
  expect(figureNames).toHaveLength(Object.keys(line('ringside')).length);
});

const anySums = fc
  .array(fc.integer({ min: -1_000, max: 1_000 }), {
    minLength: sumNames.length,
    maxLength: sumNames.length,
  })
  .map(
    (values) => Object.fromEntries(sumNames.map((name, index) => [name, values[index]])) as Sums,
  );

test('sums may be added in any order, and a correction takes back what it corrects', () => {
  fc.assert(
    fc.property(anySums, anySums, anySums, (a, b, c) => {
      expect(addSums(addSums(a, b), c)).toEqual(addSums(addSums(a, c), b));
      const negative = Object.fromEntries(sumNames.map((name) => [name, -b[name]]));
      expect(addSums(addSums(a, b), negative)).toEqual(a);
    }),
  );
});
