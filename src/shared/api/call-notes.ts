import { Type, type Static } from 'typebox';
import { maximumMoments, notedDevices, notedSeconds } from '../domain/line-quality/call-notes.ts';
import type { Immutable } from '../immutable.ts';

/** What happened to the sound of a call, as it passes between the processes and as it is kept. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const epochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const deviceName = Type.String({ maxLength: 256 });
const strict = { additionalProperties: false } as const;

const deviceLost = {
  at: epochMs,
  device: Type.Enum([...notedDevices]),
  name: deviceName,
  replacedBy: nullable(deviceName),
  gapMs: nullable(Type.Number({ minimum: 0, maximum: 3_600_000 })),
};
const loudMoment = {
  at: epochMs,
  peakDbfs: Type.Number({ minimum: -200, maximum: 60 }),
  byKey: Type.Boolean(),
};

/** One note, engine to main. */
export const callNoteSchema = Type.Union([
  Type.Object({ kind: Type.Literal('device_lost'), ...deviceLost }, strict),
  Type.Object({ kind: Type.Literal('loud'), ...loudMoment }, strict),
  Type.Object(
    {
      kind: Type.Literal('seconds'),
      what: Type.Enum([...notedSeconds]),
      seconds: Type.Number({ minimum: 0, maximum: 86_400 }),
    },
    strict,
  ),
]);

const seconds = Type.Number({ minimum: 0, maximum: 1_000_000 });

/** All of a call, as it is kept. */
export const callNotesSchema = Type.Object(
  {
    devicesLost: Type.Array(Type.Object(deviceLost, strict), { maxItems: maximumMoments }),
    loud: Type.Array(Type.Object(loudMoment, strict), { maxItems: maximumMoments }),
    seconds: Type.Object(
      {
        silent: seconds,
        system_muted: seconds,
        muted_talking: seconds,
        clipped: seconds,
        low: seconds,
      },
      strict,
    ),
  },
  strict,
);

export type CallNotesView = Immutable<Static<typeof callNotesSchema>>;
