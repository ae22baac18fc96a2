import { Type } from 'typebox';
import { adherenceExceptionSchema, decideExceptionSchema } from '../api/shifts.ts';
import { answerOf } from './answer.ts';

/** What a supervisor's UI asks of main about time that agents want excused. */
export const exceptionRequests = {
  /** What waits for a decision, of the agents whom this user supervises. */
  'shift.asked': { payload: Type.Null(), answer: answerOf(Type.Array(adherenceExceptionSchema)) },
  'shift.decide': {
    payload: Type.Object(
      { exceptionId: Type.String({ format: 'uuid' }), ...decideExceptionSchema.properties },
      { additionalProperties: false },
    ),
    answer: answerOf(adherenceExceptionSchema),
  },
} as const;
