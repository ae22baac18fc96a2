import { Type } from 'typebox';
import {
  agentQueuesSchema,
  postTeamMessageSchema,
  putAgentQueuesSchema,
  teamMessageAnswerSchema,
  teamMessagesSchema,
} from '../api/acting.ts';
import { contactHandsSchema, postHandMessageSchema } from '../api/help.ts';
import { completeWrapUpSchema, owedWrapUpsSchema } from '../api/wrap-ups.ts';
import { agentViewSchema } from '../api/records.ts';
import { putAgentStateSchema } from '../api/routes.ts';
import { answerOf } from './answer.ts';

/** What the UI asks of main about help, and about acting on agents' work. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const uuid = Type.String({ format: 'uuid' });
const handOnly = Type.Object({ handId: uuid }, strict);

export const helpRequests = {
  /** Raises a hand in this call; one that is up already stays. */
  'help.raise': {
    payload: Type.Object({ callKey: Type.String({ minLength: 1, maxLength: 128 }) }, strict),
    answer: answerOf(nothing),
  },
  /** `from`: who has it as the page shows it; null: nobody. */
  'help.take': {
    payload: Type.Object({ handId: uuid, from: Type.Union([uuid, nothing]) }, strict),
    answer: answerOf(nothing),
  },
  'help.release': { payload: handOnly, answer: answerOf(nothing) },
  'help.lower': { payload: handOnly, answer: answerOf(nothing) },
  'help.write': {
    payload: Type.Object({ handId: uuid, ...postHandMessageSchema.properties }, strict),
    answer: answerOf(nothing),
  },
  'help.ofContact': {
    payload: Type.Object({ contactId: uuid }, strict),
    answer: answerOf(contactHandsSchema),
  },
} as const;

export const actingRequests = {
  'acting.setState': {
    payload: Type.Object({ agentId: uuid, ...putAgentStateSchema.properties }, strict),
    answer: answerOf(agentViewSchema),
  },
  'acting.queues': {
    payload: Type.Object({ agentId: uuid }, strict),
    answer: answerOf(agentQueuesSchema),
  },
  'acting.putQueues': {
    payload: Type.Object({ agentId: uuid, ...putAgentQueuesSchema.properties }, strict),
    answer: answerOf(agentQueuesSchema),
  },
  /** Wrap-ups that agents of this supervisor left behind, the oldest first. */
  'acting.owed': { payload: nothing, answer: answerOf(owedWrapUpsSchema) },
  'acting.completeWrapUp': {
    payload: Type.Object({ callId: uuid, ...completeWrapUpSchema.properties }, strict),
    answer: answerOf(nothing),
  },
  'acting.messages': { payload: nothing, answer: answerOf(teamMessagesSchema) },
  'acting.message': {
    payload: postTeamMessageSchema,
    answer: answerOf(teamMessageAnswerSchema),
  },
  /** The agent has read what a supervisor did or wrote. */
  'memos.read': {
    payload: Type.Object({ memoId: uuid }, strict),
    answer: answerOf(nothing),
  },
} as const;
