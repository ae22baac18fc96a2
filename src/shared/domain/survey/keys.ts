import { isScore, type SurveyKind } from './survey.ts';

/**
 * What the keys of a telephone say, as they were pressed. Ten is `1` and `0` in a row, or `*`, as phone systems usually
 * have it; null: no answer to this question.
 */
export const scoreOfKeys = (kind: SurveyKind, keys: string): number | null => {
  if (kind === 'nps' && keys === '*') return 10;
  if (!/^(?:\d|10)$/u.test(keys)) return null;
  const score = Number(keys);
  return isScore(kind, score) ? score : null;
};

/** 1 is yes and 0 is no. */
export const resolvedOfKeys = (keys: string): boolean | null =>
  keys === '1' ? true : keys === '0' ? false : null;
