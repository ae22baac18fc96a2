import { countryText } from './formats.ts';
import states from './us-states.json' with { type: 'json' };

type Place = { readonly country: string; readonly subdivision?: string | undefined };

const namesIn = (locale: string): Readonly<Record<string, string>> => {
  const [language] = locale.split('-');
  if (language === 'es' || language === 'pt') return { ...states.en, ...states[language] };
  return states.en;
};

/** A place as people say it: the state where it is known, else the country. */
export const placeText = ({ country, subdivision }: Place, locale: string): string => {
  const state = subdivision?.startsWith('US-') === true ? subdivision.slice(3) : '';
  return namesIn(locale)[state] ?? subdivision ?? countryText(country, locale);
};
