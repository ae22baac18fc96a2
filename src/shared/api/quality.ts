import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';
import { directionSchema, labelSchema } from './records.ts';

/** Quality scorecards. The forms are data of the centre; a card keeps the version that it was filled in on. */

const id = Type.String({ format: 'uuid' });
const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const person = Type.Object({ id, name: Type.String() });

export const criterionSchema = Type.Object({
  key: Type.String(),
  label: labelSchema,
  help: Type.Optional(labelSchema),
  kind: Type.Enum(['scale', 'yes_no']),
  maximum: Type.Integer({ minimum: 1, maximum: 10 }),
  weight: Type.Number(),
  critical: Type.Boolean(),
  mayNotApply: Type.Boolean(),
});

export const qualityFormSchema = Type.Object({
  code: Type.String(),
  version: Type.Integer(),
  label: labelSchema,
  /** Contacts of these queues; none: of every queue. */
  queues: Type.Array(Type.String()),
  criteria: Type.Array(criterionSchema),
});

export const answersSchema = Type.Record(
  Type.String({ maxLength: 64 }),
  Type.Object(
    {
      value: nullable(Type.Integer({ minimum: 0, maximum: 10 })),
      note: Type.String({ maxLength: 1_000 }),
    },
    { additionalProperties: false },
  ),
  { maxProperties: 50 },
);

export const purposeSchema = Type.Enum(['review', 'calibration']);

export const scorecardSchema = Type.Object({
  id,
  contactId: id,
  agent: person,
  scorer: person,
  purpose: purposeSchema,
  form: Type.String(),
  version: Type.Integer(),
  answers: answersSchema,
  /** null: nothing applied. */
  percent: nullable(Type.Number()),
  remark: Type.String(),
  scoredAt: Type.Integer(),
  acknowledgedAt: nullable(Type.Integer()),
  reply: Type.String(),
});

/** GET /contacts/:contactId/quality */
export const contactQualitySchema = Type.Object({
  /** Those who spoke with the customer and whom this user may score. */
  agents: Type.Array(person),
  /** Every version that a card or a new card here needs. */
  forms: Type.Array(qualityFormSchema),
  /** Codes of the forms that a new card may be on. */
  offered: Type.Array(Type.String()),
  cards: Type.Array(scorecardSchema),
  /** Of whom there are calibrations by others, shown as soon as one's own is handed in. */
  hidden: Type.Array(Type.Object({ agentId: id, count: Type.Integer() })),
});

/** PUT /contacts/:contactId/quality: one's own card, until the agent acknowledged it. */
export const putScorecardSchema = Type.Object(
  {
    agentId: id,
    purpose: purposeSchema,
    form: Type.String({ maxLength: 64 }),
    version: Type.Integer({ minimum: 1 }),
    answers: answersSchema,
    remark: Type.String({ maxLength: 5_000 }),
  },
  { additionalProperties: false },
);

/** POST /quality/cards/:cardId/acknowledgement */
export const acknowledgeSchema = Type.Object(
  { reply: Type.String({ maxLength: 5_000 }) },
  { additionalProperties: false },
);

/** A contact as a list of quality names it. */
const listedContact = {
  contactId: id,
  agent: person,
  who: Type.String(),
  queue: nullable(Type.String()),
  direction: directionSchema,
  startedAt: Type.Integer(),
};

/** GET /quality: an agent's own scores; a supervisor's team's, and what waits to be scored. */
export const qualityListSchema = Type.Object({
  cards: Type.Array(
    Type.Object({
      id,
      ...listedContact,
      form: labelSchema,
      percent: nullable(Type.Number()),
      scorer: person,
      scoredAt: Type.Integer(),
      acknowledgedAt: nullable(Type.Integer()),
      reply: Type.String(),
    }),
  ),
  /** Recorded contacts without a review; for agents: none. */
  unscored: Type.Array(Type.Object(listedContact)),
});

export type QualityForm = Immutable<Static<typeof qualityFormSchema>>;
export type QualityCriterion = Immutable<Static<typeof criterionSchema>>;
export type Scorecard = Immutable<Static<typeof scorecardSchema>>;
export type ScorePurpose = Immutable<Static<typeof purposeSchema>>;
export type ContactQuality = Immutable<Static<typeof contactQualitySchema>>;
export type PutScorecard = Immutable<Static<typeof putScorecardSchema>>;
export type QualityList = Immutable<Static<typeof qualityListSchema>>;
