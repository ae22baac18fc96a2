import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { needSchema, wordingSchema } from '../../../shared/api/consent.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import { isInCountry, placePattern } from './place-codes.ts';

/** The rules of consent as an administrator writes them down: which place asks for what, and the words that are read. */

const strict = { additionalProperties: false } as const;
const version = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' });
const words = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });

export const rulesFileSchema = Type.Object(
  {
    version,
    jurisdictions: Type.Array(
      Type.Object(
        {
          place: Type.String({ pattern: placePattern }),
          need: needSchema,
          source: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
          date: Type.String({ format: 'date' }),
        },
        strict,
      ),
      { minItems: 1, maxItems: 2_000 },
    ),
    wordings: Type.Array(
      Type.Object(
        {
          ...wordingSchema.properties,
          language: Type.String({ pattern: '^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$' }),
          version,
          ask: words,
          notice: words,
        },
        strict,
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  strict,
);

export type RulesFile = Immutable<Static<typeof rulesFileSchema>>;

const twice = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

const contradictions = ({ jurisdictions, wordings }: RulesFile): readonly string[] => [
  ...twice(jurisdictions.map(({ place }) => place)).map(
    (place) => `jurisdictions: the place "${place}" stands there twice`,
  ),
  ...jurisdictions.flatMap(({ place }, at) =>
    isInCountry(place)
      ? []
      : [`/jurisdictions/${at}/place: "${place}" is in no country (ISO 3166)`],
  ),
  ...twice(wordings.map(({ language }) => language)).map(
    (language) => `wordings: the language "${language}" stands there twice`,
  ),
];

/** The rules in a text, or everything that is wrong with it, each line naming its place. */
export const readRulesFile = (text: string): Result<RulesFile, readonly string[]> => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return failure([`it is no JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  return checkRules(content);
};

export const checkRules = (content: unknown): Result<RulesFile, readonly string[]> => {
  if (!Value.Check(rulesFileSchema, content)) {
    return failure(
      Value.Errors(rulesFileSchema, content).map(
        ({ instancePath, message }) => `${instancePath === '' ? '/' : instancePath}: ${message}`,
      ),
    );
  }
  const problems = contradictions(content);
  return problems.length === 0 ? success(content) : failure(problems);
};
