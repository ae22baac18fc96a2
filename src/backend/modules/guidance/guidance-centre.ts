import { createHash } from 'node:crypto';
import { Type, type Static } from 'typebox';
import { scriptProblems, textProblems, type Script } from '../../../shared/domain/script/script.ts';
import {
  policyProblems,
  verificationFields,
  type VerificationPolicy,
} from '../../../shared/domain/verification/verification.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';
import { listNewest, saveItem } from './guidance-repository.ts';

/** The part of a contact centre's file that says what agents say, write and ask in calls. */

const strict = { additionalProperties: false } as const;
const code = Type.String({ pattern: '^[a-z0-9_]{1,64}$' });
const queueName = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });
const words = (maxLength: number) => {
  const text = Type.String({ minLength: 1, maxLength });
  return Type.Object({ en: text, es: text, pt: text }, strict);
};
const label = words(80);

const scriptGivenSchema = Type.Object(
  {
    code,
    label,
    /** The first is where it begins. */
    steps: Type.Array(
      Type.Object(
        {
          id: code,
          text: words(1_000),
          /** Chosen by the keys 1 to 9. */
          choices: Type.Optional(
            Type.Array(Type.Object({ label, goesTo: code }, strict), { minItems: 1, maxItems: 9 }),
          ),
          /** The script ends here. */
          end: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
      { minItems: 1, maxItems: 60 },
    ),
  },
  strict,
);

const macroGivenSchema = Type.Object(
  {
    /** What is typed behind the slash. */
    code: Type.String({ pattern: '^[a-z0-9_]{1,30}$' }),
    label,
    text: words(2_000),
    /** For calls of these queues; absent: of every queue, and of none. */
    queues: Type.Optional(Type.Array(queueName, { minItems: 1, maxItems: 100 })),
    /** For agents of these teams; absent: for everybody. */
    teams: Type.Optional(Type.Array(code, { minItems: 1, maxItems: 100 })),
  },
  strict,
);

const verificationGivenSchema = Type.Object(
  {
    code,
    label,
    questions: Type.Array(
      Type.Object(
        {
          code,
          label: words(120),
          field: Type.Enum([...verificationFields]),
          /** Without a right answer to it nobody is verified. */
          mandatory: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
      { minItems: 1, maxItems: 12 },
    ),
    /** So many right answers verify. */
    needed: Type.Integer({ minimum: 1, maximum: 12 }),
    /** So many failed attempts on a customer within a day are told as a warning; absent: 3. */
    flagAfter: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** How long it counts in later contacts of the same customer; absent: in this contact alone. */
    validMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
    /** Agents are reminded while it is missing. */
    required: Type.Optional(Type.Boolean()),
  },
  strict,
);

export const guidanceCentreShape = {
  /** What agents say; one that says something else is a new version. What is not mentioned stays. */
  scripts: Type.Optional(Type.Array(scriptGivenSchema, { maxItems: 50 })),
  /** The whole list; absent: as it was. */
  macros: Type.Optional(Type.Array(macroGivenSchema, { maxItems: 200 })),
  /** How customers are verified; what is not mentioned stays. */
  verifications: Type.Optional(Type.Array(verificationGivenSchema, { maxItems: 20 })),
} as const;

/** Codes of a script and of a policy; absent: none. */
export const queueGuidanceShape = {
  script: Type.Optional(code),
  verification: Type.Optional(code),
} as const;

type ScriptGiven = Immutable<Static<typeof scriptGivenSchema>>;
type MacroGiven = Immutable<Static<typeof macroGivenSchema>>;
type VerificationGiven = Immutable<Static<typeof verificationGivenSchema>>;
export type QueueGuidance = {
  readonly script?: string | undefined;
  readonly verification?: string | undefined;
};
export type GuidanceGiven = {
  readonly scripts?: readonly ScriptGiven[] | undefined;
  readonly macros?: readonly MacroGiven[] | undefined;
  readonly verifications?: readonly VerificationGiven[] | undefined;
  readonly queues?: readonly (QueueGuidance & { readonly name: string })[] | undefined;
};

type ScriptContent = Omit<Script, 'code' | 'version'>;
type PolicyContent = Omit<VerificationPolicy, 'code' | 'version'>;

const usualFlagAfter = 3;

const scriptContent = ({ label: shown, steps }: ScriptGiven): ScriptContent => ({
  label: shown,
  steps: steps.map(({ choices = [], end = false, ...step }) => ({ ...step, choices, end })),
});

const policyContent = ({ code: _code, ...given }: VerificationGiven): PolicyContent => ({
  label: given.label,
  questions: given.questions.map(({ mandatory = false, ...question }) => ({
    ...question,
    mandatory,
  })),
  needed: given.needed,
  flagAfter: given.flagAfter ?? usualFlagAfter,
  validMinutes: given.validMinutes ?? null,
  required: given.required ?? false,
});

const twice = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

const twiceIn = (name: string, items: readonly { readonly code: string }[]): readonly string[] =>
  twice(items.map((item) => item.code)).map(
    (value) => `${name}: the code "${value}" stands there twice`,
  );

/** What the schema cannot say of scripts, macros and policies, each with its place. */
export const guidanceContradictions = ({
  scripts = [],
  macros = [],
  verifications = [],
}: GuidanceGiven): readonly string[] => [
  ...twiceIn('scripts', scripts),
  ...twiceIn('macros', macros),
  ...twiceIn('verifications', verifications),
  ...scripts.flatMap((script) =>
    scriptProblems(scriptContent(script)).map((problem) => `scripts: "${script.code}": ${problem}`),
  ),
  ...macros.flatMap((macro) => textProblems(`macros: "${macro.code}"`, macro.text)),
  ...verifications.flatMap((policy) =>
    policyProblems(policyContent(policy)).map(
      (problem) => `verifications: "${policy.code}": ${problem}`,
    ),
  ),
];

/** After queues are there. */
export const saveGuidance = async (
  transaction: Transaction,
  { scripts = [], macros, verifications = [], queues = [] }: GuidanceGiven,
): Promise<void> => {
  for (const [position, script] of scripts.entries()) {
    const content = scriptContent(script);
    await saveItem(transaction, { kind: 'script', code: script.code, content, position });
  }
  for (const [position, policy] of verifications.entries()) {
    const content = policyContent(policy);
    await saveItem(transaction, { kind: 'verification', code: policy.code, content, position });
  }
  await saveCentreSetting(transaction, 'macros', macros);
  for (const { name, script, verification } of queues) {
    await transaction.query('UPDATE queues SET script = $2, verification = $3 WHERE name = $1', [
      name,
      script ?? null,
      verification ?? null,
    ]);
  }
  await saveCentreSetting(transaction, 'guidanceVersion', await versionOf(transaction));
};

type Names = { readonly queues: ReadonlySet<string>; readonly teams: ReadonlySet<string> };

/** What does not fit together once everything is there. */
export const guidanceProblems = async (
  database: Queryable,
  { queues = [], macros = [] }: GuidanceGiven,
  known: Names,
): Promise<readonly string[]> => {
  const codesOf = async (kind: 'script' | 'verification') =>
    new Set((await listNewest(database, kind)).map((item) => item.code));
  const [scripts, policies] = [await codesOf('script'), await codesOf('verification')];
  return [
    ...queues.flatMap(({ name, script, verification }) => [
      ...(script === undefined || scripts.has(script)
        ? []
        : [`queues: "${name}" has the script "${script}", which is none`]),
      ...(verification === undefined || policies.has(verification)
        ? []
        : [`queues: "${name}" has the verification "${verification}", which is none`]),
    ]),
    ...macros.flatMap((macro) => [
      ...(macro.queues ?? [])
        .filter((queue) => !known.queues.has(queue))
        .map((queue) => `macros: "${macro.code}" is for "${queue}", which is no queue`),
      ...(macro.teams ?? [])
        .filter((team) => !known.teams.has(team))
        .map((team) => `macros: "${macro.code}" is for "${team}", which is no team`),
    ]),
  ];
};

export const readMacros = async (database: Queryable): Promise<readonly MacroGiven[]> =>
  (await readCentreSetting<readonly MacroGiven[]>(database, 'macros')) ?? [];

export const listQueueGuidance = (
  database: Queryable,
): Promise<
  readonly {
    readonly queue: string;
    readonly script: string | null;
    readonly verification: string | null;
  }[]
> =>
  database.query(
    `SELECT name AS queue, script, verification FROM queues
     WHERE script IS NOT NULL OR verification IS NOT NULL ORDER BY position, name`,
  );

export const listScripts = async (database: Queryable): Promise<readonly Script[]> =>
  (await listNewest<ScriptContent>(database, 'script')).map(({ content, ...item }) => ({
    ...item,
    ...content,
  }));

export const listPolicies = async (database: Queryable): Promise<readonly VerificationPolicy[]> =>
  (await listNewest<PolicyContent>(database, 'verification')).map(({ content, ...item }) => ({
    ...item,
    ...content,
  }));

const versionOf = async (database: Queryable): Promise<string> => {
  const all = [
    await listScripts(database),
    await listPolicies(database),
    await readMacros(database),
    await listQueueGuidance(database),
  ];
  // Of nothing there is no book.
  if (all.every((part) => part.length === 0)) return '';
  return createHash('sha256').update(canonicalJson(all)).digest('hex').slice(0, 16);
};

/** Which book is in force; '': none. */
export const readGuidanceVersion = async (database: Queryable): Promise<string> =>
  (await readCentreSetting<string>(database, 'guidanceVersion')) ?? '';

export type ShownGuidance = {
  readonly centre: {
    readonly scripts?: readonly ScriptGiven[];
    readonly macros?: readonly MacroGiven[];
    readonly verifications?: readonly VerificationGiven[];
  };
  readonly ofQueue: (name: string) => { readonly script?: string; readonly verification?: string };
};

/** As the file has it; what is as usual is left out. */
export const showGuidance = async (database: Queryable): Promise<ShownGuidance> => {
  const [scripts, policies, macros, queues] = await Promise.all([
    listScripts(database),
    listPolicies(database),
    readMacros(database),
    listQueueGuidance(database),
  ]);
  return {
    centre: {
      ...(scripts.length === 0 ? {} : { scripts: scripts.map(shownScript) }),
      ...(macros.length === 0 ? {} : { macros }),
      ...(policies.length === 0 ? {} : { verifications: policies.map(shownPolicy) }),
    },
    ofQueue: (name) => {
      const { script = null, verification = null } =
        queues.find(({ queue }) => queue === name) ?? {};
      return {
        ...(script === null ? {} : { script }),
        ...(verification === null ? {} : { verification }),
      };
    },
  };
};

const shownScript = ({ version: _version, ...script }: Script): ScriptGiven => ({
  ...script,
  steps: script.steps.map(({ choices, end, ...step }) => ({
    ...step,
    ...(choices.length === 0 ? {} : { choices }),
    ...(end ? { end } : {}),
  })),
});

const shownPolicy = (policy: VerificationPolicy): VerificationGiven => ({
  code: policy.code,
  label: policy.label,
  questions: policy.questions.map(({ mandatory, ...question }) => ({
    ...question,
    ...(mandatory ? { mandatory } : {}),
  })),
  needed: policy.needed,
  ...(policy.flagAfter === usualFlagAfter ? {} : { flagAfter: policy.flagAfter }),
  ...(policy.validMinutes === null ? {} : { validMinutes: policy.validMinutes }),
  ...(policy.required ? { required: true } : {}),
});
