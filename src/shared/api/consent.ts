import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';

/** Shapes of what is told of consent: the rule, the words, what a customer said for later calls. */

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** In order of strictness. */
export const needSchema = Type.Enum(['none', 'notice', 'consent']);

export const placeSchema = Type.Object({
  /** ISO 3166-1 alpha-2. */
  country: Type.String(),
  /** ISO 3166-2. */
  subdivision: Type.Optional(Type.String()),
});

export const consentRuleSchema = Type.Object({
  need: needSchema,
  because: Type.Array(Type.Object({ place: nullable(placeSchema), source: Type.String() })),
  rulesVersion: Type.String(),
});

/** What is read to the customer: a question where consent is asked, a sentence where telling is enough. */
export const wordingSchema = Type.Object({
  /** BCP 47. */
  language: Type.String(),
  version: Type.String(),
  ask: Type.String(),
  notice: Type.String(),
});

export const consentHowSchema = Type.Enum(['voice', 'keypad', 'written_before', 'notice']);

/** What the customer said for later calls as well, the last time. */
export const standingChoiceSchema = Type.Object({
  kind: Type.Enum(['granted', 'refused', 'withdrawn']),
  how: consentHowSchema,
  at: Type.Integer(),
});

/** How a queue wants its calls recorded. */
export const recordingPolicySchema = Type.Enum(['never', 'on_consent', 'when_rule_allows']);

/** What the agent heard, as the window tells main; main adds rule, time and place in the call. */
export const consentWordSchema = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('asked'),
      Type.Literal('granted'),
      Type.Literal('refused'),
      Type.Literal('withdrawn'),
    ]),
    /** Absent: by voice. */
    how: Type.Optional(
      Type.Union([Type.Literal('voice'), Type.Literal('written_before'), Type.Literal('notice')]),
    ),
    /** Of the words that were on the screen. */
    wordingVersion: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    language: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
    /** For later calls as well. */
    standing: Type.Optional(Type.Literal(true)),
    /** Main's own word: the phone system is only told. */
    enforced: Type.Optional(Type.Literal(false)),
  },
  { additionalProperties: false },
);

export type ConsentWord = Immutable<Static<typeof consentWordSchema>>;
export type Wording = Immutable<Static<typeof wordingSchema>>;
export type StandingChoice = Immutable<Static<typeof standingChoiceSchema>>;
