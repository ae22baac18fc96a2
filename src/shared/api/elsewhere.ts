import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { capabilitySchema, connectionFailureSchema } from './connections.ts';

/** What other systems know of a caller: a part of the card, filled in as they answer. */

const id = Type.String({ format: 'uuid' });

export const elsewherePersonSchema = Type.Object({
  /** As the vendor calls its kind: `user`, `Contact`. */
  type: Type.String({ maxLength: 64 }),
  id: Type.String({ maxLength: 255 }),
  name: Type.String(),
  company: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  /** The number by which it was found, as it is written there. */
  phone: Type.Optional(Type.String()),
  /** `confirmed`: an agent said so, now or in a call before. `exact`: the very number. `maybe`: its end. */
  grade: Type.Enum(['confirmed', 'exact', 'maybe']),
  url: Type.String(),
});

export const elsewhereItemSchema = Type.Object({
  type: Type.String({ maxLength: 64 }),
  id: Type.String({ maxLength: 255 }),
  /** What people call it by: `#4711`. */
  reference: Type.String(),
  title: Type.String(),
  /** In the vendor's words. */
  status: Type.String(),
  isOpen: Type.Boolean(),
  /** Epoch ms; 0: nobody knows. */
  updatedAt: Type.Integer(),
  url: Type.String(),
});

/** One connection's answer. */
export const elsewhereSourceSchema = Type.Object({
  connectionId: id,
  /** As the administrator calls it. */
  name: Type.String(),
  connector: Type.String(),
  state: Type.Enum(['searching', 'found', 'nobody', 'failed']),
  /** Of `failed`; or of items that could not be had. */
  why: Type.Optional(connectionFailureSchema),
  /** Best first; at most eight. */
  people: Type.Array(elsewherePersonSchema),
  /** There are more than are told. */
  hasMore: Type.Boolean(),
  /** Of the one person that it is: open ones first, then the newest. */
  items: Type.Array(elsewhereItemSchema),
  capabilities: Type.Array(capabilitySchema),
});

export const elsewhereSchema = Type.Array(elsewhereSourceSchema);

/** POST /contacts/:contactId/elsewhere/confirm */
export const confirmPersonSchema = Type.Object(
  {
    connectionId: id,
    type: Type.String({ minLength: 1, maxLength: 64 }),
    id: Type.String({ minLength: 1, maxLength: 255 }),
  },
  { additionalProperties: false },
);

export type ElsewherePerson = Immutable<Static<typeof elsewherePersonSchema>>;
export type ElsewhereItem = Immutable<Static<typeof elsewhereItemSchema>>;
export type ElsewhereSource = Immutable<Static<typeof elsewhereSourceSchema>>;
export type ConfirmPerson = Immutable<Static<typeof confirmPersonSchema>>;
