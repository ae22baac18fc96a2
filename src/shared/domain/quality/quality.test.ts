import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerFlaws, calibrationOf, scoreOf, type Answers, type Criterion } from './quality.ts';

const criterion = (key: string, part: Partial<Criterion> = {}): Criterion => ({
  key,
  kind: 'scale',
  maximum: 5,
  weight: 1,
  critical: false,
  mayNotApply: false,
  ...part,
});

const said = (values: Readonly<Record<string, number | null>>): Answers =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, note: '' }]));

const form = [
  criterion('greeting'),
  criterion('solution', { weight: 3 }),
  criterion('consent', { kind: 'yes_no', maximum: 1, critical: true }),
  criterion('upsell', { mayNotApply: true }),
];

test('a card is worth the weighted mean of what applied', () => {
  const answers = said({ greeting: 5, solution: 3, consent: 1, upsell: null });
  // (100 + 3 × 60 + 100) / 5
  expect(scoreOf(form, answers)).toEqual({ percent: 76, failed: [] });
});

test('something critical that was missed makes the card worth nothing, and is named', () => {
  const answers = said({ greeting: 5, solution: 5, consent: 0, upsell: 5 });
  expect(scoreOf(form, answers)).toEqual({ percent: 0, failed: ['consent'] });
});

test('where nothing applied there is no score, which is not the same as none', () => {
  const only = [criterion('upsell', { mayNotApply: true })];
  expect(scoreOf(only, said({ upsell: null }))).toEqual({ percent: null, failed: [] });
});

test('what keeps a card from being handed in is named in the order of the form', () => {
  const answers = said({ greeting: 6, solution: null, upsell: 2.5, humour: 1 });
  expect(answerFlaws(form, answers)).toEqual([
    { kind: 'out_of_range', key: 'greeting' },
    { kind: 'must_apply', key: 'solution' },
    { kind: 'missing', key: 'consent' },
    { kind: 'out_of_range', key: 'upsell' },
    { kind: 'unknown', key: 'humour' },
  ]);
});

test('scorers are compared by criterion, the widest spread first, and whether it applied at all', () => {
  const cards = [
    said({ greeting: 5, solution: 1, consent: 1, upsell: null }),
    said({ greeting: 4, solution: 5, consent: 1, upsell: 2 }),
  ];
  const { total, criteria } = calibrationOf(form, cards);
  expect(total).toEqual({ count: 2, minimum: 52, maximum: 86.7, mean: 69.4, range: 34.7 });
  expect(criteria.map(({ key, spread }) => [key, spread?.range ?? null])).toEqual([
    ['solution', 80],
    ['greeting', 20],
    ['consent', 0],
    ['upsell', null],
  ]);
  expect(criteria.filter(({ applies }) => applies === 'disputed').map(({ key }) => key)).toEqual([
    'upsell',
  ]);
});

test('one scorer alone is no calibration', () => {
  expect(
    calibrationOf(form, [said({ greeting: 5, solution: 5, consent: 1, upsell: 1 })]).total,
  ).toBe(null);
});

const anyCard = fc
  .tuple(fc.nat(5), fc.nat(5), fc.nat(1), fc.option(fc.nat(5)))
  .map(([greeting, solution, consent, upsell]) => said({ greeting, solution, consent, upsell }));

test('a score lies between 0 and 100 and never falls when an answer rises', () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom(...form), (answers, { key, maximum }) => {
      const { percent } = scoreOf(form, answers);
      expect(percent).toBeGreaterThanOrEqual(0);
      expect(percent).toBeLessThanOrEqual(100);
      const value = answers[key]?.value ?? null;
      if (value === null || value === maximum) return;
      const better = scoreOf(form, { ...answers, [key]: { value: value + 1, note: '' } });
      expect(better.percent ?? 0).toBeGreaterThanOrEqual(percent ?? 0);
    }),
  );
});

test('whose card comes first does not matter, and the same cards lie nowhere apart', () => {
  fc.assert(
    fc.property(fc.array(anyCard, { minLength: 2, maxLength: 5 }), (cards) => {
      expect(calibrationOf(form, [...cards].reverse())).toEqual(calibrationOf(form, cards));
      const [first] = cards;
      if (first === undefined) return;
      expect(calibrationOf(form, [first, first, first]).total?.range).toBe(0);
    }),
  );
});
