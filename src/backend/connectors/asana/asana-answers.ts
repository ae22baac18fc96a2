import { Type, type Static } from 'typebox';
import { maybe } from '../http/wire.ts';

/** So much of Asana's answers as is used (developers.asana.com/reference). */

export const namedSchema = Type.Object({ data: Type.Object({ name: Type.String() }) });

export const taskSchema = Type.Object({
  gid: Type.String({ minLength: 1 }),
  permalink_url: maybe(Type.String()),
});

export const taskAnswerSchema = Type.Object({ data: taskSchema });

export type AsanaTask = Static<typeof taskSchema>;
