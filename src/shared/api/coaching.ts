import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { labelSchema } from './records.ts';

/** What supervisors tell agents about their conversations: notes and scores, and how those go over weeks. */

const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false } as const;
const person = Type.Object({ id, name: Type.String() });
const percent = nullable(Type.Number());

export const maximumNote = 5_000;

export const coachingNoteSchema = Type.Object({
  id,
  contactId: id,
  agent: person,
  author: person,
  text: Type.String(),
  writtenAt: Type.Integer(),
  acknowledgedAt: nullable(Type.Integer()),
  reply: Type.String(),
});

/** GET /contacts/:contactId/coaching-notes */
export const contactNotesSchema = Type.Object({ notes: Type.Array(coachingNoteSchema) });

/** POST /contacts/:contactId/coaching-notes; `noteId` is minted by the client. */
export const postNoteSchema = Type.Object(
  { noteId: id, agentId: id, text: Type.String({ minLength: 1, maxLength: maximumNote }) },
  strict,
);

/** GET /coaching?agentId= : of oneself; for a supervisor of an agent, or who there is. */
export const coachingQuerySchema = Type.Object({ agentId: Type.Optional(id) }, strict);

/** A note or a score, with the conversation that it is about. */
const aboutContact = {
  contactId: id,
  who: Type.String(),
  startedAt: Type.Integer(),
  queue: nullable(Type.String()),
};

export const coachingSchema = Type.Object({
  /** Whose page it is; null: a supervisor has chosen nobody yet. */
  agent: nullable(person),
  /** Whom a supervisor may look at, by name; with the last four weeks. */
  agents: Type.Array(
    Type.Object({
      id,
      name: Type.String(),
      reviews: Type.Integer(),
      percent,
      /** The latest note or score; null: there was none. */
      lastAt: nullable(Type.Integer()),
      unread: Type.Integer(),
    }),
  ),
  /** Weeks from Monday to Monday, the oldest first; the last one goes on. */
  weeks: Type.Array(Type.Object({ from: Type.Integer(), reviews: Type.Integer(), percent })),
  /** Of the form that was used last: each question in the last four weeks, and in the four before. */
  criteria: Type.Array(
    Type.Object({ key: Type.String(), label: labelSchema, percent, before: percent }),
  ),
  cards: Type.Array(
    Type.Object({
      id,
      ...aboutContact,
      form: labelSchema,
      percent,
      remark: Type.String(),
      scorer: person,
      scoredAt: Type.Integer(),
      acknowledgedAt: nullable(Type.Integer()),
      reply: Type.String(),
    }),
  ),
  notes: Type.Array(Type.Object({ ...coachingNoteSchema.properties, ...aboutContact })),
});

/** What an agent has not acknowledged yet; in the desk's state and by push. */
export const coachingNewsSchema = Type.Object({ unread: Type.Integer() });

export const deskCoachingSchema = { coaching: Type.Optional(coachingNewsSchema) };

export type CoachingNote = Immutable<Static<typeof coachingNoteSchema>>;
export type PostNote = Immutable<Static<typeof postNoteSchema>>;
export type Coaching = Immutable<Static<typeof coachingSchema>>;
export type CoachingNews = Immutable<Static<typeof coachingNewsSchema>>;
