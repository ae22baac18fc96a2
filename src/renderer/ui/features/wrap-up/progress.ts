import type { WrapUpProgress } from '../../../../shared/domain/wrap-up/readiness.ts';
import type { WrapUpWords } from '../../../../shared/domain/wrap-up/wrap-up-words.ts';
import type { Work } from '../../state/work.ts';

/** How far a wrap-up is, with what is on screen. */
export const progressOf = (work: Work, words: WrapUpWords): WrapUpProgress => ({
  ...words,
  endedAt: work.facts.find(({ kind }) => kind === 'ended')?.at ?? null,
  extensions: work.draft?.extensions ?? 0,
});
