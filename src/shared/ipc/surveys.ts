import { Type } from 'typebox';
import {
  postSurveyLinkSchema,
  putSurveyOfferSchema,
  surveyLinkSchema,
  surveyOfferSchema,
} from '../api/surveys.ts';
import { answerOf } from './answer.ts';

/** What the UI asks of main about surveys after calls. */
export const surveyRequests = {
  /** Says whether the customer of this call is asked after it. */
  'surveys.offer': {
    payload: Type.Object(putSurveyOfferSchema.properties, { additionalProperties: false }),
    answer: answerOf(surveyOfferSchema),
  },
  /** The address of the company's survey for this call. */
  'surveys.link': {
    payload: Type.Object(postSurveyLinkSchema.properties, { additionalProperties: false }),
    answer: answerOf(surveyLinkSchema),
  },
} as const;
