import { Type, type Static } from 'typebox';
import { pauseEnds, paymentSteps, silences } from '../domain/payment/payment-pause.ts';
import type { Immutable } from '../immutable.ts';

/** Pauses of a recording while a card is taken. */

const id = Type.String({ format: 'uuid' });
const strict = { additionalProperties: false } as const;

/** POST /payment-pauses: asked again with the same id it is the same pause. */
export const openPauseSchema = Type.Object(
  {
    pauseId: id,
    callKey: Type.String({ minLength: 1, maxLength: 128 }),
    step: Type.Enum(['button', 'field', 'page', 'keypad']),
  },
  strict,
);

/** POST /payment-pauses/:pauseId/end */
export const endPauseSchema = Type.Object({ why: Type.Enum(['agent', 'step_closed']) }, strict);

/** What is open for a call, on its card. */
export const paymentSchema = Type.Object({
  pauses: Type.Array(
    Type.Object({
      id,
      step: Type.Enum([...paymentSteps]),
      agentId: id,
      beganAt: Type.Integer(),
      /** When it ends by itself. */
      limitAt: Type.Integer(),
    }),
    { minItems: 1 },
  ),
  silence: Type.Enum([...silences]),
});

/** The answer to each: the pause, and what is open for its call. */
export const pauseAnswerSchema = Type.Object({
  pauseId: id,
  endedAt: Type.Union([Type.Integer(), Type.Null()]),
  payment: Type.Union([paymentSchema, Type.Null()]),
});

/** What the desk has to know of the centre's wishes. */
export const paymentRulesSchema = Type.Object({
  limitSeconds: Type.Integer(),
  warnSeconds: Type.Integer(),
  keypadDigits: Type.Integer(),
  quietSeconds: Type.Integer(),
  pages: Type.Array(Type.String()),
});

/** One stretch in which a recording was silent, and what was found there once the recording was finished. */
export const recordingGapSchema = Type.Object({
  recordingId: id,
  pausedAt: Type.Integer(),
  /** null: it is silent now. */
  resumedAt: Type.Union([Type.Integer(), Type.Null()]),
  /** null: not looked at yet. */
  proof: Type.Union([
    Type.Object({
      fromMs: Type.Integer(),
      toMs: Type.Integer(),
      /** Of each channel. */
      samples: Type.Integer(),
      /** How many of them hold anything; 0 is what is promised. */
      notZero: Type.Integer(),
      provenAt: Type.Integer(),
    }),
    Type.Null(),
  ]),
});

/** On the contact's page. */
export const paymentHistorySchema = Type.Object({
  pauses: Type.Array(
    Type.Object({
      id,
      step: Type.Enum([...paymentSteps]),
      agentName: Type.String(),
      beganAt: Type.Integer(),
      endedAt: Type.Union([Type.Integer(), Type.Null()]),
      endWhy: Type.Union([Type.Enum([...pauseEnds]), Type.Null()]),
    }),
  ),
  gaps: Type.Array(recordingGapSchema),
});

export type OpenPause = Immutable<Static<typeof openPauseSchema>>;
export type EndPause = Immutable<Static<typeof endPauseSchema>>;
export type Payment = Immutable<Static<typeof paymentSchema>>;
export type PauseAnswer = Immutable<Static<typeof pauseAnswerSchema>>;
export type RecordingGap = Immutable<Static<typeof recordingGapSchema>>;
export type PaymentHistory = Immutable<Static<typeof paymentHistorySchema>>;
