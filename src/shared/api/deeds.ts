import { Type, type Static } from 'typebox';
import { deedKinds, deedStates } from '../domain/deed/deed.ts';
import type { Immutable } from '../immutable.ts';
import { connectionFailureSchema } from './connections.ts';

/** What is written in other systems, by itself or by hand, and how far it got. All times are epoch ms. */

const strict = { additionalProperties: false } as const;
const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const deedSchema = Type.Object({
  id,
  kind: Type.Enum([...deedKinds]),
  contactId: id,
  connectionId: id,
  /** As the administrator calls it. */
  connection: Type.String(),
  connector: Type.String(),
  /** `dead`: nobody tries again unless somebody says so. `cancelled`: somebody let it go. */
  state: Type.Enum([...deedStates]),
  /** Why it went wrong last; absent: it did not. */
  why: Type.Optional(connectionFailureSchema),
  /** For whoever looks after the connection, in English. */
  message: Type.Optional(Type.String()),
  attempts: Type.Integer(),
  madeAt: Type.Integer(),
  /** null: it was made by itself. */
  by: nullable(Type.Object({ id, name: Type.String() })),
  /** null: nothing of it stands there yet. */
  doneAt: nullable(Type.Integer()),
  /** While it waits: not before. */
  nextAt: nullable(Type.Integer()),
  /** Of tickets and escalations. */
  subject: nullable(Type.String()),
  /** What people call it by there: `#4711`. */
  reference: nullable(Type.String()),
  url: nullable(Type.String()),
  /** By whoever asks. */
  mayRetry: Type.Boolean(),
});

export const deedsSchema = Type.Object({ deeds: Type.Array(deedSchema) });

/** GET /deeds: what failed last first. */
export const deadDeedsSchema = Type.Object({
  deeds: Type.Array(deedSchema),
  /** Of connections where something waits or is dead. */
  connections: Type.Array(
    Type.Object({ connectionId: id, waiting: Type.Integer(), dead: Type.Integer() }),
  ),
});

export const recordRefSchema = Type.Object(
  {
    /** As the vendor calls its kind: `ticket`, `Case`. */
    type: Type.String({ minLength: 1, maxLength: 64 }),
    id: Type.String({ minLength: 1, maxLength: 255 }),
  },
  strict,
);

/** Line breaks and tabs alone among what is not printed. */
const text = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]+$',
  });
const subject = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f]*[^\\u0000-\\u001f\\s][^\\u0000-\\u001f]*$',
});
/** Minted by the client, so that asking twice writes once. */
const key = id;

/** POST /contacts/:contactId/tickets, /contacts/:contactId/escalations */
export const newTicketSchema = Type.Object(
  { key, connectionId: id, subject, body: text(20_000) },
  strict,
);

/** POST /contacts/:contactId/ticket-notes */
export const ticketNoteSchema = Type.Object(
  { key, connectionId: id, ticket: recordRefSchema, text: text(20_000), isPublic: Type.Boolean() },
  strict,
);

/** PUT /contacts/:contactId/ticket: which of the connection's tickets it is about; the call is written there. */
export const chosenTicketSchema = Type.Object(
  { connectionId: id, ticket: nullable(recordRefSchema) },
  strict,
);

/** GET /contacts/:contactId/escalation-draft */
export const escalationDraftSchema = Type.Object({
  subject: Type.String(),
  body: Type.String(),
  /** Go with it: what the contact is about in other systems. Each may need a right there. */
  links: Type.Array(Type.Object({ title: Type.String(), url: Type.String() })),
});

export type DeedView = Immutable<Static<typeof deedSchema>>;
export type NewTicketGiven = Immutable<Static<typeof newTicketSchema>>;
export type TicketNoteGiven = Immutable<Static<typeof ticketNoteSchema>>;
export type ChosenTicket = Immutable<Static<typeof chosenTicketSchema>>;
export type EscalationDraft = Immutable<Static<typeof escalationDraftSchema>>;
