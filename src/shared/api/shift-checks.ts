import { Type, type Static } from 'typebox';
import { checkConditions } from '../domain/shift-check/condition.ts';
import { checkSteps, lineStates, microphoneStates } from '../domain/shift-check/measured.ts';
import { checkFindings, checkWords } from '../domain/shift-check/verdict.ts';
import type { Immutable } from '../immutable.ts';

/** The shift-start check: what a desk measured, what that came to, and whether it is asked for before Ready. */

const strict = { additionalProperties: false } as const;
const epochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const db = nullable(Type.Number({ minimum: -200, maximum: 200 }));
const ms = Type.Number({ minimum: 0, maximum: 3_600_000 });
const percent = Type.Number({ minimum: 0, maximum: 100 });

export const checkedMicrophoneSchema = Type.Object(
  {
    state: Type.Enum([...microphoneStates]),
    noiseDbfs: db,
    speechDbfs: db,
    clippedPercent: percent,
    handsFree: Type.Boolean(),
  },
  strict,
);

const speakerSchema = Type.Object(
  {
    played: Type.Boolean(),
    heardBy: nullable(Type.Enum(['microphone', 'agent', 'nobody'])),
    echoLossDb: db,
  },
  strict,
);

const ringerSchema = Type.Object(
  { played: Type.Boolean(), heard: nullable(Type.Boolean()) },
  strict,
);

export const checkedLineSchema = Type.Object(
  {
    state: Type.Enum([...lineStates]),
    seconds: Type.Number({ minimum: 0, maximum: 60 }),
    roundTripMs: nullable(ms),
    jitterMs: nullable(ms),
    lossPercent: nullable(percent),
    mos: nullable(Type.Number({ minimum: 1, maximum: 5 })),
  },
  strict,
);

const machineSchema = Type.Object(
  {
    busyPercent: nullable(percent),
    lateMs: ms,
    freeMegabytes: nullable(Type.Number({ minimum: 0 })),
    writable: Type.Boolean(),
    clockOffMs: nullable(Type.Number()),
    vpn: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 8 }),
  },
  strict,
);

/** What was left out is absent. */
export const checkMeasuredSchema = Type.Object(
  {
    machine: Type.Optional(machineSchema),
    line: Type.Optional(checkedLineSchema),
    microphone: Type.Optional(checkedMicrophoneSchema),
    speaker: Type.Optional(speakerSchema),
    ringer: Type.Optional(ringerSchema),
  },
  strict,
);

/** As the desk tells it, once it is over. */
export const shiftCheckFactSchema = Type.Object(
  {
    kind: Type.Literal('shift_check'),
    id: Type.String({ format: 'uuid' }),
    at: epochMs,
    measured: checkMeasuredSchema,
  },
  strict,
);

export const shiftCheckSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  at: Type.Integer(),
  word: Type.Enum([...checkWords]),
  /** What was to be put right first; null: nothing. */
  first: nullable(Type.Enum([...checkFindings])),
  skipped: Type.Array(Type.Enum([...checkSteps])),
  measured: checkMeasuredSchema,
});

/** What others are shown at a glance. */
export const checkShownSchema = Type.Pick(shiftCheckSchema, ['at', 'word', 'first']);

export const checkConditionSchema = Type.Enum([...checkConditions]);

/** GET /shift-checks/mine: the own, the latest first, and what the centre asks for. */
export const ownShiftChecksSchema = Type.Object({
  condition: checkConditionSchema,
  checks: Type.Array(shiftCheckSchema),
});

/** GET /agents/:userId/shift-checks */
export const shiftChecksSchema = Type.Object({ checks: Type.Array(shiftCheckSchema) });

export type ShiftCheckFact = Immutable<Static<typeof shiftCheckFactSchema>>;
export type ShiftCheck = Immutable<Static<typeof shiftCheckSchema>>;
export type CheckShown = Immutable<Static<typeof checkShownSchema>>;
export type OwnShiftChecks = Immutable<Static<typeof ownShiftChecksSchema>>;
