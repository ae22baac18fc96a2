import type { ConsentFact } from './consent.ts';
import { consentForRecording, type RecordingPolicy } from './recording-decision.ts';
import type { Need } from './rule.ts';

/** `consent`: 1 is yes and 2 is no. `notice`: 2 is no. */
export type KeypadPromptKind = 'consent' | 'notice';

/** Languages in which the phone system has words (`resources/pbx/prompts`). */
export const keypadLanguages = ['en', 'es', 'pt'] as const;
export type KeypadLanguage = (typeof keypadLanguages)[number];

/** Of the words that are played; another one whenever they change, so that a fact says which were heard. */
export const keypadWordingVersion = 'keypad-1';

type KeypadWording = {
  readonly language: KeypadLanguage;
  readonly version: string;
  readonly ask: string;
  readonly notice: string;
};

/** The words of every version that was ever played: none of them is ever changed or taken away. */
export const keypadWordings: readonly KeypadWording[] = [
  {
    language: 'en',
    version: 'keypad-1',
    ask: 'This call may be recorded, so that we can check our work. If you agree, press 1. If you do not agree, press 2.',
    notice:
      'This call may be recorded, so that we can check our work. If you do not want that, press 2.',
  },
  {
    language: 'es',
    version: 'keypad-1',
    ask: 'Esta llamada puede grabarse para comprobar nuestro trabajo. Si está de acuerdo, pulse 1. Si no está de acuerdo, pulse 2.',
    notice: 'Esta llamada puede grabarse para comprobar nuestro trabajo. Si no lo desea, pulse 2.',
  },
  {
    language: 'pt',
    version: 'keypad-1',
    ask: 'Esta chamada pode ser gravada para verificarmos o nosso trabalho. Se você concorda, tecle 1. Se não concorda, tecle 2.',
    notice:
      'Esta chamada pode ser gravada para verificarmos o nosso trabalho. Se você não quiser, tecle 2.',
  },
];

/**
 * What a caller is asked before somebody answers; null: nothing. Nobody is asked who gave an answer that still counts
 * here, be it before a transfer, or who is recorded unasked by the rule and the queue's policy.
 */
export const keypadPromptFor = (
  inOrderOfArrival: readonly ConsentFact[],
  { need, policy }: { readonly need: Need; readonly policy: RecordingPolicy },
): KeypadPromptKind | null => {
  if (policy === 'never') return null;
  const state = consentForRecording(inOrderOfArrival, { need, policy });
  if (state === 'granted' || state === 'refused' || state === 'withdrawn') return null;
  if (policy === 'on_consent') return 'consent';
  return need === 'none' ? null : need;
};

/** The usual language of a country (ISO 3166-1), by the likely subtags of Unicode (UTS 35). */
export const languageOfCountry = (country: string): string => {
  try {
    return new Intl.Locale('und', { region: country }).maximize().language;
  } catch {
    return '';
  }
};

/** The first of these languages (BCP 47) that the phone system has words in. */
export const keypadLanguage = (wanted: readonly string[]): KeypadLanguage => {
  for (const each of wanted) {
    const base = each.split('-')[0]?.toLowerCase();
    const found = keypadLanguages.find((language) => language === base);
    if (found !== undefined) return found;
  }
  return 'en';
};
