import type { Answers, Criterion } from './quality.ts';

/** How an agent's reviews go over time. */

export type TrendCard = {
  readonly scoredAt: number;
  /** null: nothing on the form applied. */
  readonly percent: number | null;
  readonly form: string;
  readonly version: number;
  readonly answers: Answers;
};

type Mean = { readonly reviews: number; readonly percent: number | null };

/** To one decimal, as each card says it. */
const meanOf = (values: readonly number[]): number | null =>
  values.length === 0
    ? null
    : Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;

const scored = (cards: readonly TrendCard[]): readonly number[] =>
  cards.flatMap(({ percent }) => (percent === null ? [] : [percent]));

/** What was scored from each of these instants until the next; the last one goes on. */
export const weekMeans = (
  cards: readonly TrendCard[],
  weeks: readonly number[],
): readonly (Mean & { readonly from: number })[] =>
  weeks.map((from, index) => {
    const until = weeks[index + 1] ?? Infinity;
    const inWeek = cards.filter(({ scoredAt }) => scoredAt >= from && scoredAt < until);
    return { from, reviews: inWeek.length, percent: meanOf(scored(inWeek)) };
  });

/** Each question between two stretches of time, by cards on one version of one form. */
export const criterionMeans = (
  criteria: readonly Criterion[],
  cards: readonly TrendCard[],
  { since, before }: { readonly since: number; readonly before: number },
): readonly {
  readonly key: string;
  readonly percent: number | null;
  readonly before: number | null;
}[] =>
  criteria.map(({ key, maximum }) => {
    const worth = (some: readonly TrendCard[]): number | null =>
      meanOf(
        some.flatMap(({ answers }) => {
          const value = answers[key]?.value ?? null;
          return value === null ? [] : [(100 * value) / maximum];
        }),
      );
    return {
      key,
      percent: worth(cards.filter(({ scoredAt }) => scoredAt >= since)),
      before: worth(cards.filter(({ scoredAt }) => scoredAt >= before && scoredAt < since)),
    };
  });
