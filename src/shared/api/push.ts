import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import {
  agentViewSchema,
  contactCardSchema,
  parkedCallSchema,
  pbxViewSchema,
  todaySchema,
} from './records.ts';
import { deskStateSchema } from './routes.ts';

/** What the backend sends over the WebSocket at `/push`, one JSON object a frame. */
export const pushSchema = Type.Union([
  Type.Object({ kind: Type.Literal('desk'), desk: deskStateSchema }),
  Type.Object({ kind: Type.Literal('agent'), agent: agentViewSchema }),
  Type.Object({ kind: Type.Literal('card'), card: contactCardSchema }),
  /** The contact is no longer this agent's concern. */
  Type.Object({ kind: Type.Literal('card_gone'), callKey: Type.String() }),
  Type.Object({ kind: Type.Literal('today'), today: todaySchema }),
  Type.Object({ kind: Type.Literal('pbx'), pbx: pbxViewSchema }),
  /** All customers who are parked now, whoever parked them. */
  Type.Object({ kind: Type.Literal('parked'), parked: Type.Array(parkedCallSchema) }),
  /** Customers of the demo call by themselves from now on, or stop doing so (null). */
  Type.Object({
    kind: Type.Literal('demo_clock'),
    everySeconds: Type.Union([Type.Integer(), Type.Null()]),
  }),
  /** The session ended: signed in elsewhere, signed out, or expired. The socket closes after it. */
  Type.Object({
    kind: Type.Literal('signed_out'),
    why: Type.Union([
      Type.Literal('signed_in_elsewhere'),
      Type.Literal('signed_out'),
      Type.Literal('expired'),
    ]),
  }),
]);

export type Push = Immutable<Static<typeof pushSchema>>;
