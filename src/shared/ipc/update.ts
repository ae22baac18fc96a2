import { Type, type Static } from 'typebox';
import { updateFailures, updateObstacles } from '../domain/update/update.ts';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/** New versions of the program: what the desk shows of them, and what the UI may ask. */

const nothing = Type.Null();
const obstacleSchema = Type.Union([Type.Enum([...updateObstacles]), nothing]);
const version = Type.String({ maxLength: 64 });

export const updateViewSchema = Type.Union([
  Type.Object({
    state: Type.Literal('off'),
    why: Type.Union([
      /** No administrator has said where new versions come from. */
      Type.Literal('no_feed'),
      /** Started from its sources, or installed by the system, which keeps it up to date. */
      Type.Literal('not_replaceable'),
      /** The address is not one that code may come from. */
      Type.Literal('feed_not_allowed'),
    ]),
  }),
  /** null: not asked yet. */
  Type.Object({
    state: Type.Literal('newest'),
    checkedAt: Type.Union([Type.Number(), nothing]),
  }),
  Type.Object({ state: Type.Literal('checking') }),
  Type.Object({
    state: Type.Literal('downloading'),
    version,
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
  }),
  /** On the disk and proven; applied at the end of the program, or when asked for and nothing is in the way. */
  Type.Object({
    state: Type.Literal('ready'),
    version,
    notes: Type.String({ maxLength: 4_000 }),
    obstacle: obstacleSchema,
  }),
  Type.Object({
    state: Type.Literal('failed'),
    why: Type.Enum([...updateFailures]),
    at: Type.Number(),
  }),
]);
export type UpdateView = Immutable<Static<typeof updateViewSchema>>;

export const updateRequests = {
  /** Asks the feed now; what comes of it is in the desk's state. */
  'update.check': { payload: nothing, answer: answerOf(nothing) },
  /** Ends the program and starts the new one; refused while something is in the way, or where it cannot be done. */
  'update.apply': {
    payload: nothing,
    answer: answerOf(
      Type.Object({
        obstacle: obstacleSchema,
        failure: Type.Union([Type.Enum([...updateFailures]), nothing]),
      }),
    ),
  },
} as const;
