import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  flawsOf,
  type WrapUpFlaw,
  type WrapUpWords,
} from '../../../../shared/domain/wrap-up/wrap-up-words.ts';
import { announce } from '../../state/announcement-store.ts';
import type { ShownTerms } from '../../state/wrap-up-terms.ts';
import { isCodeFlaw, keyOf, wordsOfFlaw } from './flaw-words.ts';

/** A wrap-up's words in a form of its own, and what of them is missing once somebody tried to send them. */
export type WrapUpForm = {
  readonly id: string;
  readonly terms: ShownTerms;
  readonly words: WrapUpWords;
  readonly change: (part: Partial<WrapUpWords>) => void;
  readonly flaws: readonly WrapUpFlaw[];
  /** Whether nothing is missing; what is missing first is told, and has the caret. */
  readonly isWhole: () => boolean;
};

export const useWrapUpWords = (terms: ShownTerms, begin: WrapUpWords): WrapUpForm => {
  const { t } = useTranslation();
  const id = useId();
  const [words, setWords] = useState(begin);
  const [tried, setTried] = useState(false);

  useEffect(() => {
    document.getElementById(`${id}-code`)?.focus();
  }, [id]);

  return {
    id,
    terms,
    words,
    change: (part) => {
      setWords({ ...words, ...part });
    },
    flaws: tried ? flawsOf(terms, words) : [],
    isWhole: () => {
      setTried(true);
      const [flaw] = flawsOf(terms, words);
      if (flaw === undefined) return true;
      announce(wordsOfFlaw(flaw, t));
      const place = isCodeFlaw(flaw) ? `${id}-code` : `${id}-${keyOf(flaw)}`;
      document.getElementById(place)?.focus();
      return false;
    },
  };
};
