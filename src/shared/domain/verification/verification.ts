/** Whether a customer is who they say, by questions from their record. What was answered is kept nowhere. */

type Words = { readonly en: string; readonly es: string; readonly pt: string };

/** What of a record a question may be about. */
export const verificationFields = [
  'name',
  'company',
  'city',
  'email',
  'number_tail',
  'customer_since',
  'tag',
  'ticket',
] as const;
export type VerificationField = (typeof verificationFields)[number];

export type VerificationQuestion = {
  readonly code: string;
  readonly label: Words;
  readonly field: VerificationField;
  /** Without a right answer to it nobody is verified, and a wrong one fails. */
  readonly mandatory: boolean;
};

export type VerificationPolicy = {
  readonly code: string;
  /** Rises when the policy asks something else. */
  readonly version: number;
  readonly label: Words;
  readonly questions: readonly VerificationQuestion[];
  /** So many right answers verify. */
  readonly needed: number;
  /** So many failed attempts on a customer within a day are told as a warning. */
  readonly flagAfter: number;
  /** How long it counts in later contacts of the same customer; null: in this contact alone. */
  readonly validMinutes: number | null;
  /** Whoever works on the call is reminded while it is missing. */
  readonly required: boolean;
};

export const verificationAnswers = ['right', 'wrong', 'skipped'] as const;
export type VerificationAnswer = (typeof verificationAnswers)[number];

/** What an agent pressed about one question of one attempt. */
export type VerificationPress = {
  readonly id: string;
  readonly at: number;
  readonly attempt: string;
  readonly question: string;
  /** null: what was pressed before was a slip. */
  readonly answer: VerificationAnswer | null;
};

export type VerificationOutcome = 'open' | 'verified' | 'failed';

export type FoldedAttempt = {
  readonly outcome: VerificationOutcome;
  readonly beganAt: number;
  /** When it came to its outcome; null: it is open. */
  readonly decidedAt: number | null;
  /** What was asked, in the order of the policy. */
  readonly answers: readonly {
    readonly question: string;
    readonly answer: VerificationAnswer;
  }[];
  /** How often an answer was taken back. */
  readonly takenBack: number;
};

/**
 * What stands after one more press. A second guess repairs nothing: wrong stays wrong, and right becomes wrong. Only what
 * was taken back is asked anew.
 */
const after = (
  before: VerificationAnswer | undefined,
  pressed: VerificationAnswer,
): VerificationAnswer => {
  if (before === 'wrong' || pressed === 'wrong') return 'wrong';
  return before === 'right' ? 'right' : pressed;
};

type Terms = Pick<VerificationPolicy, 'questions' | 'needed'>;

const outcomeOf = (
  { questions, needed }: Terms,
  answers: ReadonlyMap<string, VerificationAnswer>,
): VerificationOutcome => {
  const wrong = questions.filter(({ code }) => answers.get(code) === 'wrong');
  const right = questions.filter(({ code }) => answers.get(code) === 'right');
  const missing = questions.filter(
    ({ code, mandatory }) => mandatory && answers.get(code) !== 'right',
  );
  const canNoMore = questions.length - wrong.length < needed;
  if (canNoMore || wrong.some(({ mandatory }) => mandatory)) return 'failed';
  return right.length >= needed && missing.length === 0 ? 'verified' : 'open';
};

/** What the presses of one attempt come to, in whatever order they arrive; null: nothing was pressed. */
export const foldAttempt = (
  terms: Terms,
  presses: readonly VerificationPress[],
): FoldedAttempt | null => {
  const once = new Map(presses.map((press) => [press.id, press]));
  const inTime = [...once.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const [first] = inTime;
  if (first === undefined) return null;
  const answers = new Map<string, VerificationAnswer>();
  let outcome: VerificationOutcome = 'open';
  let decidedAt: number | null = null;
  for (const { question, answer, at } of inTime) {
    if (answer === null) answers.delete(question);
    else answers.set(question, after(answers.get(question), answer));
    const next = outcomeOf(terms, answers);
    if (next !== outcome) decidedAt = next === 'open' ? null : at;
    outcome = next;
  }
  return {
    outcome,
    beganAt: first.at,
    decidedAt,
    answers: terms.questions.flatMap(({ code }) => {
      const answer = answers.get(code);
      return answer === undefined ? [] : [{ question: code, answer }];
    }),
    takenBack: inTime.filter(({ answer }) => answer === null).length,
  };
};

/** What desk and page know of an attempt. */
export type KnownAttempt = {
  readonly id: string;
  readonly policy: string;
  readonly customerId: string | null;
  readonly outcome: VerificationOutcome;
  readonly beganAt: number;
  readonly decidedAt: number | null;
  /** Of this very contact. */
  readonly here: boolean;
};

export type VerificationState = 'verified' | 'failed' | 'begun' | 'not_done';

const minuteMs = 60_000;

/**
 * Where a customer stands by a policy: the latest attempt that came to something counts, of this contact or, for as long
 * as the policy says, of another; one that is open changes nothing of what is known.
 */
export const verificationState = <Attempt extends KnownAttempt>(
  { code, validMinutes }: Pick<VerificationPolicy, 'code' | 'validMinutes'>,
  customerId: string,
  attempts: readonly Attempt[],
  now: number,
): { readonly state: VerificationState; readonly attempt: Attempt | null } => {
  const counting = attempts
    .filter((attempt) => attempt.policy === code && attempt.customerId === customerId)
    .filter(
      ({ here, outcome, decidedAt }) =>
        here ||
        (outcome === 'verified' &&
          validMinutes !== null &&
          decidedAt !== null &&
          now - decidedAt < validMinutes * minuteMs),
    )
    .toSorted((a, b) => (a.decidedAt ?? a.beganAt) - (b.decidedAt ?? b.beganAt));
  const decided = counting.findLast(({ outcome }) => outcome !== 'open');
  if (decided !== undefined) {
    return { state: decided.outcome === 'verified' ? 'verified' : 'failed', attempt: decided };
  }
  const begun = counting.at(-1);
  return begun === undefined
    ? { state: 'not_done', attempt: null }
    : { state: 'begun', attempt: begun };
};

/** What a policy cannot be, each with its reason. */
export const policyProblems = ({ questions, needed }: Terms): readonly string[] => {
  const codes = questions.map(({ code }) => code);
  const twice = [...new Set(codes.filter((code, at) => codes.indexOf(code) !== at))];
  const mandatory = questions.filter((question) => question.mandatory).length;
  return [
    ...twice.map((code) => `the question "${code}" stands there twice`),
    ...(needed > questions.length
      ? [
          `${String(needed)} right answers are needed, and there are ${String(questions.length)} questions`,
        ]
      : []),
    ...(mandatory > needed
      ? [
          `${String(mandatory)} questions are mandatory, and ${String(needed)} right answers are enough`,
        ]
      : []),
  ];
};
