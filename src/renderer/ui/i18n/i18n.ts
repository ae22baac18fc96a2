import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import es from './es.json';
import pt from './pt.json';

export const languages = ['en', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'ui';
    readonly resources: { readonly ui: typeof en };
  }
}

/** All texts of the program, in all its languages: small enough to carry them always. */
export const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  ns: ['ui'],
  defaultNS: 'ui',
  resources: { en: { ui: en }, es: { ui: es }, pt: { ui: pt } },
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});

export const speak = (language: Language): void => {
  document.documentElement.lang = language;
  if (i18n.language !== language) void i18n.changeLanguage(language);
};
