import { Type, type Static } from 'typebox';
import { idSchema, maybe } from '../http/wire.ts';

/** So much of Intercom's answers as is used (developers.intercom.com/docs/references/rest-api, version 2.16). Times are Unix s. */

export const meSchema = Type.Object({
  id: idSchema,
  app: Type.Object({ id_code: Type.String({ minLength: 1 }), name: maybe(Type.String()) }),
});

export const contactSchema = Type.Object({
  id: idSchema,
  name: maybe(Type.String()),
  phone: maybe(Type.String()),
  email: maybe(Type.String()),
  workspace_id: maybe(Type.String()),
  created_at: maybe(Type.Integer()),
});

export const contactsSchema = Type.Object({ data: Type.Array(contactSchema) });

export const notesSchema = Type.Object({
  data: Type.Array(Type.Object({ body: maybe(Type.String()) })),
  pages: maybe(Type.Object({ total_pages: maybe(Type.Integer()) })),
});

export const conversationSchema = Type.Object({
  id: idSchema,
  title: maybe(Type.String()),
  state: maybe(Type.String()),
  updated_at: maybe(Type.Integer()),
  source: maybe(Type.Object({ subject: maybe(Type.String()), body: maybe(Type.String()) })),
});

export const conversationsSchema = Type.Object({ conversations: Type.Array(conversationSchema) });

export const ticketSchema = Type.Object({
  id: idSchema,
  /** What people call it by, unlike `id`. */
  ticket_id: maybe(idSchema),
  ticket_attributes: maybe(Type.Record(Type.String(), Type.Unknown())),
  ticket_state: maybe(
    Type.Object({ category: maybe(Type.String()), internal_label: maybe(Type.String()) }),
  ),
  updated_at: maybe(Type.Integer()),
});

export const ticketsSchema = Type.Object({ tickets: Type.Array(ticketSchema) });

export const ticketTypesSchema = Type.Object({
  data: Type.Array(Type.Object({ id: idSchema, archived: maybe(Type.Boolean()) })),
});

const partsSchema = Type.Array(Type.Object({ body: maybe(Type.String()) }));

/** Of a ticket or a conversation, whichever was asked for. */
export const withPartsSchema = Type.Object({
  id: idSchema,
  ticket_parts: maybe(Type.Object({ ticket_parts: partsSchema })),
  conversation_parts: maybe(Type.Object({ conversation_parts: partsSchema })),
});

const piecesSchema = Type.Array(Type.Object({ text: maybe(Type.String()) }));

export const articlesSchema = Type.Object({
  data: Type.Object({
    articles: Type.Array(
      Type.Object({
        id: idSchema,
        title: Type.String(),
        description: maybe(Type.String()),
        /** Null: it is in no help centre. */
        url: maybe(Type.String()),
      }),
    ),
    highlights: maybe(
      Type.Array(
        Type.Object({ article_id: idSchema, highlighted_summary: maybe(Type.Array(piecesSchema)) }),
      ),
    ),
  }),
});

export type IntercomContact = Static<typeof contactSchema>;
export type IntercomConversation = Static<typeof conversationSchema>;
export type IntercomTicket = Static<typeof ticketSchema>;
