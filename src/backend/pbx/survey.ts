import type { KeypadLanguage } from '../../shared/domain/consent/keypad-prompt.ts';
import type { SurveyKind } from '../../shared/domain/survey/survey.ts';

/** What a customer is asked after a call. */
export type KeypadSurvey = {
  readonly kind: SurveyKind;
  readonly language: KeypadLanguage;
  readonly asksResolved: boolean;
};

/** What the PBX reports of surveys by keypad. */
export type SurveyEvent =
  /**
   * The agent ended a call from a queue with a survey, and the customer is there still: `playSurvey` says within a second
   * what is asked, or nothing is.
   */
  | {
      readonly kind: 'survey_wanted';
      readonly at: number;
      readonly callKey: string;
      readonly queue: string;
    }
  /** What a customer pressed, one question at a time; who pressed nothing that fits said nothing. */
  | {
      readonly kind: 'survey_answered';
      readonly at: number;
      readonly callKey: string;
      readonly question: SurveyKind | 'resolved';
      readonly keys: string;
    };
