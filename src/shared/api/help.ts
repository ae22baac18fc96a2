import { Type, type Static } from 'typebox';
import { handEnds } from '../domain/help/hand.ts';
import type { Immutable } from '../immutable.ts';
import { directionSchema, labelSchema } from './records.ts';

/** Hands that agents raise, and what is written beside the call. All times are epoch ms. */

const strict = { additionalProperties: false } as const;
const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const person = Type.Object({ id, name: Type.String() });

export const handMessageSchema = Type.Object({
  id,
  author: person,
  at: Type.Integer(),
  text: Type.String(),
});

export const handSchema = Type.Object({
  id,
  agent: person,
  contactId: id,
  callKey: Type.String(),
  queue: nullable(Type.String()),
  /** What the queue is called; null: there is none. */
  queueLabel: nullable(labelSchema),
  direction: directionSchema,
  /** When the contact began. */
  startedAt: Type.Integer(),
  /** The customer's name, else the number; empty: nobody knows. */
  who: Type.String(),
  raisedAt: Type.Integer(),
  /** null: nobody took it yet. */
  taken: nullable(Type.Object({ by: person, at: Type.Integer() })),
  /** null: it is up. */
  over: nullable(
    Type.Object({ why: Type.Enum([...handEnds]), at: Type.Integer(), by: nullable(person) }),
  ),
  messages: Type.Array(handMessageSchema),
  /** Rises with every change of this hand. */
  revision: Type.Integer(),
});

/** POST /hands: `handId` is minted by the client, so that asking twice raises one. */
export const raiseHandSchema = Type.Object(
  { handId: id, callKey: Type.String({ minLength: 1, maxLength: 128 }) },
  strict,
);

/** POST /hands/:handId/take: `from` is who has it as the supervisor sees it; null: nobody. */
export const takeHandSchema = Type.Object({ from: nullable(id) }, strict);

/** POST /hands/:handId/messages: `messageId` is minted by the client. */
export const postHandMessageSchema = Type.Object(
  { messageId: id, text: Type.String({ minLength: 1, maxLength: 2_000 }) },
  strict,
);

/** GET /contacts/:contactId/hands: those that this user may read, the first one first. */
export const contactHandsSchema = Type.Object({ hands: Type.Array(handSchema) });

/** What the desk's state says of hands; absent in a state of before. */
export const deskHelpSchema = {
  /** The agent's own of calls on the desk, and for a supervisor those of the team that are up. */
  hands: Type.Optional(Type.Array(handSchema)),
  /** Addresses of the centre that may be opened from what is written, `*` for anything in the path. */
  helpPages: Type.Optional(Type.Array(Type.String())),
};

export type HandView = Immutable<Static<typeof handSchema>>;
export type HandMessage = Immutable<Static<typeof handMessageSchema>>;
export type ContactHands = Immutable<Static<typeof contactHandsSchema>>;
