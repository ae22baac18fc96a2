/** Whether, how and what the customers of a queue are asked after a call. */

/** CSAT: 1 to 5. NPS: 0 to 10, and the definition of its three groups, by Reichheld (Harvard Business Review, 2003). */
export const surveyKinds = ['csat', 'nps'] as const;
export type SurveyKind = (typeof surveyKinds)[number];

/** `keypad`: the phone system asks as the agent ends the call. `link`: a page of the company's asks. */
export const surveyWays = ['keypad', 'link'] as const;
export type SurveyWay = (typeof surveyWays)[number];

export type SurveyTerms = {
  readonly way: SurveyWay;
  readonly kind: SurveyKind;
  /** Whether it is asked as well if the matter is resolved. */
  readonly asksResolved: boolean;
  /** So many of a hundred calls lead to a survey by themselves; 0: only those that an agent offers one. */
  readonly sharePercent: number;
  /** A customer is asked at most once in so many days; 0: after every call. */
  readonly restDays: number;
  /** Not after calls in which nobody talked for so long. */
  readonly minimumSeconds: number;
};

export const scoreRange: Readonly<
  Record<SurveyKind, { readonly lowest: number; readonly highest: number }>
> = {
  csat: { lowest: 1, highest: 5 },
  nps: { lowest: 0, highest: 10 },
};

export const isScore = (kind: SurveyKind, score: number): boolean =>
  Number.isInteger(score) && score >= scoreRange[kind].lowest && score <= scoreRange[kind].highest;

/** What became of a survey. */
export type SurveyOutcome = 'unanswered' | 'partial' | 'complete';

export const surveyOutcome = ({
  asksResolved,
  score,
  resolved,
}: {
  readonly asksResolved: boolean;
  readonly score: number | null;
  readonly resolved: boolean | null;
}): SurveyOutcome => {
  if (score === null && resolved === null) return 'unanswered';
  return score === null || (asksResolved && resolved === null) ? 'partial' : 'complete';
};
