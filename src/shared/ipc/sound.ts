import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { ceilings, sideTones, volumeRangeDb } from '../domain/sound/sound-settings.ts';

/** How sound is treated, in the settings and on its way to the phone engine. */
export const soundSettingsSchema = Type.Object({
  limiter: Type.Boolean(),
  ceilingDb: Type.Enum([...ceilings]),
  evenOut: Type.Boolean(),
  sideTone: Type.Enum([...sideTones]),
  microphones: Type.Record(
    Type.String({ maxLength: 256 }),
    Type.Object({
      echoCancellation: Type.Boolean(),
      noiseSuppression: Type.Boolean(),
      autoGainControl: Type.Boolean(),
      strongSuppression: Type.Boolean(),
    }),
  ),
});

/** Part of the phone's snapshot. */
export const soundNewsSchema = Type.Object({
  /** `failed`: it was asked for and cannot be had; the voice is sent as it is. */
  suppression: Type.Union([Type.Literal('off'), Type.Literal('on'), Type.Literal('failed')]),
  /** dB, of calls that are not as they came. */
  volumes: Type.Record(Type.String(), Type.Number()),
});

const callId = Type.String({ format: 'uuid' });
const strict = { additionalProperties: false } as const;

/** What the agent may ask of the sound of a call. */
export const soundCommands = [
  Type.Object(
    {
      kind: Type.Literal('set_volume'),
      callId,
      /** dB above what comes in. */
      volumeDb: Type.Number({ minimum: volumeRangeDb.lowest, maximum: volumeRangeDb.highest }),
    },
    strict,
  ),
  /** Keeps how loud the last ten seconds were, and when. */
  Type.Object({ kind: Type.Literal('was_loud'), callId }, strict),
] as const;

export type SoundNews = Immutable<Static<typeof soundNewsSchema>>;
export type SoundCommand = Immutable<Static<(typeof soundCommands)[number]>>;
