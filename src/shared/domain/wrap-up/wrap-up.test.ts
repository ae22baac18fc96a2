import { expect, test } from 'vitest';
import { leavesOf, type CodeNode } from './code-tree.ts';
import { endsAtOf, wordsAtTimeOut, wrapUpReadiness, type WrapUpProgress } from './readiness.ts';
import { rulesFor, usualRules, wrapUpModes, type WrapUpRules } from './wrap-up-rules.ts';
import { flawsOf, flawText, underRules, type WrapUpTerms } from './wrap-up-words.ts';

const codes: readonly CodeNode[] = [
  { code: 'resolved', queue: null },
  { code: 'fault', queue: 'support' },
  { code: 'network', queue: 'support', parent: 'fault' },
  { code: 'wifi', queue: 'support', parent: 'network' },
  { code: 'printer', queue: 'support', parent: 'fault' },
  { code: 'sold', queue: 'sales' },
];
const timed: WrapUpRules = {
  ...usualRules,
  mode: 'timed',
  seconds: 30,
  defaultCode: 'resolved',
};
const terms = (rules: Partial<WrapUpRules> = {}): WrapUpTerms => ({
  queue: 'support',
  rules: { ...usualRules, ...rules },
  codes,
});
const said = (part: Partial<WrapUpProgress> = {}): WrapUpProgress => ({
  codes: ['wifi'],
  fields: {},
  notes: '',
  endedAt: 1_000,
  extensions: 0,
  ...part,
});
const flaws = (rules: Partial<WrapUpRules>, part: Partial<WrapUpProgress>) =>
  flawsOf(terms(rules), said(part)).map(flawText);

test('leaves can be chosen, those of the queue first, with the groups that lead to them', () => {
  const shown = leavesOf(codes, 'support').map(({ code, path }) =>
    [...path, code].map((each) => each.code).join('/'),
  );
  expect(shown).toEqual(['fault/network/wifi', 'fault/printer', 'resolved']);
  expect(leavesOf(codes, null).map(({ code }) => code.code)).toEqual(['resolved']);
});

test('a group that is not there, or stands in itself, hides nothing and hangs nothing', () => {
  const odd = [
    { code: 'lost', queue: null, parent: 'gone' },
    { code: 'a', queue: null, parent: 'b' },
    { code: 'b', queue: null, parent: 'a' },
  ];
  expect(leavesOf(odd, null).map(({ code }) => code.code)).toEqual(['lost']);
});

test('rules are those of the queue, and the usual ones where it says nothing', () => {
  const rules = [{ ...timed, queue: 'support' }];
  expect(rulesFor(rules, 'support')).toMatchObject({ mode: 'timed' });
  expect(rulesFor(rules, 'sales')).toBe(usualRules);
  expect(rulesFor(rules, null)).toBe(usualRules);
});

test('what the rules do not allow is named', () => {
  expect(flaws({}, { codes: [] })).toEqual(['a code is missing']);
  expect(flaws({ mode: 'optional' }, { codes: [] })).toEqual([]);
  expect(flaws({}, { codes: ['nonsense'] })).toEqual(['there is no code "nonsense"']);
  expect(flaws({}, { codes: ['sold'] })).toEqual(['the code "sold" is of another queue']);
  expect(flaws({}, { codes: ['network'] })).toEqual(['"network" is a group of codes']);
  expect(flaws({}, { codes: ['wifi', 'printer'] })).toEqual(['there are more than 1 codes']);
  expect(flaws({ maximumCodes: 2 }, { codes: ['wifi', 'wifi'] })).toEqual([
    'the code "wifi" stands there twice',
  ]);
});

test('fields are held to their kind, their length and whether they must be there', () => {
  const base = { required: false, maxLength: 5, choices: [] };
  const fields: WrapUpRules['fields'] = [
    { ...base, key: 'order', kind: 'text', required: true },
    { ...base, key: 'amount', kind: 'number' },
    { ...base, key: 'tone', kind: 'choice', choices: [{ value: 'calm' }] },
  ];
  const found = (given: Record<string, string>) => flaws({ fields }, { fields: given });
  expect(found({ order: 'A1', amount: '-3,5', tone: 'calm' })).toEqual([]);
  expect(found({ order: '  ' })).toEqual(['the field "order" is missing']);
  expect(found({ order: 'abcdef', amount: 'two', tone: 'loud', odd: 'x' })).toEqual([
    'the field "order" is longer than 5',
    'the field "amount" is no number',
    'the field "tone" is none of the choices',
    'there is no field "odd"',
  ]);
});

test('what was typed in a field that is asked for no more is a note', () => {
  const words = { codes: [], fields: { colour: 'red', size: ' ' }, notes: 'n' };
  expect(underRules(usualRules, words)).toEqual({ codes: [], fields: {}, notes: 'n\ncolour: red' });
});

/** What each mode does in the middle of its time, and when it is over. */
const table: Record<
  (typeof wrapUpModes)[number],
  { readonly endsAt: number | null; readonly atOnce: boolean; readonly extend: boolean }
> = {
  optional: { endsAt: null, atOnce: true, extend: false },
  required: { endsAt: null, atOnce: true, extend: false },
  timed: { endsAt: 31_000, atOnce: true, extend: false },
  timed_no_early_exit: { endsAt: 31_000, atOnce: false, extend: false },
  agent_extendable: { endsAt: 31_000, atOnce: true, extend: true },
};

test.each(wrapUpModes)('the mode %s ends when and how it says', (mode) => {
  const held = terms({ ...timed, mode, extendSeconds: 20, maximumExtensions: 2 });
  const { endsAt, atOnce, extend } = table[mode];
  const during = wrapUpReadiness(held, said(), 5_000);
  expect(during).toMatchObject({
    mayComplete: true,
    endsAtOnce: atOnce,
    endsAt,
    mayExtend: extend,
  });
  const after = wrapUpReadiness(held, said(), 31_000);
  expect(after).toMatchObject({ isOver: endsAt !== null, mayComplete: endsAt === null });
  expect(wrapUpReadiness(held, said({ endedAt: null }), 5_000)).toMatchObject({
    mayComplete: false,
    endsAt: null,
  });
});

test('more time is added as often as the queue allows, whatever a draft claims', () => {
  const rules = {
    ...timed,
    mode: 'agent_extendable',
    extendSeconds: 20,
    maximumExtensions: 2,
  } as const;
  expect([0, 1, 2, 99].map((extensions) => endsAtOf(rules, { endedAt: 0, extensions }))).toEqual([
    30_000, 50_000, 70_000, 70_000,
  ]);
  expect(wrapUpReadiness(terms(rules), said({ extensions: 2 }), 5_000).mayExtend).toBe(false);
});

test('when the time is over what was said stands, and the default code where none was', () => {
  const words = { codes: [], fields: { order: 'A1' }, notes: 'half a sen' };
  expect(wordsAtTimeOut(timed, words)).toEqual({ ...words, codes: ['resolved'] });
  expect(wordsAtTimeOut(timed, { ...words, codes: ['wifi'] }).codes).toEqual(['wifi']);
});
