import { failure, success, type Result } from '../../../shared/result.ts';
import type { Mistake } from './template.ts';

/**
 * The part of JSONPath (RFC 9535) that names places: members, positions and all of a list. What is taken means the same as
 * there; filters and descendants are left out, since their time grows with what somebody else answers.
 */
export type JsonPath = readonly Step[];

type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' };

// §2.5.1.1 shorthand, §2.3.1 names in quotes, §2.3.2 wildcard, §2.3.3 index.
const stepPattern =
  /\.(?<short>[\p{L}_][\p{L}\p{N}_]*)|\[(?:'(?<single>[^'\\]*)'|"(?<double>[^"\\]*)"|(?<index>-?\d{1,9})|(?<all>\*))\]|(?<dotAll>\.\*)/uy;

const stepOf = (groups: Readonly<Record<string, string | undefined>>): Step => {
  const { short, single, double, index } = groups;
  const name = short ?? single ?? double;
  if (name !== undefined) return { kind: 'member', name };
  return index === undefined ? { kind: 'all' } : { kind: 'index', index: Number(index) };
};

/** Without `$` it begins with a name: `id` is `$.id`. */
export const parsePath = (given: string): Result<JsonPath, Mistake> => {
  const isWhole = given.startsWith('$');
  const text = isWhole ? given : `$.${given}`;
  const added = text.length - given.length;
  const steps: Step[] = [];
  let at = 1;
  while (at < text.length) {
    stepPattern.lastIndex = at;
    const match = stepPattern.exec(text);
    if (match === null) {
      return failure({
        at: Math.max(1, at - added + 1),
        why: 'a name, [0], or [*] is wanted here',
      });
    }
    steps.push(stepOf(match.groups ?? {}));
    at = stepPattern.lastIndex;
  }
  return success(steps);
};

const follow = (value: unknown, step: Step): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (step.kind === 'all') return Object.values(value);
  if (step.kind === 'index') {
    const item: unknown = Array.isArray(value) ? value.at(step.index) : undefined;
    return item === undefined ? [] : [item];
  }
  if (Array.isArray(value) || !Object.hasOwn(value, step.name)) return [];
  const member: unknown = Object.entries(value).find(([name]) => name === step.name)?.[1];
  return [member];
};

/** The values at these places, in their order (§2.1.2). */
export const select = (path: JsonPath, root: unknown): readonly unknown[] =>
  path.reduce<readonly unknown[]>(
    (values, step) => values.flatMap((value) => follow(value, step)),
    [root],
  );

/** The list at this place; undefined: there is none. A single thing is a list of one, and null a list of none. */
export const selectList = (path: JsonPath, root: unknown): readonly unknown[] | undefined => {
  const [last] = path.slice(-1);
  // `$.data[*]` and `$.data` name the same list; without one there, either is a mistake and no empty list.
  const found = select(last?.kind === 'all' ? path.slice(0, -1) : path, root);
  if (found.length === 0) return undefined;
  return found.flatMap((value): readonly unknown[] =>
    Array.isArray(value) ? value : value === null ? [] : [value],
  );
};
