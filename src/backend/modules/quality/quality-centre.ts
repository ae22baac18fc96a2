import { Type, type Static } from 'typebox';
import type { QualityForm } from '../../../shared/api/quality.ts';
import { labelSchema } from '../../../shared/api/records.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { canonicalJson } from '../../canonical-json.ts';

/** The part of a contact centre's file that says on which forms conversations are scored. */

const strict = { additionalProperties: false } as const;
const code = Type.String({ pattern: '^[a-z0-9_]{1,64}$' });

export const qualityFormGivenSchema = Type.Object(
  {
    code,
    label: labelSchema,
    /** Contacts of these queues; absent or empty: of every queue. */
    queues: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }))),
    criteria: Type.Array(
      Type.Object(
        {
          key: code,
          label: labelSchema,
          help: Type.Optional(labelSchema),
          kind: Type.Enum(['scale', 'yes_no']),
          /** The best of a scale, which begins at 0; 5 unless said otherwise. */
          maximum: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
          /** Its share among the others; 1 unless said otherwise. */
          weight: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
          /** At 0 the whole card is worth 0. */
          critical: Type.Optional(Type.Boolean()),
          /** Some conversations give no occasion for it. */
          mayNotApply: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
      { minItems: 1, maxItems: 50 },
    ),
    /** false: nothing new is scored on it. */
    active: Type.Optional(Type.Boolean()),
  },
  strict,
);

export type QualityFormGiven = Immutable<Static<typeof qualityFormGivenSchema>>;

type FormContent = Omit<QualityForm, 'code' | 'version'>;

const usualScale = 5;

const contentOf = ({ label, queues, criteria }: QualityFormGiven): FormContent => ({
  label,
  queues: queues ?? [],
  criteria: criteria.map((criterion) => ({
    key: criterion.key,
    label: criterion.label,
    ...(criterion.help === undefined ? {} : { help: criterion.help }),
    kind: criterion.kind,
    maximum: criterion.kind === 'yes_no' ? 1 : (criterion.maximum ?? usualScale),
    weight: criterion.weight ?? 1,
    critical: criterion.critical ?? false,
    mayNotApply: criterion.mayNotApply ?? false,
  })),
});

const twice = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

/** What the schema cannot say of the forms. */
export const qualityContradictions = (forms: readonly QualityFormGiven[]): readonly string[] => [
  ...twice(forms.map((form) => form.code)).map(
    (value) => `qualityForms: the code "${value}" stands there twice`,
  ),
  ...forms.flatMap((form) => [
    ...twice(form.criteria.map(({ key }) => key)).map(
      (key) => `qualityForms: the criterion "${key}" of "${form.code}" stands there twice`,
    ),
    ...form.criteria
      .filter(({ kind, maximum }) => kind === 'yes_no' && maximum !== undefined && maximum !== 1)
      .map(
        ({ key }) =>
          `qualityForms: the criterion "${key}" of "${form.code}" is answered by yes or no, and has no other maximum than 1`,
      ),
  ]),
];

/** Queues of the forms that there are not. */
export const qualityProblems = (
  forms: readonly QualityFormGiven[],
  queues: ReadonlySet<string>,
): readonly string[] =>
  forms.flatMap((form) =>
    (form.queues ?? [])
      .filter((queue) => !queues.has(queue))
      .map((queue) => `qualityForms: "${form.code}" is for "${queue}", which is no queue`),
  );

type FormRow = {
  readonly code: string;
  readonly version: number;
  readonly form: FormContent;
  readonly active: boolean;
};

/** The newest version of each form. */
export const listNewestForms = (database: Queryable): Promise<readonly FormRow[]> =>
  database.query<FormRow>(
    `SELECT * FROM (SELECT DISTINCT ON (code) code, version, form, active, position
       FROM quality_forms ORDER BY code, version DESC) newest ORDER BY position, code`,
  );

/** A form that says something else than before is a new version. */
export const saveQualityForms = async (
  transaction: Transaction,
  forms: readonly QualityFormGiven[],
): Promise<void> => {
  const newest = new Map((await listNewestForms(transaction)).map((row) => [row.code, row]));
  for (const [position, given] of forms.entries()) {
    const content = contentOf(given);
    const before = newest.get(given.code);
    const isSame = before !== undefined && canonicalJson(before.form) === canonicalJson(content);
    const version = (before?.version ?? 0) + (isSame ? 0 : 1);
    await transaction.query(
      `INSERT INTO quality_forms (code, version, form, position, active, made_at)
       VALUES ($1, $2, $3, $4, $5, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
       ON CONFLICT (code, version) DO UPDATE SET position = excluded.position,
         active = excluded.active`,
      [given.code, version, JSON.stringify(content), position, given.active ?? true],
    );
  }
};

/** As the file has it; what is as usual is left out. */
export const showQualityForms = async (
  database: Queryable,
): Promise<{ readonly qualityForms?: readonly QualityFormGiven[] }> => {
  const forms = await listNewestForms(database);
  if (forms.length === 0) return {};
  return {
    qualityForms: forms.map(({ code: name, form: { label, queues, criteria }, active }) => ({
      code: name,
      label,
      ...(queues.length === 0 ? {} : { queues }),
      criteria: criteria.map(({ maximum, weight, critical, mayNotApply, ...criterion }) => ({
        ...criterion,
        ...(criterion.kind === 'scale' ? { maximum } : {}),
        ...(weight === 1 ? {} : { weight }),
        ...(critical ? { critical } : {}),
        ...(mayNotApply ? { mayNotApply } : {}),
      })),
      active,
    })),
  };
};
