import { Type } from 'typebox';
import {
  acknowledgeSchema,
  contactQualitySchema,
  putScorecardSchema,
  qualityListSchema,
  scorecardSchema,
} from '../api/quality.ts';
import { answerOf } from './answer.ts';

/** UI -> main: how calls are scored, and what agents say to it. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const uuid = Type.String({ format: 'uuid' });

export const qualityRequests = {
  /** The own scores; for a supervisor those of the team, and what waits to be scored. */
  'quality.list': { payload: nothing, answer: answerOf(qualityListSchema) },
  'quality.ofContact': {
    payload: Type.Object({ contactId: uuid }, strict),
    answer: answerOf(contactQualitySchema),
  },
  'quality.score': {
    payload: Type.Object({ contactId: uuid, card: putScorecardSchema }, strict),
    answer: answerOf(contactQualitySchema),
  },
  'quality.acknowledge': {
    payload: Type.Object({ cardId: uuid, ...acknowledgeSchema.properties }, strict),
    answer: answerOf(scorecardSchema),
  },
} as const;
