import { Type, type Static } from 'typebox';
import {
  checkConditionSchema,
  checkedLineSchema,
  checkedMicrophoneSchema,
  checkMeasuredSchema,
  ownShiftChecksSchema,
  shiftCheckSchema,
  shiftChecksSchema,
} from '../api/shift-checks.ts';
import { checkSteps } from '../domain/shift-check/measured.ts';
import { checkWords } from '../domain/shift-check/verdict.ts';
import type { Immutable } from '../immutable.ts';
import { answerOf } from './answer.ts';

/** The shift-start check between the page that shows it, main that leads it, and the phone that plays and listens. */

const strict = { additionalProperties: false } as const;
const nothing = Type.Null();
const runId = Type.String({ format: 'uuid' });
const step = Type.Enum([...checkSteps]);

/** What the agent is asked for at this moment. */
export const checkPrompts = [
  'quiet',
  'speak',
  'listen',
  'heard_tone',
  'ringing',
  'heard_ring',
  'line',
] as const;

export const checkEnds = ['done', 'call', 'stopped', 'failed'] as const;

const stepViewSchema = Type.Object({
  state: Type.Enum(['waiting', 'running', 'asking', 'done', 'skipped']),
  /** What it came to; null: not known yet, or left out. */
  word: Type.Union([Type.Enum([...checkWords]), nothing]),
});

/** A check under way, or the last one of this start of the program. */
export const checkRunSchema = Type.Object({
  runId,
  steps: Type.Record(step, stepViewSchema),
  prompt: Type.Union([Type.Enum([...checkPrompts]), nothing]),
  /** null: it goes on. `call`: one came. */
  ended: Type.Union([Type.Enum([...checkEnds]), nothing]),
  measured: checkMeasuredSchema,
});

export const checkRequests = {
  'check.start': { payload: nothing, answer: answerOf(nothing) },
  /** The agent's word on what is asked; `skip` leaves the step out. */
  'check.say': {
    payload: Type.Object({ step, word: Type.Enum(['yes', 'no', 'skip']) }, strict),
    answer: answerOf(nothing),
  },
  'check.stop': { payload: nothing, answer: answerOf(nothing) },
  'check.run': { payload: nothing, answer: answerOf(Type.Union([checkRunSchema, nothing])) },
  /** The own checks, and what the centre asks for. */
  'check.mine': { payload: nothing, answer: answerOf(ownShiftChecksSchema) },
  /** Those of an agent of the own team. */
  'check.ofAgent': {
    payload: Type.Object({ agentId: Type.String({ format: 'uuid' }) }, strict),
    answer: answerOf(shiftChecksSchema),
  },
} as const;

export const checkEvents = {
  'check.changed': checkRunSchema,
  /** What the microphone hears, linear peak 0 to 1: ten times a second while a voice is asked for. */
  'check.level': Type.Number(),
} as const;

/** main -> engine. */
export const checkOrderSchema = Type.Object({
  runId,
  what: Type.Enum(['voice', 'tone', 'ring', 'line', 'stop']),
});

/** engine -> main. */
export const checkTellingSchema = Type.Union([
  Type.Object({ runId, kind: Type.Literal('level'), peak: Type.Number() }),
  /** The room was heard: now the voice. */
  Type.Object({ runId, kind: Type.Literal('speak') }),
  /** `lateMs`: how late the phone's own work was at worst. */
  Type.Object({
    runId,
    kind: Type.Literal('voice'),
    microphone: checkedMicrophoneSchema,
    lateMs: Type.Number(),
  }),
  /** `heard`: it came back through the air. */
  Type.Object({
    runId,
    kind: Type.Literal('tone'),
    played: Type.Boolean(),
    heard: Type.Boolean(),
    echoLossDb: Type.Union([Type.Number(), nothing]),
  }),
  Type.Object({ runId, kind: Type.Literal('ring'), played: Type.Boolean() }),
  Type.Object({ runId, kind: Type.Literal('line'), line: checkedLineSchema }),
]);

/** Part of the desk's snapshot: what is known of the checks of whoever is signed in. */
export const deskCheckSchema = {
  /** null or absent: not known. */
  shiftCheck: Type.Optional(
    Type.Union([
      Type.Object({
        condition: checkConditionSchema,
        last: Type.Union([Type.Omit(shiftCheckSchema, ['measured']), nothing]),
        /** It has to be made before Ready. */
        owed: Type.Boolean(),
      }),
      nothing,
    ]),
  ),
};

export type CheckPrompt = (typeof checkPrompts)[number];
export type CheckRun = Immutable<Static<typeof checkRunSchema>>;
export type CheckStepView = Immutable<Static<typeof stepViewSchema>>;
export type CheckOrder = Immutable<Static<typeof checkOrderSchema>>;
export type CheckTelling = Immutable<Static<typeof checkTellingSchema>>;
