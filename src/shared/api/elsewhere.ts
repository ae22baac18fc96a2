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
  /** More is to come: `searching`, or what is open of somebody who was found. */
  isComplete: Type.Boolean(),
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

/** All connections' answers on the caller of one call. */
export const elsewhereSchema = Type.Object({
  callKey: Type.String(),
  sources: Type.Array(elsewhereSourceSchema),
});

export const elsewhereAnswerSchema = Type.Object({ sources: Type.Array(elsewhereSourceSchema) });

/** POST /contacts/:contactId/elsewhere/people: the agent has a record made there, and says that it is the caller's. */
export const createElsewhereSchema = Type.Object(
  { connectionId: id, name: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
);

/** GET /elsewhere/systems: what agents can write to and search. */
export const systemsSchema = Type.Object({
  systems: Type.Array(
    Type.Object({
      connectionId: id,
      /** As the administrator calls it. */
      name: Type.String(),
      connector: Type.String(),
      capabilities: Type.Array(capabilitySchema),
      /** What is escalated there is kept under the customer whose e-mail address it knows. Absent: it is not. */
      escalatesForCustomer: Type.Optional(Type.Boolean()),
    }),
  ),
});

/** GET /knowledge */
export const articleSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  /** Plain text. */
  snippet: Type.String(),
  url: Type.String(),
});

export const knowledgeSourceSchema = Type.Object({
  connectionId: id,
  name: Type.String(),
  connector: Type.String(),
  articles: Type.Array(articleSchema),
  /** Why there are none. */
  why: Type.Optional(connectionFailureSchema),
});

export const knowledgeSchema = Type.Object({ sources: Type.Array(knowledgeSourceSchema) });

/** POST /contacts/:contactId/elsewhere/confirm */
export const confirmPersonSchema = Type.Object(
  {
    connectionId: id,
    type: Type.String({ minLength: 1, maxLength: 64 }),
    id: Type.String({ minLength: 1, maxLength: 255 }),
  },
  { additionalProperties: false },
);

export type ConnectedSystem = Immutable<Static<typeof systemsSchema>>['systems'][number];
export type ElsewherePerson = Immutable<Static<typeof elsewherePersonSchema>>;
export type ElsewhereItem = Immutable<Static<typeof elsewhereItemSchema>>;
export type ElsewhereSource = Immutable<Static<typeof elsewhereSourceSchema>>;
export type Elsewhere = Immutable<Static<typeof elsewhereSchema>>;
export type KnowledgeSource = Immutable<Static<typeof knowledgeSourceSchema>>;
export type CreateElsewhere = Immutable<Static<typeof createElsewhereSchema>>;
export type ConfirmPerson = Immutable<Static<typeof confirmPersonSchema>>;
