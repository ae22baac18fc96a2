import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { memoSchema } from './acting.ts';
import { deskCallBacksSchema } from './call-backs.ts';
import { coachingNewsSchema } from './coaching.ts';
import { elsewhereSchema } from './elsewhere.ts';
import { emergencyCallSchema } from './emergency.ts';
import { handSchema } from './help.ts';
import { missedOfferSchema } from './missed.ts';
import {
  agentViewSchema,
  contactCardSchema,
  parkedCallSchema,
  pbxViewSchema,
  todaySchema,
} from './records.ts';
import { deskStateSchema } from './routes.ts';
import { adherenceExceptionSchema, shiftViewSchema } from './shifts.ts';
import { supervisionPushSchemas } from './supervision.ts';
import { wrapUpFactSchema } from './wrap-ups.ts';

/** What the backend sends over the WebSocket at `/push`, one JSON object a frame. */
export const pushSchema = Type.Union([
  Type.Object({ kind: Type.Literal('desk'), desk: deskStateSchema }),
  Type.Object({ kind: Type.Literal('agent'), agent: agentViewSchema }),
  Type.Object({ kind: Type.Literal('card'), card: contactCardSchema }),
  /** What other systems know of the caller of a card, as they answer; whole each time. */
  Type.Object({ kind: Type.Literal('elsewhere'), elsewhere: elsewhereSchema }),
  /** A supervisor completed this agent's wrap-up, with these words. */
  Type.Object({
    kind: Type.Literal('wrap_up_closed'),
    callId: Type.String({ format: 'uuid' }),
    fact: wrapUpFactSchema,
  }),
  /** The contact is no longer this agent's concern. */
  Type.Object({ kind: Type.Literal('card_gone'), callKey: Type.String() }),
  Type.Object({ kind: Type.Literal('today'), today: todaySchema }),
  /** The latest calls that this agent missed, with what each was due to. */
  Type.Object({ kind: Type.Literal('missed'), missed: Type.Array(missedOfferSchema) }),
  Type.Object({ kind: Type.Literal('pbx'), pbx: pbxViewSchema }),
  /** The plan of the agent changed. */
  Type.Object({
    kind: Type.Literal('shift'),
    shift: Type.Union([shiftViewSchema, Type.Null()]),
  }),
  /** A supervisor decided about time that the agent asked to be excused. */
  Type.Object({ kind: Type.Literal('exception'), exception: adherenceExceptionSchema }),
  /** All customers who are parked now, whoever parked them. */
  Type.Object({ kind: Type.Literal('parked'), parked: Type.Array(parkedCallSchema) }),
  ...supervisionPushSchemas,
  /** A hand went up, was taken, written beside or went down: the agent's own, or of one whom this user supervises. */
  Type.Object({ kind: Type.Literal('hand'), hand: handSchema }),
  /** An agent whom this user supervises called for help. */
  Type.Object({ kind: Type.Literal('emergency'), call: emergencyCallSchema }),
  /** All that the agent has not read of what supervisors did and wrote. */
  Type.Object({ kind: Type.Literal('memos'), memos: Type.Array(memoSchema) }),
  /** A supervisor wrote or scored something about the agent's work, or the agent read it. */
  Type.Object({ kind: Type.Literal('coaching'), coaching: coachingNewsSchema }),
  /** Own call-backs, or what this user sees of others', changed; or one is offered, or not any more. */
  Type.Object({ kind: Type.Literal('call_backs'), callBacks: deskCallBacksSchema }),
  /** Customers of the demo call by themselves from now on, or stop doing so (null). */
  Type.Object({
    kind: Type.Literal('demo_clock'),
    everySeconds: Type.Union([Type.Integer(), Type.Null()]),
  }),
  /** The session ended, and why. The socket closes after it. */
  Type.Object({
    kind: Type.Literal('signed_out'),
    why: Type.Union([
      Type.Literal('signed_in_elsewhere'),
      Type.Literal('signed_out'),
      Type.Literal('expired'),
      Type.Literal('by_supervisor'),
    ]),
    /** The supervisor's name. */
    by: Type.Optional(Type.String()),
  }),
]);

export type Push = Immutable<Static<typeof pushSchema>>;
