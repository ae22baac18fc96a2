import { failure, success, type Result } from '../../result.ts';

/** What a template may name, between braces. */
export const linkVariables = ['contact', 'queue', 'agent', 'language'] as const;
export type LinkVariable = (typeof linkVariables)[number];
export type LinkValues = Readonly<Record<LinkVariable, string>>;

const longest = 500;
const namedVariable = /\{([^{}]*)\}/gu;

const isVariable = (name: string): name is LinkVariable =>
  linkVariables.some((variable) => variable === name);

const fill = (template: string, valueOf: (name: LinkVariable) => string): string =>
  template.replaceAll(namedVariable, (whole, name: string) =>
    isVariable(name) ? encodeURIComponent(valueOf(name)) : whole,
  );

/** null: it is one. Otherwise what is wrong with it, as the end of a sentence. */
export const linkTemplateProblem = (template: string): string | null => {
  if (template.length > longest) return `is longer than ${String(longest)} characters`;
  if (/[\s\p{Cc}]/u.test(template)) return 'has a blank in it';
  const unknown = [...template.matchAll(namedVariable)].find(([, name = '']) => !isVariable(name));
  if (unknown !== undefined)
    return `names ${unknown[0]}, which is none of ${linkVariables.map((name) => `{${name}}`).join(', ')}`;
  // What stands outside of every variable has no brace of its own.
  if (/[{}]/u.test(template.replaceAll(namedVariable, ''))) return 'has a brace without its other';
  if (!template.startsWith('https://')) return 'does not begin with https://';
  const host = /^https:\/\/([^/?#]*)/u.exec(template)?.[1] ?? '';
  if (/[{}@]/u.test(host)) return 'has a variable or a user in the name of its host';
  if (
    !/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?$/iu.test(
      host,
    )
  )
    return 'names no host';
  return template.includes('{contact}')
    ? null
    : 'does not name {contact}, without which no answer finds its call';
};

/** The address of one survey. Values are percent-encoded whole, so that none of them can change where it leads. */
export const surveyLink = (template: string, values: LinkValues): Result<string, string> => {
  const problem = linkTemplateProblem(template);
  return problem === null ? success(fill(template, (name) => values[name])) : failure(problem);
};
