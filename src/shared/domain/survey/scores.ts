/** The figures that surveys add up to. Shares from 0 to 1; null: nobody answered. */

export type SurveySums = {
  readonly surveysAsked: number;
  readonly surveysAnswered: number;
  readonly csatAnswers: number;
  /** All scores together. */
  readonly csatPoints: number;
  /** Scores of 4 and 5. */
  readonly csatHigh: number;
  readonly npsAnswers: number;
  /** Scores of 9 and 10. */
  readonly npsPromoters: number;
  /** Scores of 0 to 6. */
  readonly npsDetractors: number;
  readonly resolvedAnswers: number;
  readonly resolvedYes: number;
};

export type SurveyFigures = {
  readonly surveyRate: number | null;
  /** Mean of the scores, 1 to 5, to two decimals. */
  readonly csat: number | null;
  readonly csatHighShare: number | null;
  /** -100 to 100, to one decimal. */
  readonly nps: number | null;
  readonly resolvedShare: number | null;
};

/** What one answer is worth. */
export type ScoredAnswer = {
  readonly kind: 'csat' | 'nps';
  readonly score: number | null;
  readonly resolved: boolean | null;
};

const one = (is: boolean): number => (is ? 1 : 0);

export const surveySumsOf = ({ kind, score, resolved }: ScoredAnswer): SurveySums => {
  const csat = kind === 'csat' ? score : null;
  const nps = kind === 'nps' ? score : null;
  return {
    surveysAsked: 1,
    surveysAnswered: one(score !== null || resolved !== null),
    csatAnswers: one(csat !== null),
    csatPoints: csat ?? 0,
    csatHigh: one(csat !== null && csat >= 4),
    npsAnswers: one(nps !== null),
    npsPromoters: one(nps !== null && nps >= 9),
    npsDetractors: one(nps !== null && nps <= 6),
    resolvedAnswers: one(resolved !== null),
    resolvedYes: one(resolved === true),
  };
};

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
const rounded = (value: number, decimals: number): number =>
  Math.round(value * 10 ** decimals) / 10 ** decimals;

export const surveyFigures = (sums: SurveySums): SurveyFigures => ({
  surveyRate: share(sums.surveysAnswered, sums.surveysAsked),
  csat: sums.csatAnswers > 0 ? rounded(sums.csatPoints / sums.csatAnswers, 2) : null,
  csatHighShare: share(sums.csatHigh, sums.csatAnswers),
  nps:
    sums.npsAnswers > 0
      ? rounded(((sums.npsPromoters - sums.npsDetractors) / sums.npsAnswers) * 100, 1)
      : null,
  resolvedShare: share(sums.resolvedYes, sums.resolvedAnswers),
});

/** Fewer answers than this say little, and are shown so. */
export const fewAnswers = 5;
