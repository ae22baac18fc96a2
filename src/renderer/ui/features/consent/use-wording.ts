import { languages, i18n, type Language } from '../../i18n/i18n.ts';
import { useLanguage } from '../../i18n/use-locale.ts';
import type { Work } from '../../state/work.ts';

/** The sentence to read aloud, in the customer's language where we speak it, else in the agent's. */
export const useWording = (work: Work): { readonly text: string; readonly language: Language } => {
  const own = useLanguage();
  const match = work.card?.match;
  const theirs =
    match?.kind === 'exact' || match?.kind === 'confirmed'
      ? match.customer.language.split('-')[0]
      : undefined;
  const language = languages.find((known) => known === theirs) ?? own;
  return { text: i18n.getFixedT(language)('consent.wording'), language };
};
