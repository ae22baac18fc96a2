import { Type, type Static } from 'typebox';
import { verificationAnswers, verificationFields } from '../domain/verification/verification.ts';
import type { Immutable } from '../immutable.ts';

/** What an agent is guided by in a call: scripts, pieces of text, and how a customer is verified. All times are epoch ms. */

const id = Type.String({ format: 'uuid' });
const callKey = Type.String({ minLength: 1, maxLength: 128 });
const code = Type.String({ pattern: '^[a-z0-9_]{1,64}$' });
const version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const epochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const words = Type.Object({ en: Type.String(), es: Type.String(), pt: Type.String() });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const strict = { additionalProperties: false } as const;

const scriptSchema = Type.Object({
  code,
  version,
  label: words,
  steps: Type.Array(
    Type.Object({
      id: code,
      text: words,
      choices: Type.Array(Type.Object({ label: words, goesTo: code })),
      end: Type.Boolean(),
    }),
  ),
});

const verificationPolicySchema = Type.Object({
  code,
  version,
  label: words,
  questions: Type.Array(
    Type.Object({
      code,
      label: words,
      field: Type.Enum([...verificationFields]),
      mandatory: Type.Boolean(),
    }),
  ),
  needed: Type.Integer(),
  flagAfter: Type.Integer(),
  validMinutes: nullable(Type.Integer()),
  required: Type.Boolean(),
});

/** GET /guidance: all that this agent may need, whichever queue the next call is of. */
export const guidanceBookSchema = Type.Object({
  /** Another one says something else. */
  version: Type.String(),
  queues: Type.Array(
    Type.Object({
      queue: Type.String(),
      script: nullable(code),
      verification: nullable(code),
    }),
  ),
  scripts: Type.Array(scriptSchema),
  policies: Type.Array(verificationPolicySchema),
  macros: Type.Array(
    Type.Object({
      code,
      label: words,
      text: words,
      queues: Type.Array(Type.String()),
      teams: Type.Array(Type.String()),
    }),
  ),
});

const moveShape = {
  script: code,
  version,
  move: Type.Enum(['started', 'chose', 'went_back']),
  /** Where it led. */
  step: code,
  /** Which choice of the step before, from 0 on. */
  choice: Type.Optional(Type.Integer({ minimum: 0, maximum: 8 })),
} as const;

const pressShape = {
  attempt: id,
  policy: code,
  version,
  customerId: id,
  question: code,
  /** null: what was pressed before was a slip. Never what the customer said. */
  answer: nullable(Type.Enum([...verificationAnswers])),
} as const;

const factBase = { id, callId: id, callKey, at: epochMs };

/** What was pressed, as the desk's journal tells it. */
export const guidanceFactSchema = Type.Union([
  Type.Object({ kind: Type.Literal('script_moved'), ...factBase, ...moveShape }, strict),
  Type.Object({ kind: Type.Literal('verification_pressed'), ...factBase, ...pressShape }, strict),
]);

/** A row of a journal, as for the facts of calls. */
export const guidanceEventSchema = Type.Object(
  {
    id,
    journalId: id,
    seq: Type.Integer({ minimum: 1 }),
    agentId: id,
    writtenAt: epochMs,
    offsetMs: Type.Integer(),
    body: Type.Object({ topic: Type.Literal('guidance'), fact: guidanceFactSchema }, strict),
  },
  strict,
);

/** What the UI asks main to keep. */
export const scriptMoveSchema = Type.Object({ callId: id, ...moveShape }, strict);
export const verificationPressSchema = Type.Object({ callId: id, ...pressShape }, strict);

const personSchema = Type.Object({ id, name: Type.String() });

/** An attempt to verify a customer: what was asked and whether it was right, never the answers. */
export const verificationAttemptSchema = Type.Object({
  id,
  policy: code,
  version,
  /** null: erased since. */
  customerId: nullable(id),
  outcome: Type.Enum(['open', 'verified', 'failed']),
  beganAt: epochMs,
  decidedAt: nullable(epochMs),
  answers: Type.Array(Type.Object({ question: code, answer: Type.Enum([...verificationAnswers]) })),
  takenBack: Type.Integer(),
  by: personSchema,
  /** Of the contact that it is shown with; false: of another one of the same customer. */
  here: Type.Boolean(),
});

/** What is known of a customer's verification beside the contact that is looked at, of the last 24 hours. */
export const customerVerificationsSchema = Type.Object({
  /** Failed attempts, whoever made them, in this contact too; null: none. */
  failed: nullable(
    Type.Object({
      count: Type.Integer(),
      lastAt: epochMs,
      /** So many that the policy wants a warning. */
      flagged: Type.Boolean(),
    }),
  ),
  /** Those of other contacts that verified. */
  lately: Type.Array(verificationAttemptSchema),
});

/** GET /contacts/:contactId/guidance */
export const contactGuidanceSchema = Type.Object({
  /** Scripts and policies in the versions that were used. */
  scripts: Type.Array(scriptSchema),
  policies: Type.Array(verificationPolicySchema),
  moves: Type.Array(
    Type.Object({ id, callId: id, at: epochMs, agent: personSchema, ...moveShape }),
  ),
  attempts: Type.Array(verificationAttemptSchema),
});

/** What the desk's state has of it: which book is in force; absent: there is none. */
export const deskGuidanceSchema = { guidance: Type.Optional(Type.String()) } as const;

export type GuidanceBook = Immutable<Static<typeof guidanceBookSchema>>;
export type GuidanceFact = Immutable<Static<typeof guidanceFactSchema>>;
export type GuidanceEvent = Immutable<Static<typeof guidanceEventSchema>>;
export type ScriptMovedFact = Extract<GuidanceFact, { kind: 'script_moved' }>;
export type VerificationPressedFact = Extract<GuidanceFact, { kind: 'verification_pressed' }>;
export type VerificationAttempt = Immutable<Static<typeof verificationAttemptSchema>>;
export type CustomerVerifications = Immutable<Static<typeof customerVerificationsSchema>>;
export type ContactGuidance = Immutable<Static<typeof contactGuidanceSchema>>;
