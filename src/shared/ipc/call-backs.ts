import { Type, type Static } from 'typebox';
import {
  callBackDeeds,
  callBackPageSchema,
  callBackQuerySchema,
  callBackSchema,
  callBacksAboutQuerySchema,
  callBacksAboutSchema,
  deskCallBacksSchema,
  postCallBackSchema,
  putCallBackOwnerSchema,
  putCallBackSchema,
} from '../api/call-backs.ts';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/** What passes between the UI and main about call-backs and follow-ups. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const callBackId = Type.String({ format: 'uuid' });

export const callBackRequests = {
  'callBacks.page': { payload: callBackQuerySchema, answer: answerOf(callBackPageSchema) },
  /** Of a contact, or of a customer. */
  'callBacks.about': {
    payload: callBacksAboutQuerySchema,
    answer: answerOf(callBacksAboutSchema),
  },
  'callBacks.schedule': { payload: postCallBackSchema, answer: answerOf(callBackSchema) },
  'callBacks.change': {
    payload: Type.Object({ callBackId, ...putCallBackSchema.properties }, strict),
    answer: answerOf(callBackSchema),
  },
  'callBacks.give': {
    payload: Type.Object({ callBackId, ...putCallBackOwnerSchema.properties }, strict),
    answer: answerOf(callBackSchema),
  },
  'callBacks.act': {
    payload: Type.Object({ callBackId, deed: Type.Enum([...callBackDeeds]) }, strict),
    answer: answerOf(callBackSchema),
  },
  /** The reminder was read; null: the one of what was due at the sign-in. */
  'callBacks.dismiss': {
    payload: Type.Object({ callBackId: Type.Union([callBackId, nothing]) }, strict),
    answer: answerOf(nothing),
  },
} as const;

export const callBackNewsSchema = Type.Object({
  /** How many of the own ones are due. */
  due: Type.Integer(),
  /** So many of them were due at the sign-in, which nobody has read yet. */
  overdue: Type.Integer(),
  /** To be told now, the earliest first; nothing while a call rings or goes on. */
  reminders: Type.Array(
    Type.Object({
      id: callBackId,
      kind: Type.Enum(['soon', 'due']),
      dueAt: Type.Integer(),
    }),
  ),
});
export type CallBackNews = Immutable<Static<typeof callBackNewsSchema>>;

/** Of the desk's snapshot; absent: nobody is signed in. */
export const deskCallBackParts = {
  callBacks: Type.Optional(Type.Union([deskCallBacksSchema, nothing])),
  callBackNews: Type.Optional(Type.Union([callBackNewsSchema, nothing])),
};
