import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { agentStateSchema, labelSchema, roleSchema } from './records.ts';
import { checkShownSchema } from './shift-checks.ts';

/** The board: who works now and at what, for whoever supervises them. All times are epoch ms. */

const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** A supervisor who is on a call now. */
export const boardJoinSchema = Type.Object({
  joinId: id,
  supervisorId: id,
  name: Type.String(),
  mode: Type.Enum(['listen', 'whisper', 'barge']),
});

/** A call that an agent has, or owes the wrap-up of. */
export const boardCallSchema = Type.Object({
  callKey: Type.String(),
  /** null: nothing is kept of it yet. */
  contactId: nullable(id),
  stage: Type.Enum(['ringing', 'talking', 'wrap_up']),
  direction: Type.Enum(['inbound', 'outbound']),
  queue: nullable(Type.String()),
  /** When it began to ring, was answered, or ended; null: nobody told yet. */
  since: nullable(Type.Integer()),
  /** How long the customer waited in the queue; null: in none, or still. */
  waitedMs: nullable(Type.Integer()),
  holds: Type.Integer(),
  /** null: it is not on hold. */
  onHoldSince: nullable(Type.Integer()),
  /** With a colleague about the customer, who is on hold meanwhile. */
  consulting: Type.Boolean(),
  /** The customer's name, else the number; empty: nobody knows. */
  customer: Type.String(),
  joins: Type.Array(boardJoinSchema),
});

/** A raised hand. */
export const boardHelpSchema = Type.Object({
  helpId: id,
  callKey: nullable(Type.String()),
  raisedAt: Type.Integer(),
  /** Who took it; null: nobody yet. */
  takenBy: nullable(Type.String()),
});

export const boardQualitySchema = Type.Enum(['good', 'fair', 'bad']);

export const boardAgentSchema = Type.Object({
  id,
  name: Type.String(),
  extension: Type.String(),
  role: roleSchema,
  /** null: of no team. */
  team: nullable(Type.String()),
  queues: Type.Array(Type.String()),
  state: agentStateSchema,
  since: Type.Integer(),
  doNotDisturb: Type.Boolean(),
  /** Rises with every change of this agent's state. */
  revision: Type.Integer(),
  /** Ringing first, then in the order that they began. */
  calls: Type.Array(boardCallSchema),
  /** Of the line, in a call; null: none, or nobody tells. */
  quality: nullable(boardQualitySchema),
  /** null: no hand is raised. */
  help: nullable(boardHelpSchema),
  /** The last check before a shift, of this day or the one before; absent: none. */
  check: Type.Optional(checkShownSchema),
});

/** A share counts from 0 to 1; null: there is nothing to count from. */
export const boardQueueSchema = Type.Object({
  name: Type.String(),
  waiting: Type.Integer(),
  /** When the first of those who wait began to; null: nobody waits. */
  waitingSince: nullable(Type.Integer()),
  /** Agents who could be offered a call now. */
  ready: Type.Integer(),
  /** Of contacts that entered in the last 30 minutes. */
  serviceLevelNow: nullable(Type.Number()),
  offeredNow: Type.Integer(),
  /** Since midnight in the centre's zone; as in reports. */
  serviceLevelToday: nullable(Type.Number()),
  offeredToday: Type.Integer(),
  answeredToday: Type.Integer(),
  /** Short ones left out. */
  abandonedToday: Type.Integer(),
});

/** What queues, reasons and teams are called and held to. */
export const boardTermsSchema = Type.Object({
  queues: Type.Array(
    Type.Object({
      name: Type.String(),
      label: labelSchema,
      targetHandleMs: Type.Integer(),
      /** Answered within so long is in time. */
      serviceLevelMs: Type.Integer(),
      /** So much of them ought to be, from 0 to 1. */
      serviceLevelTarget: Type.Number(),
    }),
  ),
  teams: Type.Array(Type.Object({ name: Type.String(), label: Type.Partial(labelSchema) })),
  reasons: Type.Array(
    Type.Object({
      code: Type.String(),
      label: labelSchema,
      maximumMinutes: nullable(Type.Integer()),
    }),
  ),
  /** What is counted as today. */
  day: Type.Object({ from: Type.Integer(), to: Type.Integer(), zone: Type.String() }),
});

/**
 * What the backend sends over the WebSocket at `/board`: everything first, and again when the terms change; then whoever
 * changed, whole. `revision` rises by one with every message of a line; one that is missing means: open another line.
 */
export const boardPushSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('board'),
    revision: Type.Integer(),
    terms: boardTermsSchema,
    agents: Type.Array(boardAgentSchema),
    queues: Type.Array(boardQueueSchema),
  }),
  Type.Object({
    kind: Type.Literal('board_changed'),
    revision: Type.Integer(),
    agents: Type.Array(boardAgentSchema),
    /** Agents who are not this supervisor's any more. */
    gone: Type.Array(id),
    queues: Type.Array(boardQueueSchema),
  }),
]);

export type BoardJoin = Immutable<Static<typeof boardJoinSchema>>;
export type BoardCall = Immutable<Static<typeof boardCallSchema>>;
export type BoardHelp = Immutable<Static<typeof boardHelpSchema>>;
export type BoardQuality = Immutable<Static<typeof boardQualitySchema>>;
export type BoardAgent = Immutable<Static<typeof boardAgentSchema>>;
export type BoardQueue = Immutable<Static<typeof boardQueueSchema>>;
export type BoardTerms = Immutable<Static<typeof boardTermsSchema>>;
export type BoardPush = Immutable<Static<typeof boardPushSchema>>;
