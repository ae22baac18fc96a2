/** Quality of a conversation on a form: what is asked, what answers are worth, and how far scorers lie apart. */

export type Criterion = {
  readonly key: string;
  /** `yes_no` is worth all or nothing. */
  readonly kind: 'scale' | 'yes_no';
  /** The best of a scale that begins at 0; 1 for `yes_no`. */
  readonly maximum: number;
  /** Its share among the others. */
  readonly weight: number;
  /** At 0 the whole card is worth 0. */
  readonly critical: boolean;
  /** Some conversations give no occasion for it. */
  readonly mayNotApply: boolean;
};

export type CriterionAnswer = {
  /** null: does not apply. */
  readonly value: number | null;
  /** Why; empty: nothing was said. */
  readonly note: string;
};

export type Answers = Readonly<Record<string, CriterionAnswer>>;

export type AnswerFlaw =
  | { readonly kind: 'missing'; readonly key: string }
  | { readonly kind: 'unknown'; readonly key: string }
  | { readonly kind: 'out_of_range'; readonly key: string }
  | { readonly kind: 'must_apply'; readonly key: string };

/** What keeps the answers from being handed in, in the order of the form. */
export const answerFlaws = (
  criteria: readonly Criterion[],
  answers: Answers,
): readonly AnswerFlaw[] => {
  const known = new Set(criteria.map(({ key }) => key));
  return [
    ...criteria.flatMap(({ key, maximum, mayNotApply }): AnswerFlaw[] => {
      const answer = answers[key];
      if (answer === undefined) return [{ kind: 'missing', key }];
      const { value } = answer;
      if (value === null) return mayNotApply ? [] : [{ kind: 'must_apply', key }];
      const fits = Number.isInteger(value) && value >= 0 && value <= maximum;
      return fits ? [] : [{ kind: 'out_of_range', key }];
    }),
    ...Object.keys(answers)
      .filter((key) => !known.has(key))
      .map((key): AnswerFlaw => ({ kind: 'unknown', key })),
  ];
};

/** To one decimal, so that the same card says the same everywhere. */
const rounded = (percent: number): number => Math.round(percent * 10) / 10;

const worthOf = ({ maximum }: Criterion, value: number): number => (100 * value) / maximum;

export type Score = {
  /** 0 to 100; null: nothing applied. */
  readonly percent: number | null;
  /** Critical criteria at 0. */
  readonly failed: readonly string[];
};

/** What answers without a flaw are worth: the weighted mean of what applied; 0 where something critical was missed. */
export const scoreOf = (criteria: readonly Criterion[], answers: Answers): Score => {
  const applied = criteria.flatMap((criterion) => {
    const value = answers[criterion.key]?.value ?? null;
    return value === null ? [] : [{ criterion, value }];
  });
  const failed = applied
    .filter(({ criterion, value }) => criterion.critical && value === 0)
    .map(({ criterion }) => criterion.key);
  const weight = applied.reduce((sum, { criterion }) => sum + criterion.weight, 0);
  if (weight === 0) return { percent: null, failed };
  const sum = applied.reduce(
    (total, { criterion, value }) => total + criterion.weight * worthOf(criterion, value),
    0,
  );
  return { percent: failed.length > 0 ? 0 : rounded(sum / weight), failed };
};

export type Spread = {
  /** How many scorers it is of. */
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** From the lowest to the highest, in points of 100. */
  readonly range: number;
};

/** null: fewer than two have an opinion, so there is nothing to compare. */
const spreadOf = (given: readonly number[]): Spread | null => {
  // Sums of fractions depend on their order.
  const values = given.toSorted((a, b) => a - b);
  const minimum = values[0];
  const maximum = values.at(-1);
  if (minimum === undefined || maximum === undefined || values.length < 2) return null;
  return {
    count: values.length,
    minimum: rounded(minimum),
    maximum: rounded(maximum),
    mean: rounded(values.reduce((sum, value) => sum + value, 0) / values.length),
    range: rounded(maximum - minimum),
  };
};

export type Calibration = {
  readonly total: Spread | null;
  /** By criterion, those of the widest spread first; what fewer than two answered comes last. */
  readonly criteria: readonly {
    readonly key: string;
    readonly spread: Spread | null;
    /** Some say that it does not apply, and others scored it. */
    readonly applies: 'agreed' | 'disputed';
  }[];
};

/** How far several scorers of one conversation lie apart, on one version of a form. */
export const calibrationOf = (
  criteria: readonly Criterion[],
  cards: readonly Answers[],
): Calibration => ({
  total: spreadOf(
    cards.flatMap((answers) => {
      const { percent } = scoreOf(criteria, answers);
      return percent === null ? [] : [percent];
    }),
  ),
  criteria: criteria
    .map((criterion) => {
      const given = cards.flatMap((answers) => {
        const answer = answers[criterion.key];
        return answer === undefined ? [] : [answer.value];
      });
      const values = given.filter((value) => value !== null);
      return {
        key: criterion.key,
        spread: spreadOf(values.map((value) => worthOf(criterion, value))),
        applies:
          values.length > 0 && values.length < given.length
            ? ('disputed' as const)
            : ('agreed' as const),
      };
    })
    .toSorted((a, b) => (b.spread?.range ?? -1) - (a.spread?.range ?? -1)),
});
