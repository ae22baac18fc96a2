import { Type } from 'typebox';
import {
  deadDeedsSchema,
  deedSchema,
  deedsSchema,
  escalationDraftSchema,
  newTicketSchema,
  ticketNoteSchema,
} from '../api/deeds.ts';
import { answerOf } from './answer.ts';

/** What the UI asks of main about what is written in other systems. */

const strict = { additionalProperties: false } as const;
const uuid = Type.String({ format: 'uuid' });
const deedOnly = Type.Object({ deedId: uuid }, strict);
const newTicket = Type.Object({ contactId: uuid, ...newTicketSchema.properties }, strict);

export const deedRequests = {
  'deeds.ticket': { payload: newTicket, answer: answerOf(deedSchema) },
  'deeds.note': {
    payload: Type.Object({ contactId: uuid, ...ticketNoteSchema.properties }, strict),
    answer: answerOf(deedSchema),
  },
  'deeds.escalate': { payload: newTicket, answer: answerOf(deedSchema) },
  'deeds.draft': {
    payload: Type.Object({ contactId: uuid, language: Type.Enum(['en', 'es', 'pt']) }, strict),
    answer: answerOf(escalationDraftSchema),
  },
  'deeds.ofContact': {
    payload: Type.Object({ contactId: uuid }, strict),
    answer: answerOf(deedsSchema),
  },
  /** For supervisors and administrators. */
  'deeds.dead': { payload: Type.Null(), answer: answerOf(deadDeedsSchema) },
  'deeds.retry': { payload: deedOnly, answer: answerOf(deedSchema) },
  'deeds.letGo': { payload: deedOnly, answer: answerOf(deedSchema) },
} as const;
