import { Compile, type Validator } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import type { TSchema } from 'typebox';
import type { App } from '../app-type.ts';

/** Input that does not fit its schema; `message` names the place and the rule, never the value. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

const depth = (error: TLocalizedValidationError): number => error.instancePath.split('/').length;

/** A union reports every variant that did not fit; the deepest place is where the input came closest. */
const closest = (
  errors: readonly TLocalizedValidationError[],
): TLocalizedValidationError | undefined => {
  const telling = errors.filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'const');
  return [...(telling.length > 0 ? telling : errors)].sort((a, b) => depth(b) - depth(a))[0];
};

/** What was wrong, in words. */
export const explainErrors = (
  errors: readonly TLocalizedValidationError[],
  root: string,
): string => {
  const error = closest(errors);
  if (error === undefined) return `${root} does not fit`;
  const place = `${root}${error.instancePath}`;
  // `additionalProperties: false` reports the stranger itself, as something that fits the schema `false`.
  if (error.keyword === 'boolean') return `${place.slice(0, 120)} is not a known property`;
  if (error.keyword === 'required') {
    return `${place} lacks ${error.params.requiredProperties.join(', ')}`;
  }
  return `${place} ${error.message}`;
};

/** Checks as strictly as the schemas say; only query strings and paths, which are all text, are converted first. */
export const registerValidation = (app: App): void => {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator: Validator = Compile(schema);
    const root = httpPart === 'querystring' ? 'query' : (httpPart ?? 'input');
    return (given: unknown) => {
      const value = httpPart === 'body' ? given : validator.Convert(given);
      if (validator.Check(value)) return { value };
      return { error: new InvalidInput(explainErrors(validator.Errors(value), root)) };
    };
  });
  // Answers are written as they are: fast-json-stringify would quietly drop what a schema forgot.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
};
