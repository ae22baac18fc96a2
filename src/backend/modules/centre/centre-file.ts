import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { labelSchema, roleSchema } from '../../../shared/api/records.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import { failure, success, type Result } from '../../../shared/result.ts';

/** A contact centre as its administrator writes it down: who works here, which queues there are, what can be said. */

const strict = { additionalProperties: false } as const;
const code = Type.String({ pattern: '^[a-z0-9_]{1,64}$' });
/** As the PBX names it. */
const queueName = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });

const centreSchema = Type.Object(
  {
    queues: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: queueName,
            label: labelSchema,
            targetHandleSeconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
            /** Calls of this queue are answered by themselves. */
            autoAnswer: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
      ),
    ),
    users: Type.Optional(
      Type.Array(
        Type.Object(
          {
            username: Type.String({ pattern: '^[a-z0-9._@-]{1,64}$' }),
            name: Type.String({ minLength: 1, maxLength: 128 }),
            role: roleSchema,
            extension: Type.String({ pattern: '^[0-9]{2,6}$' }),
            /** The queues that they serve; none of them: `[]`. */
            queues: Type.Array(queueName),
            /** false: can no longer sign in; what they did stays. */
            active: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
      ),
    ),
    notReadyReasons: Type.Optional(
      Type.Array(
        Type.Object({ code, label: labelSchema, active: Type.Optional(Type.Boolean()) }, strict),
      ),
    ),
    wrapUpCodes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code,
            label: labelSchema,
            /** Absent: for every queue. */
            queue: Type.Optional(queueName),
            active: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);

export type Centre = Immutable<Static<typeof centreSchema>>;

const twice = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

/** What the schema cannot say: names that stand twice. */
const contradictions = ({ queues, users, notReadyReasons, wrapUpCodes }: Centre): string[] => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['queues: the name', (queues ?? []).map(({ name }) => name)],
    ['users: the user name', (users ?? []).map(({ username }) => username)],
    ['users: the extension', (users ?? []).map(({ extension }) => extension)],
    ['notReadyReasons: the code', (notReadyReasons ?? []).map((reason) => reason.code)],
    ['wrapUpCodes: the code', (wrapUpCodes ?? []).map((wrapUp) => wrapUp.code)],
  ];
  return lists.flatMap(([what, values]) =>
    twice(values).map((value) => `${what} "${value}" stands there twice`),
  );
};

/** The centre in a text, or everything that is wrong with it, each line naming its place. */
export const readCentre = (text: string): Result<Centre, readonly string[]> => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return failure([`it is no JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  if (!Value.Check(centreSchema, content)) {
    return failure(
      Value.Errors(centreSchema, content).map(
        ({ instancePath, message }) => `${instancePath === '' ? '/' : instancePath} ${message}`,
      ),
    );
  }
  const problems = contradictions(content);
  return problems.length === 0 ? success(content) : failure(problems);
};
