import { Type, type Static } from 'typebox';
import { idSchema, maybe } from '../http/wire.ts';

/** So much of Freshdesk's answers as is used (developers.freshdesk.com/api). */

export const contactSchema = Type.Object({
  id: idSchema,
  name: maybe(Type.String()),
  phone: maybe(Type.String()),
  mobile: maybe(Type.String()),
  email: maybe(Type.String()),
  created_at: maybe(Type.String()),
});

export const contactsSchema = Type.Array(contactSchema);

export const foundContactsSchema = Type.Object({ results: contactsSchema });

/** Autocompletion tells no more. */
export const namesSchema = Type.Array(Type.Object({ id: idSchema }));

export const ticketSchema = Type.Object({
  id: idSchema,
  subject: maybe(Type.String()),
  status: Type.Integer(),
  updated_at: maybe(Type.String()),
  description_text: maybe(Type.String()),
});

export const ticketsSchema = Type.Array(ticketSchema);

export const conversationsSchema = Type.Array(Type.Object({ body_text: maybe(Type.String()) }));

export const articlesSchema = Type.Array(
  Type.Object({
    id: idSchema,
    title: Type.String(),
    description_text: maybe(Type.String()),
    status: maybe(Type.Integer()),
  }),
);

export const agentSchema = Type.Object({
  id: idSchema,
  contact: maybe(Type.Object({ name: maybe(Type.String()) })),
});

export type FreshdeskContact = Static<typeof contactSchema>;
export type FreshdeskTicket = Static<typeof ticketSchema>;
