import { Type, type Static } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Trello's answers as is used (developer.atlassian.com/cloud/trello/rest). */

export const memberSchema = Type.Object({ fullName: Type.String() });

export const listSchema = Type.Object({
  name: Type.String(),
  closed: maybe(Type.Boolean()),
});

export const cardSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  shortUrl: maybe(Type.String()),
});

export const cardsSchema = Type.Array(
  Type.Object({ ...cardSchema.properties, desc: maybe(Type.String()) }),
);

export type TrelloCard = Static<typeof cardSchema>;
