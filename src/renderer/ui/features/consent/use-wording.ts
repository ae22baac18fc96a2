import type { ContactCard } from '../../../../shared/api/records.ts';
import { i18n } from '../../i18n/i18n.ts';
import { useLanguage } from '../../i18n/use-locale.ts';

export type WordingToRead = {
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** null: the program's own words, while no backend gave any. */
  readonly version: string | null;
};

/** The sentence to read aloud, in the customer's language where there are words in it, else in the agent's. */
export const useWording = (card: ContactCard | null, kind: 'ask' | 'notice'): WordingToRead => {
  const own = useLanguage();
  const wordings = card?.consent.wordings ?? [];
  const wording =
    wordings.length === 1
      ? wordings[0]
      : (wordings.find(({ language }) => language.split('-')[0] === own) ?? wordings[0]);
  return wording === undefined
    ? { text: i18n.getFixedT(own)('consent.wording'), language: own, version: null }
    : { text: wording[kind], language: wording.language, version: wording.version };
};
