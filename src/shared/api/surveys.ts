import { Type, type Static } from 'typebox';
import { surveyKinds, surveyWays } from '../domain/survey/survey.ts';
import type { Immutable } from '../immutable.ts';

/** What customers think of their calls. All times are epoch ms. */

const strict = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const callKey = Type.String({ minLength: 1, maxLength: 128 });

const deskSurveySchema = Type.Object({
  queue: Type.String(),
  way: Type.Enum([...surveyWays]),
  kind: Type.Enum([...surveyKinds]),
});

/** Part of the desk's state: queues that ask, and how; absent: none. */
export const deskSurveysSchema = { surveys: Type.Optional(Type.Array(deskSurveySchema)) };

/** PUT /surveys/offers: the agent of a call that goes on says whether its customer is asked. */
export const putSurveyOfferSchema = Type.Object({ callKey, offered: Type.Boolean() }, strict);
export const surveyOfferSchema = Type.Object({
  callKey: Type.String(),
  offered: Type.Boolean(),
  /** The customer was asked too lately: nothing will be asked, whatever the agent says. */
  rests: Type.Boolean(),
});

/** POST /surveys/links */
export const postSurveyLinkSchema = Type.Object({ callKey }, strict);
export const surveyLinkSchema = Type.Object({ url: Type.String() });

/** POST /surveys/answers: by the page of the company's that asked. */
export const postSurveyAnswerSchema = Type.Object(
  {
    contactId: Type.String({ format: 'uuid' }),
    /** CSAT 1 to 5, NPS 0 to 10. */
    score: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
    resolved: Type.Optional(Type.Boolean()),
  },
  strict,
);

/** Part of a contact's page. */
export const contactSurveySchema = Type.Object({
  way: Type.Enum([...surveyWays]),
  kind: Type.Enum([...surveyKinds]),
  why: Type.Enum(['share', 'agent']),
  outcome: Type.Enum(['unanswered', 'partial', 'complete']),
  askedAt: Type.Integer(),
  score: nullable(Type.Integer()),
  resolved: nullable(Type.Boolean()),
  /** Whether it was asked if the matter is resolved. */
  asksResolved: Type.Boolean(),
});

export type DeskSurvey = Immutable<Static<typeof deskSurveySchema>>;
export type SurveyOffer = Immutable<Static<typeof surveyOfferSchema>>;
export type SurveyLink = Immutable<Static<typeof surveyLinkSchema>>;
export type PostSurveyAnswer = Immutable<Static<typeof postSurveyAnswerSchema>>;
export type ContactSurvey = Immutable<Static<typeof contactSurveySchema>>;
