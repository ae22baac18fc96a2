import { Type, type Static } from 'typebox';
import {
  deskSupervisionSchema,
  joinRecordSchema,
  postJoinSchema,
  supervisionModeSchema,
  takenOverSchema,
} from '../api/supervision.ts';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/** A supervisor on an agent's call, between UI, main and phone engine. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const uuid = Type.String({ format: 'uuid' });

export const supervisionRequests = {
  /** Answers when the own phone hears the call. */
  'supervision.join': {
    payload: Type.Omit(postJoinSchema, ['joinId'], strict),
    answer: answerOf(nothing),
  },
  /** Answers when it is confirmed. The microphone follows what is confirmed, and closes before anything is asked. */
  'supervision.mode': {
    payload: Type.Object({ mode: supervisionModeSchema }, strict),
    answer: answerOf(nothing),
  },
  'supervision.leave': { payload: nothing, answer: answerOf(nothing) },
  'supervision.takeOver': { payload: nothing, answer: answerOf(nothing) },
  /** Why it ended was read. */
  'supervision.dismiss': { payload: nothing, answer: answerOf(nothing) },
  'supervision.ofContact': {
    payload: Type.Object({ contactId: uuid }, strict),
    answer: answerOf(Type.Array(joinRecordSchema)),
  },
} as const;

/** main -> engine: what this phone is to do about joins; whole, at every change. */
export const joinOrderSchema = Type.Object({
  /** The join whose call it takes by itself; every other is refused. null: none. */
  joinId: Type.Union([uuid, nothing]),
  microphoneOpen: Type.Boolean(),
  /** The call that is being handed to this phone, which answers it by itself. */
  takeOver: Type.Union([Type.String({ maxLength: 128 }), nothing]),
});

/** The phone's part in a join; it is none of its calls. */
export const phoneJoinSchema = Type.Object({
  joinId: uuid,
  state: Type.Enum(['connecting', 'connected']),
  /** Read from what is sent. */
  microphone: Type.Enum(['closed', 'open']),
});

/** What the desk shows of joins. */
export const deskJoinsSchema = {
  ...deskSupervisionSchema,
  /** The latest call that a supervisor took over from this agent. */
  takenOver: Type.Optional(Type.Union([takenOverSchema, nothing])),
};

export type JoinOrder = Immutable<Static<typeof joinOrderSchema>>;
