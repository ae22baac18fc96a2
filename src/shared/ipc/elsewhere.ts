import { Type } from 'typebox';
import {
  connectionSchema,
  connectionsSchema,
  connectionTestSchema,
  dispositionsSchema,
  saveConnectionSchema,
} from '../api/connections.ts';
import {
  confirmPersonSchema,
  createElsewhereSchema,
  elsewhereAnswerSchema,
  knowledgeSchema,
  systemsSchema,
} from '../api/elsewhere.ts';
import { answerOf } from './answer.ts';

/** What the UI asks of main about other systems: who the caller is there, what is known there, and how they are connected. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const uuid = Type.String({ format: 'uuid' });
const connectionOnly = Type.Object({ connectionId: uuid }, strict);

export const elsewhereRequests = {
  'elsewhere.confirm': {
    payload: Type.Object({ contactId: uuid, ...confirmPersonSchema.properties }, strict),
    answer: answerOf(elsewhereAnswerSchema),
  },
  'elsewhere.create': {
    payload: Type.Object({ contactId: uuid, ...createElsewhereSchema.properties }, strict),
    answer: answerOf(elsewhereAnswerSchema),
  },
  /** Past what is remembered. */
  'elsewhere.again': {
    payload: Type.Object({ contactId: uuid }, strict),
    answer: answerOf(elsewhereAnswerSchema),
  },
  'elsewhere.search': {
    payload: Type.Object({ text: Type.String({ minLength: 2, maxLength: 128 }) }, strict),
    answer: answerOf(elsewhereAnswerSchema),
  },
  /** What agents can write to and search. */
  'elsewhere.systems': { payload: nothing, answer: answerOf(systemsSchema) },
  'knowledge.search': {
    payload: Type.Object(
      {
        text: Type.String({ minLength: 2, maxLength: 200 }),
        /** BCP 47: help centres answer in the reader's language. */
        locale: Type.Optional(Type.String({ maxLength: 35 })),
        /** Absent: everywhere. */
        connectionId: Type.Optional(uuid),
      },
      strict,
    ),
    answer: answerOf(knowledgeSchema),
  },
  /** A page of another system, in the browser; only one that this desk was told of. */
  'elsewhere.open': {
    payload: Type.Object({ url: Type.String({ maxLength: 2_000 }) }, strict),
    answer: answerOf(nothing),
  },
} as const;

export const connectionRequests = {
  'connections.list': { payload: nothing, answer: answerOf(connectionsSchema) },
  'connections.save': {
    payload: Type.Object(
      { connectionId: Type.Union([uuid, nothing]), connection: saveConnectionSchema },
      strict,
    ),
    answer: answerOf(connectionSchema),
  },
  'connections.remove': { payload: connectionOnly, answer: answerOf(nothing) },
  'connections.test': { payload: connectionOnly, answer: answerOf(connectionTestSchema) },
  /** Opens the vendor's sign-in in the administrator's own browser. */
  'connections.authorize': { payload: connectionOnly, answer: answerOf(nothing) },
  'connections.dispositions': { payload: connectionOnly, answer: answerOf(dispositionsSchema) },
} as const;
