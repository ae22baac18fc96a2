import { Type } from 'typebox';
import {
  coachingNoteSchema,
  coachingQuerySchema,
  coachingSchema,
  contactNotesSchema,
  postNoteSchema,
} from '../api/coaching.ts';
import { acknowledgeSchema } from '../api/quality.ts';
import { answerOf } from './answer.ts';

/** What the UI asks of main about what supervisors tell agents. */

const strict = { additionalProperties: false } as const;
const uuid = Type.String({ format: 'uuid' });

export const coachingRequests = {
  'coaching.page': { payload: coachingQuerySchema, answer: answerOf(coachingSchema) },
  'coaching.notes': {
    payload: Type.Object({ contactId: uuid }, strict),
    answer: answerOf(contactNotesSchema),
  },
  'coaching.write': {
    payload: Type.Object({ contactId: uuid, ...postNoteSchema.properties }, strict),
    answer: answerOf(coachingNoteSchema),
  },
  'coaching.remove': {
    payload: Type.Object({ noteId: uuid }, strict),
    answer: answerOf(Type.Null()),
  },
  'coaching.acknowledge': {
    payload: Type.Object({ noteId: uuid, ...acknowledgeSchema.properties }, strict),
    answer: answerOf(coachingNoteSchema),
  },
} as const;
