import { Type, type Static } from 'typebox';
import { headsetButtons, headsetLights } from '../domain/headset/headset-map.ts';
import type { Immutable } from '../immutable.ts';

/** The headsets as the desk shows them, and what the agent sets about them. */

/** `vvvv:pppp`, vendor and product in hexadecimal. */
const model = Type.String({ pattern: '^[0-9a-f]{4}:[0-9a-f]{4}$' });

export const headsetViewSchema = Type.Object({
  /** Of this plugging. */
  id: Type.Integer({ minimum: 0 }),
  name: Type.String({ maxLength: 256 }),
  model,
  buttons: Type.Array(Type.Enum([...headsetButtons])),
  lights: Type.Array(Type.Enum([...headsetLights])),
  /** The agent lets its buttons be used. */
  used: Type.Boolean(),
  problem: Type.Union([
    Type.Null(),
    /** The system does not let this program open it, or another one has it for itself. */
    Type.Literal('no_access'),
    /** What is written to it is not taken. */
    Type.Literal('not_answering'),
  ]),
});

export const headsetSettingsSchema = Type.Object({
  use: Type.Boolean(),
  /** Models whose buttons are left alone. */
  unused: Type.Array(model, { maxItems: 50 }),
  /** What a button does that calls have no use for: redial, else flash. */
  spareButton: Type.Union([Type.Literal('nothing'), Type.Literal('help'), Type.Literal('redial')]),
});

/** A button asked for something that is not the phone's to do. */
export const headsetAskedSchema = Type.Union([
  Type.Object({
    what: Type.Literal('help'),
    callKey: Type.String({ minLength: 1, maxLength: 128 }),
  }),
  /** Of a supervisor's line to an agent's call. */
  Type.Object({ what: Type.Enum(['leave_join', 'listen']) }),
]);

export const defaultHeadsetSettings = { use: true, unused: [], spareButton: 'nothing' } as const;

export type HeadsetView = Immutable<Static<typeof headsetViewSchema>>;
export type HeadsetAsked = Immutable<Static<typeof headsetAskedSchema>>;
export type HeadsetSettings = Immutable<Static<typeof headsetSettingsSchema>>;
