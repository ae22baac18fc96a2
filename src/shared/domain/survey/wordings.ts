import { keypadLanguages, type KeypadLanguage } from '../consent/keypad-prompt.ts';

/** Of the words that are played; another one whenever they change, so that an answer says what was asked. */
export const surveyWordingVersion = 'survey-1';

type SurveyWording = {
  readonly language: KeypadLanguage;
  readonly version: string;
  readonly csat: string;
  readonly nps: string;
  readonly resolved: string;
};

/** The words of every version that was ever played: none of them is ever changed or taken away. */
export const surveyWordings: readonly SurveyWording[] = [
  {
    language: 'en',
    version: 'survey-1',
    csat: 'Please rate this call. Press a key from 1, very dissatisfied, to 5, very satisfied. If you do not want to, just hang up.',
    nps: 'How likely are you to recommend us? Press a key from 0, not at all, to 10, very likely. For 10, press star. If you do not want to, just hang up.',
    resolved: 'Is your request resolved? If yes, press 1. If no, press 0.',
  },
  {
    language: 'es',
    version: 'survey-1',
    csat: 'Por favor, valore esta llamada. Pulse una tecla del 1, muy insatisfecho, al 5, muy satisfecho. Si no lo desea, simplemente cuelgue.',
    nps: '¿Qué probabilidad hay de que nos recomiende? Pulse una tecla del 0, ninguna, al 10, muy alta. Para el 10, pulse asterisco. Si no lo desea, simplemente cuelgue.',
    resolved: '¿Se resolvió su consulta? Si es así, pulse 1. Si no, pulse 0.',
  },
  {
    language: 'pt',
    version: 'survey-1',
    csat: 'Por favor, avalie esta chamada. Tecle um número de 1, muito insatisfeito, a 5, muito satisfeito. Se você não quiser, basta desligar.',
    nps: 'Qual é a chance de você nos recomendar? Tecle um número de 0, nenhuma, a 10, muito alta. Para 10, tecle asterisco. Se você não quiser, basta desligar.',
    resolved: 'A sua solicitação foi resolvida? Se sim, tecle 1. Se não, tecle 0.',
  },
];

export const surveyLanguages = keypadLanguages;
