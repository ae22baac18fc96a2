import { Type, type Static } from 'typebox';
import { idSchema, maybe } from '../http/wire.ts';

/** So much of Zendesk's answers as is used (developer.zendesk.com/api-reference/ticketing). */

export const userSchema = Type.Object({
  id: idSchema,
  name: Type.String(),
  phone: maybe(Type.String()),
  email: maybe(Type.String()),
  created_at: maybe(Type.String()),
});

export const usersSchema = Type.Object({ users: Type.Array(userSchema) });

export const ticketSchema = Type.Object({
  id: idSchema,
  subject: maybe(Type.String()),
  status: maybe(Type.String()),
  updated_at: maybe(Type.String()),
});

export const userAnswerSchema = Type.Object({ user: userSchema });

export const ticketsSchema = Type.Object({ tickets: Type.Array(ticketSchema) });

export const ticketAnswerSchema = Type.Object({ ticket: ticketSchema });

/** Search mixes kinds: those that are no ticket are left out by their `result_type`. */
export const searchSchema = Type.Object({
  results: Type.Array(Type.Object({ id: idSchema, result_type: maybe(Type.String()) })),
});

export const commentsSchema = Type.Object({
  comments: Type.Array(Type.Object({ body: maybe(Type.String()) })),
});

export const articlesSchema = Type.Object({
  results: Type.Array(
    Type.Object({
      id: idSchema,
      title: Type.String(),
      snippet: maybe(Type.String()),
      html_url: Type.String(),
    }),
  ),
});

export type ZendeskUser = Static<typeof userSchema>;
export type ZendeskTicket = Static<typeof ticketSchema>;
