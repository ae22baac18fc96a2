import { Type, type Static } from 'typebox';
import { idSchema, maybe } from '../http/wire.ts';

/** So much of Help Scout's answers as is used (developer.helpscout.com/mailbox-api). Lists are HAL. */

export const meSchema = Type.Object({
  id: idSchema,
  firstName: maybe(Type.String()),
  lastName: maybe(Type.String()),
});

const valuesSchema = maybe(Type.Array(Type.Object({ value: maybe(Type.String()) })));

export const customerSchema = Type.Object({
  id: idSchema,
  firstName: maybe(Type.String()),
  lastName: maybe(Type.String()),
  organization: maybe(Type.String()),
  createdAt: maybe(Type.String()),
  _embedded: maybe(Type.Object({ phones: valuesSchema, emails: valuesSchema })),
});

export const customersSchema = Type.Object({
  _embedded: Type.Object({ customers: maybe(Type.Array(customerSchema)) }),
});

export const threadSchema = Type.Object({ body: maybe(Type.String()) });

export const conversationSchema = Type.Object({
  id: idSchema,
  /** What people call it by. */
  number: maybe(idSchema),
  subject: maybe(Type.String()),
  status: maybe(Type.String()),
  createdAt: maybe(Type.String()),
  userUpdatedAt: maybe(Type.String()),
  primaryCustomer: maybe(Type.Object({ id: maybe(idSchema) })),
  _embedded: maybe(Type.Object({ threads: maybe(Type.Array(threadSchema)) })),
});

export const conversationsSchema = Type.Object({
  _embedded: Type.Object({ conversations: maybe(Type.Array(conversationSchema)) }),
});

export const threadsSchema = Type.Object({
  _embedded: Type.Object({ threads: maybe(Type.Array(threadSchema)) }),
});

export const mailboxesSchema = Type.Object({
  _embedded: Type.Object({ mailboxes: maybe(Type.Array(Type.Object({ id: idSchema }))) }),
});

export type HelpScoutCustomer = Static<typeof customerSchema>;
export type HelpScoutConversation = Static<typeof conversationSchema>;
