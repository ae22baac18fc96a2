import type { CheckWord } from '../../../../shared/domain/shift-check/verdict.ts';

export const toneOfWord = {
  good: 'ready',
  fair: 'wrap-up',
  bad: 'danger',
} as const satisfies Readonly<Record<CheckWord, string>>;
