import { Type, type Static } from 'typebox';
import {
  deadDeedsSchema,
  deedSchema,
  deedsSchema,
  escalationDraftSchema,
  newTicketSchema,
  ticketNoteSchema,
} from '../api/deeds.ts';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/** What the UI asks of main about what is written in other systems. */

const strict = { additionalProperties: false } as const;
const uuid = Type.String({ format: 'uuid' });
const deedOnly = Type.Object({ deedId: uuid }, strict);
const newTicket = Type.Object({ contactId: uuid, ...newTicketSchema.properties }, strict);

const writingSchema = Type.Object(
  {
    /** The same until it was taken: an answer that is lost writes nothing twice. */
    key: uuid,
    /** null: the first that can do it. */
    connectionId: Type.Union([uuid, Type.Null()]),
    /** Of a note: `type id`; null: the first. */
    ticket: Type.Union([Type.String({ maxLength: 500 }), Type.Null()]),
    /** What was drafted may be longer than what may be sent. */
    subject: Type.String({ maxLength: 2_000 }),
    body: Type.String({ maxLength: 100_000 }),
    isPublic: Type.Boolean(),
  },
  strict,
);

const writingAbout = { kind: Type.Enum(['ticket', 'note', 'escalation']), contactId: uuid };

/** What an agent was writing for another system, and has not sent. */
export const keptWritingSchema = Type.Object({ ...writingAbout, draft: writingSchema }, strict);

export type WriteDraft = Immutable<Static<typeof writingSchema>>;
export type KeptWriting = Immutable<Static<typeof keptWritingSchema>>;

export const deedRequests = {
  /** To this machine's journal; null: it was sent, or nobody wants it any more. */
  'deeds.keep': {
    payload: Type.Object(
      { ...writingAbout, draft: Type.Union([writingSchema, Type.Null()]) },
      strict,
    ),
    answer: answerOf(Type.Null()),
  },
  /** Of whoever is signed in. */
  'deeds.kept': {
    payload: Type.Null(),
    answer: answerOf(Type.Object({ drafts: Type.Array(keptWritingSchema) })),
  },
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
