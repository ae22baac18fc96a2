import { Type, type Static } from 'typebox';
import { boardPushSchema } from '../api/board.ts';
import { reportSchema } from '../api/reports.ts';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/** The floor: what everybody is doing, while a supervisor looks. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const time = Type.Integer({ minimum: 0 });

export const floorRequests = {
  /** Everything follows as an event, then whoever changed; asked again, everything comes again. */
  'floor.open': { payload: nothing, answer: answerOf(nothing) },
  'floor.close': { payload: nothing, answer: answerOf(nothing) },
  /** Each queue's day in half hours, epoch ms. */
  'floor.day': {
    payload: Type.Object({ from: time, to: time }, strict),
    answer: answerOf(reportSchema),
  },
} as const;

export const floorEvents = {
  'floor.changed': Type.Union([
    boardPushSchema,
    /** The line to the board is down; it opens again by itself, and everything comes again. `since` is epoch ms. */
    Type.Object({ kind: Type.Literal('away'), since: Type.Integer() }),
  ]),
} as const;

export type FloorEvent = Immutable<Static<(typeof floorEvents)['floor.changed']>>;
