import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  foldAttempt,
  policyProblems,
  verificationAnswers,
  verificationState,
  type KnownAttempt,
  type VerificationAnswer,
  type VerificationPress,
  type VerificationQuestion,
} from './verification.ts';

const words = (text: string) => ({ en: text, es: text, pt: text });
const question = (code: string, mandatory = false): VerificationQuestion => ({
  ...{ code, mandatory },
  ...{ label: words(code), field: 'city' },
});
const terms = {
  questions: [question('name', true), question('city'), question('ticket')],
  needed: 2,
};

type Said = readonly [code: string, answer: VerificationAnswer | null];
const presses = (...said: readonly Said[]): readonly VerificationPress[] =>
  said.map(([code, answer], index) => ({
    id: String(index).padStart(4, '0'),
    at: 1_000 + index * 1_000,
    attempt: 'a',
    question: code,
    answer,
  }));
const outcome = (...said: readonly Said[]) => foldAttempt(terms, presses(...said))?.outcome;

test.each<readonly [string, readonly Said[], string]>([
  ['nothing decided', [['city', 'right']], 'open'],
  ['skipped is no answer', [['name', 'skipped']], 'open'],
  [
    'enough right ones with the mandatory',
    [
      ['name', 'right'],
      ['city', 'right'],
    ],
    'verified',
  ],
  [
    'enough, and the mandatory missing',
    [
      ['city', 'right'],
      ['ticket', 'right'],
    ],
    'open',
  ],
  ['the mandatory wrong', [['name', 'wrong']], 'failed'],
  [
    'too few can still be right',
    [
      ['city', 'wrong'],
      ['ticket', 'wrong'],
    ],
    'failed',
  ],
  [
    'one wrong may be',
    [
      ['city', 'wrong'],
      ['name', 'right'],
      ['ticket', 'right'],
    ],
    'verified',
  ],
  [
    'right after wrong repairs nothing',
    [
      ['name', 'wrong'],
      ['name', 'right'],
    ],
    'failed',
  ],
  [
    'wrong after right counts',
    [
      ['name', 'right'],
      ['name', 'wrong'],
    ],
    'failed',
  ],
  [
    'skipping after right takes nothing away',
    [
      ['name', 'right'],
      ['name', 'skipped'],
      ['city', 'right'],
    ],
    'verified',
  ],
  [
    'a skipped one is answered later',
    [
      ['name', 'skipped'],
      ['city', 'right'],
      ['name', 'right'],
    ],
    'verified',
  ],
  [
    'a slip is taken back',
    [
      ['name', 'wrong'],
      ['name', null],
      ['name', 'right'],
      ['city', 'right'],
    ],
    'verified',
  ],
  [
    'a question of no policy counts for nothing',
    [
      ['shoe', 'wrong'],
      ['hat', 'right'],
    ],
    'open',
  ],
])('%s', (_, said, expected) => {
  expect(outcome(...said)).toBe(expected);
});

test('an attempt says what was asked and when it was decided, and never what was answered', () => {
  const said = presses(['name', 'right'], ['city', 'wrong'], ['ticket', 'right']);
  expect(foldAttempt(terms, said)).toEqual({
    outcome: 'verified',
    beganAt: 1_000,
    decidedAt: 3_000,
    answers: [
      { question: 'name', answer: 'right' },
      { question: 'city', answer: 'wrong' },
      { question: 'ticket', answer: 'right' },
    ],
    takenBack: 0,
  });
  expect(foldAttempt(terms, [])).toBeNull();
});

const anySaid = fc.array(
  fc.tuple(
    fc.constantFrom('name', 'city', 'ticket'),
    fc.constantFrom<VerificationAnswer | null>(...verificationAnswers, null),
  ),
  { minLength: 1, maxLength: 15 },
);

test('the order of arrival, and what comes twice, changes nothing', () => {
  fc.assert(
    fc.property(anySaid, fc.array(fc.nat(), { minLength: 64, maxLength: 64 }), (said, keys) => {
      const told = presses(...said);
      const shuffled = [...told, ...told]
        .map((press, index) => ({ press, key: keys[index] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ press }) => press);
      expect(foldAttempt(terms, shuffled)).toEqual(foldAttempt(terms, told));
    }),
  );
});

test('without taking back, a question that was wrong once is never right again and failed stays failed', () => {
  fc.assert(
    fc.property(anySaid, (given) => {
      const said = given.filter(([, answer]) => answer !== null);
      let failed = false;
      const wrong = new Set<string>();
      said.forEach(([code, answer], index) => {
        if (answer === 'wrong') wrong.add(code);
        const folded = foldAttempt(terms, presses(...said.slice(0, index + 1)));
        failed ||= folded?.outcome === 'failed';
        expect(folded?.outcome === 'failed').toBe(failed);
        for (const each of folded?.answers ?? []) {
          expect(each.answer === 'wrong').toBe(wrong.has(each.question));
        }
      });
    }),
  );
});

test('nobody is verified without so many right answers and every mandatory one', () => {
  fc.assert(
    fc.property(anySaid, (said) => {
      const folded = foldAttempt(terms, presses(...said));
      if (folded?.outcome !== 'verified') return;
      const right = folded.answers.filter(({ answer }) => answer === 'right');
      expect(right.length).toBeGreaterThanOrEqual(2);
      expect(right.map((each) => each.question)).toContain('name');
    }),
  );
});

const attempt = (part: Partial<KnownAttempt>): KnownAttempt => ({
  ...{ id: 'a', policy: 'standard', customerId: 'marta', outcome: 'verified' },
  ...{ beganAt: 1_000, decidedAt: 2_000, here: true },
  ...part,
});
const stateOf = (
  attempts: readonly KnownAttempt[],
  now = 10_000,
  validMinutes: number | null = null,
) => verificationState({ code: 'standard', validMinutes }, 'marta', attempts, now).state;

test.each<readonly [string, readonly KnownAttempt[], string]>([
  ['nothing', [], 'not_done'],
  ['an open one', [attempt({ outcome: 'open', decidedAt: null })], 'begun'],
  [
    'the latest decided',
    [attempt({}), attempt({ id: 'b', outcome: 'failed', decidedAt: 3_000 })],
    'failed',
  ],
  [
    'an open one after it changes nothing',
    [attempt({}), attempt({ id: 'b', outcome: 'open', beganAt: 5_000, decidedAt: null })],
    'verified',
  ],
  ['by another policy', [attempt({ policy: 'strict' })], 'not_done'],
  ['of another customer', [attempt({ customerId: 'tom' })], 'not_done'],
  ['of another contact', [attempt({ here: false })], 'not_done'],
])('a customer with %s is %s', (_, attempts, expected) => {
  expect(stateOf(attempts)).toBe(expected);
});

test('a policy may let a verification of another contact count, for so long', () => {
  const elsewhere = [attempt({ here: false })];
  expect(stateOf(elsewhere, 2_000 + 59_999, 1)).toBe('verified');
  expect(stateOf(elsewhere, 2_000 + 60_000, 1)).toBe('not_done');
  expect(stateOf([attempt({ here: false, outcome: 'failed' })], 3_000, 1)).toBe('not_done');
});

test('a policy that nobody could meet is named', () => {
  expect(policyProblems(terms)).toEqual([]);
  expect(policyProblems({ ...terms, needed: 4 })).toEqual([
    '4 right answers are needed, and there are 3 questions',
  ]);
  expect(
    policyProblems({ questions: [question('a', true), question('b', true)], needed: 1 }),
  ).toEqual(['2 questions are mandatory, and 1 right answers are enough']);
  expect(policyProblems({ questions: [question('a'), question('a')], needed: 1 })).toEqual([
    'the question "a" stands there twice',
  ]);
});
