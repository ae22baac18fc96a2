import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { labelSchema } from './records.ts';

/** What supervisors do to agents' work, and what the agents are told of it. All times are epoch ms. */

const strict = { additionalProperties: false } as const;
const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** What a supervisor did or says, kept for the agent until it was read. `by` is the supervisor's name. */
export const memoSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('message'),
    id,
    by: Type.String(),
    at: Type.Integer(),
    text: Type.String(),
  }),
  Type.Object({
    kind: Type.Literal('queues'),
    id,
    by: Type.String(),
    at: Type.Integer(),
    /** The queues served from then on. */
    queues: Type.Array(Type.String()),
    /** Until when; null: until somebody changes them again. */
    until: nullable(Type.Integer()),
  }),
  Type.Object({
    kind: Type.Literal('wrap_up'),
    id,
    by: Type.String(),
    at: Type.Integer(),
    contactId: id,
    /** The customer's name, else the number; empty: nobody knows. */
    who: Type.String(),
  }),
]);

export const queueChangeSpans = ['today', 'kept'] as const;

/** GET and PUT /agents/:userId/queues */
export const agentQueuesSchema = Type.Object({
  /** All of the centre, in order. */
  queues: Type.Array(
    Type.Object({
      name: Type.String(),
      label: labelSchema,
      serves: Type.Boolean(),
      /** Serves it when what is for today is over. */
      usually: Type.Boolean(),
    }),
  ),
  /** When what is for today ends; null: nothing is for today only. */
  until: nullable(Type.Integer()),
});

export const putAgentQueuesSchema = Type.Object(
  {
    queues: Type.Array(Type.String({ maxLength: 80 }), { maxItems: 200, uniqueItems: true }),
    span: Type.Enum([...queueChangeSpans]),
  },
  strict,
);

/** GET /team-messages: to whom this supervisor may write, and what the supervisor wrote of late. */
export const teamMessagesSchema = Type.Object({
  teams: Type.Array(
    Type.Object({ name: Type.String(), label: labelSchema, people: Type.Integer() }),
  ),
  /** How many everybody is; null: this supervisor writes to the own team. */
  everybody: nullable(Type.Integer()),
  sent: Type.Array(
    Type.Object({
      id,
      /** null: to everybody. */
      team: nullable(Type.String()),
      text: Type.String(),
      at: Type.Integer(),
      to: Type.Integer(),
      read: Type.Integer(),
    }),
  ),
});

/** POST /team-messages: `messageId` is minted by the client; `team` null: to everybody. */
export const postTeamMessageSchema = Type.Object(
  {
    messageId: id,
    team: nullable(Type.String({ maxLength: 64 })),
    text: Type.String({ minLength: 1, maxLength: 1_000 }),
  },
  strict,
);
export const teamMessageAnswerSchema = Type.Object({ to: Type.Integer() });

/** What the desk's state says of it; absent in a state of before. */
export const deskMemosSchema = {
  /** Not read yet, the oldest first. */
  memos: Type.Optional(Type.Array(memoSchema)),
};

export type Memo = Immutable<Static<typeof memoSchema>>;
export type AgentQueues = Immutable<Static<typeof agentQueuesSchema>>;
export type QueueChangeSpan = (typeof queueChangeSpans)[number];
export type TeamMessages = Immutable<Static<typeof teamMessagesSchema>>;
