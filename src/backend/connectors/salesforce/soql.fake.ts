/** So much of SOQL and SOSL as is asked: what is not well formed, or names what is not there, is refused. */

export type Row = Readonly<Record<string, unknown>>;

export class MalformedQuery extends Error {}

type Tokens = { readonly next: () => string; readonly peek: () => string };

const tokenPattern = /\s*('(?:\\['"\\nrt]|[^'\\\n])*'|[A-Za-z_][\w.]*(?::\d+)?|\d+|[(),=])/uy;

const tokensOf = (text: string): Tokens => {
  const all: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const token = tokenPattern.exec(text)?.[1];
    if (token === undefined) throw new MalformedQuery(`unexpected token at ${String(at)}`);
    all.push(token);
  }
  let index = 0;
  return {
    next: () => all[index++] ?? '',
    peek: () => all[index] ?? '',
  };
};

const dayMs = 86_400_000;

type Test = (row: Row) => boolean;

const unquoted = (literal: string): string => literal.slice(1, -1).replaceAll(/\\(.)/gu, '$1');

export type Soql = {
  readonly fields: readonly string[];
  readonly from: string;
  readonly rows: (all: readonly Row[]) => readonly Row[];
};

/** `knows` says whether a kind of record has a field. */
export const parseSoql = (text: string, knows: (type: string, field: string) => boolean): Soql => {
  const tokens = tokensOf(text);
  const expect = (word: string): void => {
    const token = tokens.next();
    if (token.toUpperCase() !== word) throw new MalformedQuery(`unexpected token: ${token}`);
  };
  const isNext = (word: string): boolean => {
    if (tokens.peek().toUpperCase() !== word) return false;
    tokens.next();
    return true;
  };
  expect('SELECT');
  const fields: string[] = [];
  do fields.push(tokens.next());
  while (isNext(','));
  expect('FROM');
  const from = tokens.next();
  const field = (): string => {
    const name = tokens.next();
    if (!knows(from, name)) throw new MalformedQuery(`No such column '${name}' on ${from}`);
    return name;
  };
  const condition = (): Test => {
    if (isNext('(')) {
      const inner = conditions();
      expect(')');
      return inner;
    }
    const name = field();
    // Long texts cannot be filtered by (Object Reference: properties without "Filter").
    if (name === 'Description' || name === 'CommentBody') {
      throw new MalformedQuery(`field '${name}' can not be filtered in a query call`);
    }
    expect('=');
    const value = tokens.next();
    if (value.startsWith("'")) return (row) => row[name] === unquoted(value);
    const days = /^LAST_N_DAYS:(\d+)$/u.exec(value)?.[1];
    if (days !== undefined) {
      return (row) => Date.parse(String(row[name])) > Date.now() - Number(days) * dayMs;
    }
    if (value === 'true' || value === 'false') return (row) => String(row[name]) === value;
    throw new MalformedQuery(`unexpected token: ${value}`);
  };
  const conditions = (): Test => {
    let test = condition();
    let joined = '';
    for (;;) {
      const word = tokens.peek().toUpperCase();
      if (word !== 'AND' && word !== 'OR') return test;
      // SOQL takes no mixture without parentheses.
      if (joined !== '' && joined !== word) throw new MalformedQuery(`unexpected token: ${word}`);
      joined = tokens.next().toUpperCase();
      const [before, after] = [test, condition()];
      test =
        word === 'AND' ? (row) => before(row) && after(row) : (row) => before(row) || after(row);
    }
  };
  for (const name of fields) {
    if (!knows(from, name)) throw new MalformedQuery(`No such column '${name}' on ${from}`);
  }
  const where = isNext('WHERE') ? conditions() : () => true;
  const order: { readonly name: string; readonly sign: number }[] = [];
  if (isNext('ORDER')) {
    expect('BY');
    do order.push({ name: field(), sign: isNext('DESC') ? -1 : (isNext('ASC'), 1) });
    while (isNext(','));
  }
  const limit = isNext('LIMIT') ? Number(tokens.next()) : 2_000;
  if (tokens.peek() !== '') throw new MalformedQuery(`unexpected token: ${tokens.peek()}`);
  const compare = (a: Row, b: Row): number => {
    for (const { name, sign } of order) {
      const difference = String(a[name]).localeCompare(String(b[name]));
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
  return { fields, from, rows: (all) => all.filter(where).sort(compare).slice(0, limit) };
};

export type Sosl = {
  readonly scope: string;
  /** Each alternative is a list of words and phrases that all have to be there. */
  readonly alternatives: readonly (readonly string[])[];
  readonly returning: readonly { readonly type: string; readonly fields: readonly string[] }[];
};

const termPattern = /\s*("(?:\\.|[^"\\])*"|(?:\\.|[^\s?&|!{}[\]()^~*:\\"'+-])+)/uy;

const termsOf = (text: string): readonly string[] => {
  const all: string[] = [];
  termPattern.lastIndex = 0;
  while (termPattern.lastIndex < text.trimEnd().length) {
    const term = termPattern.exec(text)?.[1];
    if (term === undefined) throw new MalformedQuery('a reserved character is not escaped');
    all.push(term);
  }
  return all;
};

export const parseSosl = (text: string): Sosl => {
  const parts =
    /^FIND \{((?:\\.|[^{}\\])*)\} IN (PHONE|NAME|EMAIL|ALL) FIELDS RETURNING (.+)$/u.exec(text);
  if (parts === null) throw new MalformedQuery('unexpected token');
  const [, find = '', scope = '', kinds = ''] = parts;
  const alternatives: string[][] = [[]];
  for (const term of termsOf(find)) {
    if (term.toUpperCase() === 'OR') alternatives.push([]);
    else if (term.toUpperCase() !== 'AND') {
      const bare = term.startsWith('"') ? term.slice(1, -1) : term;
      alternatives.at(-1)?.push(bare.replaceAll(/\\(.)/gu, '$1'));
    }
  }
  const hasText = alternatives
    .flat()
    .some((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, '').length > 1);
  if (!hasText) throw new MalformedQuery('search term must be longer than one character');
  const returning = kinds.split(/,\s*(?=[A-Z]\w*\()/u).map((kind) => {
    const [, type = '', fields = ''] =
      /^(\w+)\(([\w., ]+?)(?: WHERE IsConverted = false)?(?: LIMIT \d+)?\)$/u.exec(kind) ?? [];
    if (type === '') throw new MalformedQuery('unexpected token');
    return { type, fields: fields.split(/,\s*/u) };
  });
  return { scope, alternatives, returning };
};
