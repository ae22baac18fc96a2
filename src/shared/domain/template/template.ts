import { failure, success, type Result } from '../../result.ts';

/** Text with variables, as scripts and macros have it: `Good day, {customer.name}`. `{{` and `}}` stand for braces. */

export const templateVariables = [
  'customer.name',
  'customer.company',
  'customer.city',
  'customer.email',
  'agent.name',
  'call.number',
  'call.queue',
  'call.date',
  'call.time',
  'contact.id',
  'ticket.reference',
] as const;
export type TemplateVariable = (typeof templateVariables)[number];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: TemplateVariable };

export type TemplateProblem =
  | { readonly kind: 'unknown'; readonly name: string }
  /** A brace that opens nothing, or that nothing closes. */
  | { readonly kind: 'brace'; readonly at: number };

export type TemplateValues = Readonly<Partial<Record<TemplateVariable, string>>>;

export type FilledTemplate = {
  readonly text: string;
  /** Where something is not known, and a placeholder stands for it. */
  readonly gaps: readonly {
    readonly name: TemplateVariable;
    readonly from: number;
    readonly to: number;
  }[];
};

const isVariable = (name: string): name is TemplateVariable =>
  templateVariables.some((known) => known === name);

/** In the order in which they stand; `{{` before `{`, so that a doubled brace opens nothing. */
const tokens = /\{\{|\}\}|\{([^{}]*)\}|[{}]/gu;

/** The parts of a text, or everything that is wrong with it. */
export const parseTemplate = (
  text: string,
): Result<readonly TemplatePart[], readonly TemplateProblem[]> => {
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  let literal = '';
  let end = 0;
  for (const token of text.matchAll(tokens)) {
    const [whole, inside] = token;
    literal += text.slice(end, token.index);
    end = token.index + whole.length;
    if (whole === '{{' || whole === '}}') {
      literal += whole.charAt(0);
    } else if (inside === undefined) {
      problems.push({ kind: 'brace', at: token.index });
    } else if (isVariable(inside)) {
      if (literal !== '') parts.push({ kind: 'text', text: literal });
      literal = '';
      parts.push({ kind: 'variable', name: inside });
    } else {
      problems.push({ kind: 'unknown', name: inside });
    }
  }
  literal += text.slice(end);
  if (literal !== '') parts.push({ kind: 'text', text: literal });
  return problems.length === 0 ? success(parts) : failure(problems);
};

const longestValue = 200;
// C0 and C1 controls, soft hyphen, zero-width and bidirectional marks, line separators, BOM and tag characters.
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** What a record says, as one line of plain text: no markup, no control characters, and no brace of a variable. */
export const plainValue = (value: string): string =>
  Array.from(
    value
      .replace(/<[^<>]*>/gu, ' ')
      .replace(/[<>]/gu, '')
      .replaceAll('{', '(')
      .replaceAll('}', ')')
      .replace(unprintable, ' ')
      .replace(/\s+/gu, ' ')
      .trim(),
  )
    .slice(0, longestValue)
    .join('')
    .trim();

/** The text with its values; what is not known is a placeholder in brackets, named by `nameOf`. */
export const fillTemplate = (
  parts: readonly TemplatePart[],
  values: TemplateValues,
  nameOf: (name: TemplateVariable) => string,
): FilledTemplate => {
  const gaps: FilledTemplate['gaps'][number][] = [];
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const { name } = part;
    const value = plainValue(values[name] ?? '');
    const shown = value === '' ? `[${plainValue(nameOf(name))}]` : value;
    if (value === '') gaps.push({ name, from: text.length, to: text.length + shown.length });
    text += shown;
  }
  return { text, gaps };
};

/** The same of a text that was not read yet; one that is no template stands as it is. */
export const fillText = (
  text: string,
  values: TemplateValues,
  nameOf: (name: TemplateVariable) => string,
): FilledTemplate => {
  const read = parseTemplate(text);
  return read.ok ? fillTemplate(read.value, values, nameOf) : { text, gaps: [] };
};
