import { Type } from 'typebox';
import {
  contactGuidanceSchema,
  guidanceBookSchema,
  scriptMoveSchema,
  verificationPressSchema,
} from '../api/guidance.ts';
import { answerOf } from './answer.ts';

/** What the UI asks of main about scripts, pieces of text and verification. */

const strict = { additionalProperties: false } as const;

export const guidanceRequests = {
  /** Kept by main for as long as it is in force, so that a call needs no network for it. */
  'guidance.book': { payload: Type.Null(), answer: answerOf(guidanceBookSchema) },
  /** Both are on the disk before they are answered. */
  'guidance.move': { payload: scriptMoveSchema, answer: answerOf(Type.Null()) },
  'guidance.press': { payload: verificationPressSchema, answer: answerOf(Type.Null()) },
  'guidance.ofContact': {
    payload: Type.Object({ contactId: Type.String({ format: 'uuid' }) }, strict),
    answer: answerOf(contactGuidanceSchema),
  },
} as const;
