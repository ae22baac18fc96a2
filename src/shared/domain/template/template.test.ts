import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fillTemplate,
  fillText,
  parseTemplate,
  plainValue,
  templateVariables,
  type TemplateVariable,
} from './template.ts';

const named = (name: TemplateVariable): string => name;

test('known variables are read, doubled braces stand for braces', () => {
  expect(parseTemplate('Hello {customer.name}, {{agent.name}}!')).toEqual({
    ok: true,
    value: [
      { kind: 'text', text: 'Hello ' },
      { kind: 'variable', name: 'customer.name' },
      { kind: 'text', text: ', {agent.name}!' },
    ],
  });
});

test.each([
  ['{customer.nam}', [{ kind: 'unknown', name: 'customer.nam' }]],
  ['{ customer.name }', [{ kind: 'unknown', name: ' customer.name ' }]],
  ['{}', [{ kind: 'unknown', name: '' }]],
  ['a {customer.name', [{ kind: 'brace', at: 2 }]],
  ['a } b', [{ kind: 'brace', at: 2 }]],
  [
    '{x} and {customer.name {y}',
    [
      { kind: 'unknown', name: 'x' },
      { kind: 'brace', at: 8 },
      { kind: 'unknown', name: 'y' },
    ],
  ],
])('%s is refused with everything that is wrong', (text, problems) => {
  expect(parseTemplate(text)).toEqual({ ok: false, why: problems });
});

test('what is not known is a placeholder whose place is told', () => {
  const filled = fillText(
    'To {customer.name} of {customer.company}.',
    { 'customer.name': 'Ana' },
    () => 'company',
  );
  expect(filled.text).toBe('To Ana of [company].');
  expect(filled.gaps).toEqual([{ name: 'customer.company', from: 10, to: 19 }]);
});

test.each([
  ['<b>Ana</b> Prado', 'Ana Prado'],
  ['Ana<script', 'Anascript'],
  ['Ana\u0000\u202e\nPrado\u200b', 'Ana Prado'],
  ['{agent.name}', '(agent.name)'],
])('a record that says %j is put in as %j', (value, shown) => {
  expect(plainValue(value)).toBe(shown);
  expect(fillText('{customer.name}', { 'customer.name': value }, named).text).toBe(shown);
});

const part = fc.oneof(
  fc.string(),
  fc.constantFrom('{', '}', '{{', '}}', '{customer.name}', '{nobody}', '<b>', '\u202e'),
);
const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
const values = fc.record(
  Object.fromEntries(templateVariables.map((name) => [name, fc.string({ unit: 'binary' })])),
  { requiredKeys: [] },
);

test('no text whatever makes it throw, and one that is refused says why', () => {
  fc.assert(
    fc.property(text, (given) => {
      const read = parseTemplate(given);
      if (!read.ok) expect(read.why.length).toBeGreaterThan(0);
    }),
  );
});

test('whatever records say, no half variable, markup or control character is left, and each gap is where it is told', () => {
  const clean = fc.string().map((words) => words.replace(/[{}<>]/gu, ''));
  const parts = fc.array(
    fc.oneof(
      clean.map((words) => ({ kind: 'text' as const, text: words })),
      fc.constantFrom(...templateVariables).map((name) => ({ kind: 'variable' as const, name })),
    ),
  );
  fc.assert(
    fc.property(parts, values, (given, known) => {
      const { text: filled, gaps } = fillTemplate(given, known, named);
      expect(filled).not.toMatch(/[{}<>]/u);
      for (const { name, from, to } of gaps) expect(filled.slice(from, to)).toBe(`[${name}]`);
      const said = given.filter(({ kind }) => kind === 'text').length;
      const shown = given.filter((each) => each.kind === 'variable');
      expect(said + shown.length).toBe(given.length);
      const empty = shown.filter(({ name }) => plainValue(known[name] ?? '') === '');
      expect(gaps.map(({ name }) => name)).toEqual(empty.map(({ name }) => name));
    }),
  );
});

test('the parts of a text that was read make it again', () => {
  fc.assert(
    fc.property(text, (given) => {
      const read = parseTemplate(given);
      if (!read.ok) return;
      const again = read.value
        .map((each) =>
          each.kind === 'text'
            ? each.text.replaceAll('{', '{{').replaceAll('}', '}}')
            : `{${each.name}}`,
        )
        .join('');
      expect(again).toBe(given);
    }),
  );
});
