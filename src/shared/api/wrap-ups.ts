import { Type, type Static } from 'typebox';
import { wrapUpModes } from '../domain/wrap-up/wrap-up-rules.ts';
import type { Immutable } from '../immutable.ts';
import {
  ledgerFactSchema,
  wrapUpCompletedSchema,
  wrapUpCorrectedSchema,
  wrapUpWordsSchema,
} from './events.ts';
import { labelSchema } from './records.ts';

/** How queues want their wrap-ups, and the wrap-ups that somebody still owes. */

const strict = { additionalProperties: false } as const;
const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** What was said of a wrap-up last. */
export const wrapUpFactSchema = Type.Union([wrapUpCompletedSchema, wrapUpCorrectedSchema]);

export const wrapUpFieldSchema = Type.Object({
  key: Type.String(),
  label: labelSchema,
  kind: Type.Enum(['text', 'number', 'choice']),
  required: Type.Boolean(),
  maxLength: Type.Integer(),
  choices: Type.Array(Type.Object({ value: Type.String(), label: labelSchema })),
  /** Who writes here takes a payment: the recording is silent meanwhile. */
  payment: Type.Optional(Type.Boolean()),
});

export const wrapUpRulesSchema = Type.Object({
  queue: Type.String(),
  mode: Type.Enum([...wrapUpModes]),
  seconds: Type.Integer(),
  extendSeconds: Type.Integer(),
  maximumExtensions: Type.Integer(),
  maximumCodes: Type.Integer(),
  defaultCode: nullable(Type.String()),
  fields: Type.Array(wrapUpFieldSchema),
});

/** A draft's words; `code` null: none chosen yet. */
const draftWords = {
  code: nullable(Type.String({ minLength: 1, maxLength: 64 })),
  codes: wrapUpWordsSchema.codes,
  fields: wrapUpWordsSchema.fields,
  notes: wrapUpWordsSchema.notes,
  /** How often the agent took more time. */
  extensions: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
};

/** PUT /wrap-ups/:callId/draft: the highest revision stands, whatever order they arrive in. */
export const putDraftSchema = Type.Object(
  { revision: Type.Integer({ minimum: 1 }), ...draftWords },
  strict,
);

export const keptDraftSchema = Type.Object({ revision: Type.Integer(), ...draftWords });

/** GET /wrap-ups/mine */
export const myWrapUpsSchema = Type.Object({
  owed: Type.Array(
    Type.Object({
      callId: id,
      callKey: Type.String(),
      queue: nullable(Type.String()),
      remoteNumber: Type.String(),
      remoteName: Type.String(),
      facts: Type.Array(ledgerFactSchema),
      /** As last typed, on whatever machine; null: nothing was. */
      draft: nullable(keptDraftSchema),
    }),
  ),
  /** Of the calls that the client named: those whose wrap-up is complete, with what stands there. */
  closed: Type.Array(Type.Object({ callId: id, fact: wrapUpFactSchema })),
});

/** GET /wrap-ups/owed: by agents whom this supervisor looks after, the oldest first. */
export const owedWrapUpsSchema = Type.Object({
  wrapUps: Type.Array(
    Type.Object({
      callId: id,
      callKey: Type.String(),
      contactId: id,
      agent: Type.Object({ id, name: Type.String(), extension: Type.String() }),
      queue: nullable(Type.String()),
      endedAt: Type.Integer(),
      ageMs: Type.Integer(),
      /** The agent has a desk open now. */
      agentIsHere: Type.Boolean(),
      draft: nullable(keptDraftSchema),
    }),
  ),
});

/** POST /wrap-ups/:callId/complete; what the agent had typed is kept before the notes given here. */
export const completeWrapUpSchema = Type.Object(
  {
    code: Type.String({ maxLength: 64 }),
    codes: wrapUpWordsSchema.codes,
    fields: wrapUpWordsSchema.fields,
    notes: Type.String({ maxLength: 4_000 }),
  },
  strict,
);

export type WrapUpRulesView = Immutable<Static<typeof wrapUpRulesSchema>>;
export type WrapUpFieldView = Immutable<Static<typeof wrapUpFieldSchema>>;
export type PutDraft = Immutable<Static<typeof putDraftSchema>>;
export type KeptDraft = Immutable<Static<typeof keptDraftSchema>>;
export type MyWrapUps = Immutable<Static<typeof myWrapUpsSchema>>;
export type OwedWrapUps = Immutable<Static<typeof owedWrapUpsSchema>>;
export type CompleteWrapUp = Immutable<Static<typeof completeWrapUpSchema>>;
