import { Type, type Static } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Notion's answers as is used (developers.notion.com/reference, version 2025-09-03). */

export const botSchema = Type.Object({
  object: Type.Literal('user'),
  name: maybe(Type.String()),
  bot: maybe(Type.Object({ workspace_name: maybe(Type.String()) })),
});

const richTextSchema = Type.Array(Type.Object({ plain_text: maybe(Type.String()) }));

/** The property of the title is called as its page's data source likes; its type says what it is. */
export const pageSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  url: maybe(Type.String()),
  in_trash: maybe(Type.Boolean()),
  archived: maybe(Type.Boolean()),
  properties: maybe(
    Type.Record(
      Type.String(),
      Type.Object({ type: maybe(Type.String()), title: maybe(Type.Unknown()) }),
    ),
  ),
});

export const titleSchema = richTextSchema;

export const pagesSchema = Type.Object({
  object: Type.Literal('list'),
  results: Type.Array(pageSchema),
});

/** A block has its text under the name of its type: `{"type":"paragraph","paragraph":{"rich_text":[…]}}`. */
export const blocksSchema = Type.Object({
  results: Type.Array(Type.Record(Type.String(), Type.Unknown())),
});

export const blockTextSchema = Type.Object({ rich_text: richTextSchema });

export type NotionPage = Static<typeof pageSchema>;
export type RichText = Static<typeof richTextSchema>;
