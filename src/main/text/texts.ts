import { createInstance } from 'i18next';
import type { Settings } from '../../shared/ipc/desk.ts';
import { en, type Texts } from './en.ts';
import { es } from './es.ts';
import { pt } from './pt.ts';

type Leaf<Group extends keyof Texts> = `${Group}.${keyof Texts[Group] & string}`;
export type TextKey = { [Group in keyof Texts]: Leaf<Group> }[keyof Texts];

/** The text of a key in the language that the settings name now. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string>>) => string;

export const createSay = (language: () => Settings['language']): Say => {
  const i18n = createInstance();
  void i18n.init({
    resources: {
      en: { translation: en },
      es: { translation: es },
      pt: { translation: pt },
    },
    fallbackLng: 'en',
    initAsync: false,
    // Menus and notifications show plain text.
    interpolation: { escapeValue: false },
  });
  return (key, values) => i18n.t(key, { ...values, lng: language() });
};
