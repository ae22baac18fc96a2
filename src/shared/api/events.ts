import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';

/** The client's journal as it travels to the backend: facts, each once, in order per journal. */

const id = Type.String({ format: 'uuid' });
const callKey = Type.String({ minLength: 1, maxLength: 128 });
const text = (maxLength: number) => Type.String({ maxLength });
const epochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const factBase = { id, callId: id, callKey, at: epochMs };

const endSide = Type.Union([Type.Literal('local'), Type.Literal('remote'), Type.Literal('system')]);
export const endOutcome = Type.Union([
  Type.Literal('completed'),
  Type.Literal('transferred'),
  Type.Literal('cancelled'),
  Type.Literal('rejected'),
  Type.Literal('no_answer'),
  Type.Literal('busy'),
  Type.Literal('wrong_number'),
  Type.Literal('answered_elsewhere'),
  Type.Literal('refused'),
  Type.Literal('unreachable'),
  Type.Literal('media_failed'),
  Type.Literal('phone_failed'),
]);

const rejection = Type.Union([
  Type.Literal('busy'),
  Type.Literal('declined'),
  Type.Literal('call_back'),
]);

const strict = { additionalProperties: false } as const;

export const callFactSchema = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('offered'),
      ...factBase,
      queue: nullable(text(80)),
      remoteNumber: text(128),
      remoteName: text(128),
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('dialed'),
      ...factBase,
      remoteNumber: text(128),
      consultFor: Type.Optional(id),
      /** The agent's own mailbox. */
      mailbox: Type.Optional(Type.Literal(true)),
      /** What was promised and is kept by this call. */
      callBackId: Type.Optional(id),
    },
    strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('answered'),
      ...factBase,
      /** Absent where the agent answered. */
      automatic: Type.Optional(Type.Literal(true)),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('held'), ...factBase }, strict),
  Type.Object({ kind: Type.Literal('resumed'), ...factBase }, strict),
  Type.Object({ kind: Type.Literal('consult_began'), ...factBase }, strict),
  Type.Object({ kind: Type.Literal('consult_ended'), ...factBase }, strict),
  Type.Object(
    {
      kind: Type.Literal('ended'),
      ...factBase,
      side: endSide,
      outcome: endOutcome,
      sipCode: nullable(Type.Integer({ minimum: 100, maximum: 699 })),
      cause: nullable(Type.Integer({ minimum: 0, maximum: 127 })),
      /** What the agent said in rejecting a direct call. */
      rejection: Type.Optional(rejection),
    },
    strict,
  ),
]);

/** What a wrap-up says, in the limits that hold for every queue. */
export const wrapUpWordsSchema = {
  /** Empty: none was asked for or chosen. */
  code: text(64),
  /** Further ones, where the queue allows several. */
  codes: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 9 })),
  fields: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-z0-9_]{1,64}$' }), text(1_000), {
      additionalProperties: false,
      maxProperties: 20,
    }),
  ),
  notes: text(10_000),
};

export const wrapUpCompletedSchema = Type.Object(
  {
    kind: Type.Literal('wrap_up_completed'),
    ...factBase,
    ...wrapUpWordsSchema,
    /** Absent where the agent completed it. */
    by: Type.Optional(Type.Union([Type.Literal('timer'), Type.Literal('supervisor')])),
    byUser: Type.Optional(id),
  },
  strict,
);

export const wrapUpCorrectedSchema = Type.Object(
  {
    kind: Type.Literal('wrap_up_corrected'),
    ...factBase,
    ...wrapUpWordsSchema,
    byUser: Type.Optional(id),
  },
  strict,
);

/** Everything that a leg is folded from. */
export const ledgerFactSchema = Type.Union([
  callFactSchema,
  wrapUpCompletedSchema,
  wrapUpCorrectedSchema,
]);

export const consentFactSchema = Type.Object(
  {
    ...factBase,
    kind: Type.Union([
      Type.Literal('asked'),
      Type.Literal('granted'),
      Type.Literal('refused'),
      Type.Literal('withdrawn'),
    ]),
    // All of these are absent in facts of older desks.
    how: Type.Optional(
      Type.Union([
        Type.Literal('voice'),
        Type.Literal('keypad'),
        Type.Literal('written_before'),
        Type.Literal('notice'),
      ]),
    ),
    by: Type.Optional(
      Type.Union([Type.Literal('agent'), Type.Literal('customer'), Type.Literal('administrator')]),
    ),
    ruleVersion: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    wordingVersion: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** BCP 47. */
    language: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
    /** From the answer. */
    offsetMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 604_800_000 })),
    standing: Type.Optional(Type.Literal(true)),
    enforced: Type.Optional(Type.Literal(false)),
  },
  strict,
);

export const journalFactSchema = Type.Union([
  Type.Object({ topic: Type.Literal('ledger'), fact: callFactSchema }, strict),
  Type.Object({ topic: Type.Literal('ledger'), fact: wrapUpCompletedSchema }, strict),
  Type.Object({ topic: Type.Literal('ledger'), fact: wrapUpCorrectedSchema }, strict),
  Type.Object({ topic: Type.Literal('consent'), fact: consentFactSchema }, strict),
]);

/** One row of a journal. `seq` has no gap within `journalId`. */
export const journalEventSchema = Type.Object(
  {
    id,
    journalId: id,
    seq: Type.Integer({ minimum: 1 }),
    agentId: id,
    /** The client's wall clock when it was written, epoch ms; with `offsetMs` the server's clock. */
    writtenAt: epochMs,
    offsetMs: Type.Integer(),
    body: journalFactSchema,
  },
  strict,
);

export const maximumBatch = 500;

export const eventBatchSchema = Type.Object(
  { events: Type.Array(journalEventSchema, { minItems: 1, maxItems: maximumBatch }) },
  strict,
);

/** `stored`: new, or seen before with the same body. `refused`: will never be taken; keep and show it. */
export const eventReceiptSchema = Type.Object({
  stored: Type.Array(id),
  refused: Type.Array(Type.Object({ id: Type.String(), why: Type.String() })),
});

export type JournalFact = Immutable<Static<typeof journalFactSchema>>;
export type JournalEvent = Immutable<Static<typeof journalEventSchema>>;
export type EventBatch = Immutable<Static<typeof eventBatchSchema>>;
export type EventReceipt = Immutable<Static<typeof eventReceiptSchema>>;
