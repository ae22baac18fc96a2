import { isGroup, type CodeNode } from './code-tree.ts';
import type { FieldRule, WrapUpRules } from './wrap-up-rules.ts';

/** What an agent says of a contact. */
export type WrapUpWords = {
  /** The first is what the contact is counted under. */
  readonly codes: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly notes: string;
};

/** What the words are held against: the queue's rules and the codes that there are. */
export type WrapUpTerms = {
  readonly queue: string | null;
  readonly rules: WrapUpRules;
  readonly codes: readonly CodeNode[];
};

/** Something that the rules of the queue do not allow. */
export type WrapUpFlaw =
  | { readonly what: 'no_code' }
  | { readonly what: 'unknown_code'; readonly code: string }
  | { readonly what: 'code_of_other_queue'; readonly code: string }
  | { readonly what: 'code_is_group'; readonly code: string }
  | { readonly what: 'code_twice'; readonly code: string }
  | { readonly what: 'too_many_codes'; readonly maximum: number }
  | { readonly what: 'field_missing'; readonly key: string }
  | { readonly what: 'field_unknown'; readonly key: string }
  | { readonly what: 'field_too_long'; readonly key: string; readonly maximum: number }
  | { readonly what: 'field_no_number'; readonly key: string }
  | { readonly what: 'field_no_choice'; readonly key: string };

const codeFlaw = (code: string, { queue, codes }: WrapUpTerms): WrapUpFlaw | null => {
  const known = codes.filter((other) => other.code === code);
  if (known.length === 0) return { what: 'unknown_code', code };
  if (!known.some((other) => other.queue === null || other.queue === queue)) {
    return { what: 'code_of_other_queue', code };
  }
  return isGroup(codes, code) ? { what: 'code_is_group', code } : null;
};

const fieldFlaw = (rule: FieldRule, given: string): WrapUpFlaw | null => {
  const { key, kind, required, maxLength, choices } = rule;
  const value = given.trim();
  if (value === '') return required ? { what: 'field_missing', key } : null;
  if (value.length > maxLength) return { what: 'field_too_long', key, maximum: maxLength };
  if (kind === 'number' && !/^[+-]?\d+(?:[.,]\d+)?$/u.test(value)) {
    return { what: 'field_no_number', key };
  }
  if (kind === 'choice' && !choices.some((choice) => choice.value === value)) {
    return { what: 'field_no_choice', key };
  }
  return null;
};

/** Everything that stands between these words and a wrap-up that the queue takes, in the order of the screen. */
export const flawsOf = (terms: WrapUpTerms, { codes, fields }: WrapUpWords): WrapUpFlaw[] => {
  const { rules } = terms;
  const flaws: (WrapUpFlaw | null)[] = [];
  if (codes.length === 0 && rules.mode !== 'optional') flaws.push({ what: 'no_code' });
  if (codes.length > rules.maximumCodes) {
    flaws.push({ what: 'too_many_codes', maximum: rules.maximumCodes });
  }
  for (const [at, code] of codes.entries()) {
    flaws.push(codes.indexOf(code) === at ? codeFlaw(code, terms) : { what: 'code_twice', code });
  }
  for (const rule of rules.fields) flaws.push(fieldFlaw(rule, fields[rule.key] ?? ''));
  for (const key of Object.keys(fields)) {
    if (!rules.fields.some((rule) => rule.key === key)) flaws.push({ what: 'field_unknown', key });
  }
  return flaws.filter((flaw) => flaw !== null);
};

/** For refusals and for logs; the screen has its own words in every language. */
export const flawText = (flaw: WrapUpFlaw): string => {
  switch (flaw.what) {
    case 'no_code':
      return 'a code is missing';
    case 'unknown_code':
      return `there is no code "${flaw.code}"`;
    case 'code_of_other_queue':
      return `the code "${flaw.code}" is of another queue`;
    case 'code_is_group':
      return `"${flaw.code}" is a group of codes`;
    case 'code_twice':
      return `the code "${flaw.code}" stands there twice`;
    case 'too_many_codes':
      return `there are more than ${String(flaw.maximum)} codes`;
    case 'field_missing':
      return `the field "${flaw.key}" is missing`;
    case 'field_unknown':
      return `there is no field "${flaw.key}"`;
    case 'field_too_long':
      return `the field "${flaw.key}" is longer than ${String(flaw.maximum)}`;
    case 'field_no_number':
      return `the field "${flaw.key}" is no number`;
    case 'field_no_choice':
      return `the field "${flaw.key}" is none of the choices`;
  }
};

/** The same words under the rules of now: what was typed in a field that is asked for no more is a note. */
export const underRules = (rules: WrapUpRules, words: WrapUpWords): WrapUpWords => {
  const entries = Object.entries(words.fields);
  const isAsked = ([key]: readonly [string, string]): boolean =>
    rules.fields.some((field) => field.key === key);
  const asides = entries
    .filter((entry) => !isAsked(entry) && entry[1].trim() !== '')
    .map((entry) => entry.join(': '));
  return {
    ...words,
    fields: Object.fromEntries(entries.filter(isAsked)),
    notes: asides.length === 0 ? words.notes : [words.notes, ...asides].join('\n').trim(),
  };
};

/** Whether anything was said at all. */
export const isSilent = ({ codes, fields, notes }: WrapUpWords): boolean =>
  codes.length === 0 && notes.trim() === '' && Object.values(fields).every((value) => value === '');

export const sameWords = (a: WrapUpWords, b: WrapUpWords): boolean =>
  a.notes === b.notes &&
  a.codes.length === b.codes.length &&
  a.codes.every((code, at) => code === b.codes[at]) &&
  [...new Set([...Object.keys(a.fields), ...Object.keys(b.fields)])].every(
    (key) => (a.fields[key] ?? '') === (b.fields[key] ?? ''),
  );
