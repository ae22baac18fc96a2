import { Type, type Static } from 'typebox';
import { keypadLanguages } from '../../../shared/domain/consent/keypad-prompt.ts';
import { linkTemplateProblem } from '../../../shared/domain/survey/link.ts';
import { surveyKinds, surveyWays, type SurveyTerms } from '../../../shared/domain/survey/survey.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** Whether and how a queue's customers are asked after a call, as the file of a centre has it. */
export const queueSurveySchema = Type.Object(
  {
    way: Type.Enum([...surveyWays]),
    kind: Type.Enum([...surveyKinds]),
    /** Whether it is asked as well if the matter is resolved; absent: it is not. */
    resolved: Type.Optional(Type.Boolean()),
    /** So many of a hundred calls, 0: those alone whose agent offers it; absent: every one. */
    sharePercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    /** A customer is asked at most once in so many days; absent: 30. */
    restDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_650 })),
    /** Not after calls that were shorter; absent: 30. */
    minimumSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
    /** `keypad`: of the words that are played; absent or `customer`: the customer's own. */
    language: Type.Optional(Type.Enum(['customer', ...keypadLanguages])),
    /** `link`: the address, with {contact} and, it may be, {queue}, {agent} and {language} in it. */
    template: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false },
);

export type QueueSurvey = Immutable<Static<typeof queueSurveySchema>>;
type Queue = { readonly name: string; readonly survey?: QueueSurvey | undefined };

const usual = { sharePercent: 100, restDays: 30, minimumSeconds: 30 } as const;

export const surveyTermsOf = (given: QueueSurvey): SurveyTerms => ({
  ...usual,
  ...given,
  asksResolved: given.resolved ?? false,
});

/** What the schema cannot say of a queue's survey. */
export const surveyContradictions = (queues: readonly Queue[]): readonly string[] =>
  queues.flatMap(({ name, survey }) => {
    if (survey === undefined) return [];
    const { way, template, language } = survey;
    const problem = template === undefined ? null : linkTemplateProblem(template);
    return [
      way === 'link' && template === undefined ? 'by link, it lacks a template' : null,
      way === 'keypad' && template !== undefined ? 'by keypad, it has no template' : null,
      way === 'link' && language !== undefined ? 'by link, it has no language' : null,
      problem === null ? null : `the template ${problem}`,
    ]
      .filter((each) => each !== null)
      .map((each) => `queues: survey of "${name}": ${each}`);
  });

export const saveSurveys = async (
  transaction: Transaction,
  queues: readonly Queue[],
): Promise<void> => {
  for (const { name, survey } of queues) {
    await transaction.query('UPDATE queues SET survey = $2 WHERE name = $1', [
      name,
      survey === undefined ? null : JSON.stringify(survey),
    ]);
  }
};

/** By queue; those that ask nobody are left out. */
export const showSurveys = async (
  database: Queryable,
): Promise<ReadonlyMap<string, QueueSurvey>> => {
  // Checked against its schema before it was stored.
  const rows = await database.query<{ readonly name: string; readonly survey: QueueSurvey }>(
    'SELECT name, survey FROM queues WHERE survey IS NOT NULL',
  );
  return new Map(rows.map(({ name, survey }) => [name, survey]));
};
