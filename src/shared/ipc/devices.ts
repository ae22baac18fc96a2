import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { deviceRoles } from '../domain/devices/device.ts';
import { answerOf } from './answer.ts';

/** Microphone, speaker and ringer: how they are ranked, what is asked of them, and what they answer. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const deviceId = Type.String({ minLength: 1, maxLength: 256 });

/** A device by the browser's id (stable per origin) and name. */
export const audioDeviceSchema = Type.Object({ id: Type.String(), label: Type.String() });

/** One that was chosen once, and may be away. */
const knownDeviceSchema = Type.Object({
  id: deviceId,
  label: Type.String({ maxLength: 256 }),
});
const ranking = Type.Array(knownDeviceSchema, { maxItems: 30 });

/** The best first; empty: the system's own choice. */
export const deviceSettingsSchema = Type.Object({
  microphone: ranking,
  speaker: ranking,
  ringer: ranking,
  alsoRing: Type.Union([Type.Literal('nowhere'), Type.Literal('everywhere'), knownDeviceSchema]),
  /** What becomes of a better device that appears in a call. */
  better: Type.Union([Type.Literal('ask'), Type.Literal('take')]),
});

export const noDeviceSettings = {
  microphone: [],
  speaker: [],
  ringer: [],
  alsoRing: 'nowhere',
  better: 'ask',
} as const;

export const deviceRoleSchema = Type.Enum([...deviceRoles]);
const nullableDevice = Type.Union([audioDeviceSchema, nothing]);

/** Part of the phone's snapshot. */
export const deviceNewsShape = {
  /** What is used, or would be if it rang now; absent: not looked yet. */
  inUse: Type.Optional(
    Type.Object({ microphone: nullableDevice, speaker: nullableDevice, ringer: nullableDevice }),
  ),
  /** Better ones that wait for the agent's word. */
  offered: Type.Optional(
    Type.Array(Type.Object({ role: deviceRoleSchema, device: audioDeviceSchema })),
  ),
  /** The latest that took another's place by itself. */
  replaced: Type.Optional(
    Type.Object({
      /** Rises with each. */
      number: Type.Integer(),
      inCall: Type.Boolean(),
      why: Type.Union([Type.Literal('gone'), Type.Literal('better')]),
      from: Type.String(),
      /** What serves now; null: there is nothing. */
      roles: Type.Array(
        Type.Object({ role: deviceRoleSchema, to: Type.Union([Type.String(), nothing]) }),
      ),
    }),
  ),
  /** The microphone in use makes a Bluetooth headset sound like an old telephone. */
  handsFree: Type.Optional(Type.Boolean()),
};

/** UI -> main -> engine. */
export const deviceOrderSchema = Type.Union([
  /**
   * Opens every microphone and tells how loud each is, until it is told to stop. Of those that opening may turn into
   * hands-free sets only the ones that are asked for.
   */
  Type.Object(
    {
      kind: Type.Literal('meter'),
      on: Type.Boolean(),
      asked: Type.Optional(Type.Array(deviceId, { maxItems: 30 })),
    },
    strict,
  ),
  /** Plays a sound once; `id` comes back with what became of it. */
  Type.Object(
    {
      kind: Type.Literal('test'),
      id: Type.String({ format: 'uuid' }),
      sound: Type.Union([Type.Literal('speaker'), Type.Literal('ring')]),
      /** null: wherever that sound would be heard now. */
      deviceId: Type.Union([deviceId, nothing]),
    },
    strict,
  ),
  /** The agent's word on everything that is offered. */
  Type.Object({ kind: Type.Literal('take'), yes: Type.Boolean() }, strict),
]);

/** engine -> main -> UI. */
export const deviceReportSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('levels'),
    /** Linear peak 0 to 1, by device id; null: it could not be opened. */
    levels: Type.Record(Type.String(), Type.Union([Type.Number(), nothing])),
  }),
  Type.Object({
    kind: Type.Literal('tested'),
    id: Type.String({ format: 'uuid' }),
    played: Type.Boolean(),
  }),
]);

export const deviceRequests = {
  'devices.order': { payload: deviceOrderSchema, answer: answerOf(nothing) },
  /** Whether a test ring was heard, in the agent's own word. Kept as evidence. */
  'devices.ringHeard': {
    payload: Type.Object({ heard: Type.Boolean() }, strict),
    answer: answerOf(nothing),
  },
} as const;

export type AudioDevice = Immutable<Static<typeof audioDeviceSchema>>;
export type DeviceSettings = Immutable<Static<typeof deviceSettingsSchema>>;
export type DeviceOrder = Immutable<Static<typeof deviceOrderSchema>>;
export type DeviceReport = Immutable<Static<typeof deviceReportSchema>>;
