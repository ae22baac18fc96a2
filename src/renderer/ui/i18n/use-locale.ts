import { useTranslation } from 'react-i18next';
import type { Label } from '../../../shared/api/records.ts';
import type { Language } from './i18n.ts';

export const useLanguage = (): Language => {
  const { i18n } = useTranslation();
  return i18n.language === 'es' || i18n.language === 'pt' ? i18n.language : 'en';
};

/** The locale for dates and numbers: the system's own variant of the program's language, where it is one. */
export const localeOf = (language: string): string =>
  navigator.languages.find((locale) => locale.split('-')[0] === language) ?? language;

export const useLocale = (): string => localeOf(useLanguage());

/** Reads a label that the backend gives in every language. */
export const useLabel = (): ((label: Label) => string) => {
  const language = useLanguage();
  return (label) => label[language] || label.en;
};
