import { failure, success, type Result } from '../../../shared/result.ts';

/** What is wrong with a text that an administrator wrote, and where: the first character is 1. */
export type Mistake = { readonly at: number; readonly why: string };

export type Values = Readonly<Record<string, string>>;

const place = /\{([^{}"\s]*)\}/gu;

/** Every `{name}` has to be one of these. */
export const checkPlaces = (text: string, names: readonly string[]): Mistake | null => {
  for (const match of text.matchAll(place)) {
    const [whole, name = ''] = match;
    // Two braces with nothing in them are JSON's empty object.
    if (whole === '{}' || names.includes(name)) continue;
    const known = names.map((each) => `{${each}}`).join(' ');
    return { at: match.index + 1, why: `${whole} is none of ${known}` };
  }
  return null;
};

const filled = (text: string, values: Values, written: (value: string) => string): string =>
  text.replaceAll(place, (whole: string, name: string) => {
    const value = values[name];
    return value === undefined ? whole : written(value);
  });

/** null: a value would be a step to the folder above. */
export const fillUrl = (template: string, values: Values): string | null => {
  const isStep = Object.entries(values).some(
    ([name, value]) => template.includes(`{${name}}`) && /^\.{1,2}$/u.test(value),
  );
  return isStep ? null : filled(template, values, encodeURIComponent);
};

/** Goes behind the base address: it begins with a slash, so that it never adds to the host. */
export const checkPath = (text: string, names: readonly string[]): Mistake | null => {
  if (!text.startsWith('/')) return { at: 1, why: 'it has to begin with /' };
  const bad = /[\s\\#]/u.exec(text);
  if (bad !== null) return { at: bad.index + 1, why: 'spaces, \\ and # are not taken' };
  return checkPlaces(text, names);
};

const hostPattern = /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?=[/?#]|$)/iu;

/** A whole address: https, and nothing to fill in before its path. */
export const checkAddress = (text: string, names: readonly string[]): Mistake | null => {
  const host = hostPattern.exec(text);
  if (host === null || URL.parse(text) === null) {
    return { at: 1, why: 'it has to begin with https:// and a host without {…}' };
  }
  const bad = /[\s\\]/u.exec(text);
  if (bad !== null) return { at: bad.index + 1, why: 'spaces and \\ are not taken' };
  return checkPlaces(text, names);
};

/** JSON with places in its texts. They are filled after it was read: no value can end a text or begin another. */
export const parseJsonTemplate = (
  text: string,
  names: readonly string[],
): Result<unknown, Mistake> => {
  const mistake = checkPlaces(text, names);
  if (mistake !== null) return failure(mistake);
  try {
    const value: unknown = JSON.parse(text);
    return success(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // V8 names the place of most mistakes; without one it is the end that is missing.
    const position = /position (\d+)/u.exec(error.message)?.[1];
    const at = position === undefined ? text.length : Number(position) + 1;
    return failure({ at, why: 'this is not JSON; places stand in quotes: "{e164}"' });
  }
};

export const fillJson = (template: unknown, values: Values): unknown => {
  if (typeof template === 'string') return filled(template, values, (value) => value);
  if (Array.isArray(template)) return template.map((each: unknown) => fillJson(each, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]: [string, unknown]) => [
      name,
      fillJson(value, values),
    ]),
  );
};
