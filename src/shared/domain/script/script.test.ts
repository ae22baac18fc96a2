import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choose, goBack, pathOf, start, type NextMove, type ScriptMove } from './script-path.ts';
import { scriptProblems, type Script, type ScriptStep } from './script.ts';

const words = (text: string) => ({ en: text, es: text, pt: text });
const step = (id: string, goesTo: readonly string[], text = id): ScriptStep => ({
  id,
  text: words(text),
  choices: goesTo.map((to) => ({ label: words(to), goesTo: to })),
  end: goesTo.length === 0,
});
const script = (...steps: readonly ScriptStep[]): Script => ({
  code: 'sale',
  version: 1,
  label: words('Sale'),
  steps,
});
const greeting = script(
  step('hello', ['order', 'bye'], 'Hello {customer.name}'),
  step('order', ['hello', 'bye']),
  step('bye', []),
);

test('a script with a branch, a way back and an end is one', () => {
  expect(scriptProblems(greeting)).toEqual([]);
});

test.each([
  ['no step', [], ['it has no step']],
  [
    'an unknown step',
    [step('a', ['b', 'nowhere']), step('b', [])],
    ['the step "a" goes to "nowhere", which is no step'],
  ],
  [
    'a step that is never reached',
    [step('a', ['b']), step('b', []), step('c', ['b'])],
    ['the step "c" is never reached'],
  ],
  [
    'a loop without an exit',
    [step('a', ['b', 'end']), step('b', ['c']), step('c', ['b']), step('end', [])],
    ['the step "b" leads to no end', 'the step "c" leads to no end'],
  ],
  ['no end at all', [step('a', ['a'])], ['the step "a" leads to no end']],
  [
    'a dead end',
    [step('a', ['b']), { ...step('b', []), end: false }],
    ['the step "a" leads to no end', 'the step "b" has no choices and is no end'],
  ],
  [
    'an end with choices',
    [{ ...step('a', ['b']), end: true }, step('b', [])],
    ['the step "a" ends, and has choices'],
  ],
  [
    'a step twice',
    [step('a', ['b']), step('b', []), step('b', [])],
    ['the step "b" stands there twice'],
  ],
  [
    'an unknown variable',
    [step('a', ['b']), { ...step('b', []), text: { ...words('b'), es: 'Hola {customer.nombre}' } }],
    ['the step "b" (es): "{customer.nombre}" is no variable'],
  ],
  [
    'half a variable',
    [{ ...step('a', []), text: { ...words('a'), pt: 'Olá {customer.name' } }],
    ['the step "a" (pt): a brace at 4 belongs to no variable'],
  ],
])('%s is named', (_, steps, problems) => {
  expect(scriptProblems({ steps })).toEqual(problems);
});

let made = 0;
const pressed = (next: NextMove | null): ScriptMove => {
  if (next === null) throw new Error('nothing to press');
  made += 1;
  return { ...next, id: String(made).padStart(6, '0'), at: 1_000 + made };
};

test('choices lead on, back takes the last one back, and the path says what was chosen', () => {
  const moves = [pressed(start(greeting))];
  moves.push(pressed(choose(greeting, pathOf(moves), 0)));
  moves.push(pressed(goBack(pathOf(moves))));
  moves.push(pressed(choose(greeting, pathOf(moves), 1)));
  const path = pathOf(moves);
  expect(path?.steps.map(({ step: at, choice }) => [at, choice])).toEqual([
    ['hello', 1],
    ['bye', null],
  ]);
  expect(choose(greeting, path, 0)).toBeNull();
  expect(goBack(pathOf(moves.slice(0, 1)))).toBeNull();
});

test('a newer version of the script begins anew', () => {
  const before = pressed(start(greeting));
  const after = pressed({ script: 'sale', version: 2, move: 'chose', step: 'order', choice: 0 });
  expect(pathOf([before, after])).toMatchObject({ version: 2, steps: [{ step: 'order' }] });
});

const walk = fc.array(fc.constantFrom('0', '1', 'back', 'restart'), { maxLength: 30 });
const walked = (presses: readonly string[]): readonly ScriptMove[] => {
  const moves = [pressed(start(greeting))];
  for (const press of presses) {
    const path = pathOf(moves);
    const next =
      press === 'restart'
        ? start(greeting)
        : press === 'back'
          ? goBack(path)
          : choose(greeting, path, Number(press));
    if (next !== null) moves.push(pressed(next));
  }
  return moves;
};

test('the order in which moves arrive, and how often, changes nothing', () => {
  fc.assert(
    fc.property(walk, fc.array(fc.nat(), { minLength: 64, maxLength: 64 }), (presses, keys) => {
      const moves = walked(presses);
      const shuffled = [...moves, ...moves]
        .map((move, index) => ({ move, key: keys[index] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ move }) => move);
      expect(pathOf(shuffled)).toEqual(pathOf(moves));
    }),
  );
});

test('each step of a path is where the choice of the one before leads, and the last has none', () => {
  fc.assert(
    fc.property(walk, (presses) => {
      const steps = pathOf(walked(presses))?.steps ?? [];
      expect(steps.at(0)?.step).toBe('hello');
      steps.forEach((each, index) => {
        const next = steps[index + 1];
        if (next === undefined) expect(each.choice).toBeNull();
        else {
          const from = greeting.steps.find(({ id }) => id === each.step);
          expect(from?.choices[each.choice ?? -1]?.goesTo).toBe(next.step);
        }
      });
    }),
  );
});
