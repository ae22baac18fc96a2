import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { agentStateSchema } from './records.ts';

/** The board: who works now and at what, for whoever supervises them. All times are epoch ms. */

export const boardAgentSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  extension: Type.String(),
  /** null: of no team. */
  team: Type.Union([Type.String(), Type.Null()]),
  queues: Type.Array(Type.String()),
  state: agentStateSchema,
  since: Type.Integer(),
  doNotDisturb: Type.Boolean(),
  /** Rises with every change of this agent. */
  revision: Type.Integer(),
});

/**
 * What the backend sends over the WebSocket at `/board`: everybody first, then whoever changed. `revision` rises with
 * every message; nothing is left out while the line is open.
 */
export const boardPushSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('board'),
    revision: Type.Integer(),
    agents: Type.Array(boardAgentSchema),
  }),
  Type.Object({
    kind: Type.Literal('board_changed'),
    revision: Type.Integer(),
    agents: Type.Array(boardAgentSchema),
  }),
]);

export type BoardAgent = Immutable<Static<typeof boardAgentSchema>>;
export type BoardPush = Immutable<Static<typeof boardPushSchema>>;
