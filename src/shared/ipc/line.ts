import { Type } from 'typebox';
import { verdictWeeksQuerySchema, verdictWeeksSchema } from '../api/line-quality.ts';
import { answerOf } from './answer.ts';

/** UI -> main: how well calls were heard, and whose fault it was. */

const nothing = Type.Null();

export const lineRequests = {
  /** The own calls of the last weeks by verdict. */
  'line.mine': { payload: nothing, answer: answerOf(verdictWeeksSchema) },
  /** Those of the own team. */
  'line.team': { payload: verdictWeeksQuerySchema, answer: answerOf(verdictWeeksSchema) },
  /** Everything that was counted of a contact's sound, as a file; answers where, null: the user thought better of it. */
  'line.export': {
    payload: Type.Object(
      { contactId: Type.String({ format: 'uuid' }) },
      { additionalProperties: false },
    ),
    answer: answerOf(Type.Union([Type.String(), nothing])),
  },
} as const;
