import { expect, test } from 'vitest';
import { readCentre } from '../centre/centre-file.ts';
import { seedGuidance } from '../demo/seed-guidance.ts';

const words = (text: string) => ({ en: text, es: text, pt: text });
const label = words('Label');
const end = { id: 'bye', text: words('Bye'), end: true };
const hello = { id: 'hello', text: words('Hello'), choices: [{ label, goesTo: 'bye' }] };
const script = (...steps: readonly object[]) => ({
  scripts: [{ code: 'sale', label, steps }],
});
const question = { code: 'city', label, field: 'city' };
const policy = (part: object) => ({
  verifications: [{ code: 'standard', label, questions: [question], needed: 1, ...part }],
});
const macro = (part: object) => ({
  macros: [{ code: 'sent', label, text: words('Sent'), ...part }],
});
const queue = { name: 'sales', label, targetHandleSeconds: 60 };

const problemsOf = (centre: object): string => {
  const read = readCentre(JSON.stringify(centre));
  return read.ok ? '' : read.why.join('\n');
};

test('scripts, macros and policies as they should be are a centre', () => {
  expect(problemsOf({ ...script(hello, end), ...macro({}), ...policy({}) })).toBe('');
  const { queues: _queues, ...demo } = seedGuidance;
  expect(problemsOf(demo)).toBe('');
});

test.each([
  [
    'an unknown step',
    script({ ...hello, choices: [{ label, goesTo: 'order' }] }, end),
    'scripts: "sale": the step "hello" goes to "order", which is no step',
  ],
  [
    'a step nobody reaches',
    script(hello, end, { ...end, id: 'late' }),
    'the step "late" is never reached',
  ],
  [
    'a loop without an exit',
    script({ ...hello, choices: [{ label, goesTo: 'hello' }] }),
    'the step "hello" leads to no end',
  ],
  [
    'a dead end',
    script({ id: 'hello', text: label }),
    'the step "hello" has no choices and is no end',
  ],
  [
    'an unknown variable',
    script({ ...end, text: words('Hi {customer.firstName}') }),
    'scripts: "sale": the step "bye" (en): "{customer.firstName}" is no variable',
  ],
  [
    'half a variable',
    script({ ...end, text: { ...label, es: 'Hola {customer.name' } }),
    '(es): a brace at 5 belongs to no variable',
  ],
  ['a step twice', script(hello, end, end), 'the step "bye" stands there twice'],
  [
    'a language too few',
    script({ ...end, text: { en: 'Bye', es: 'Adiós' } }),
    '/scripts/0/steps/0/text',
  ],
  ['an empty text', script({ ...end, text: words('') }), '/scripts/0/steps/0/text/en'],
  [
    'too long a text',
    script({ ...end, text: words('x'.repeat(1_001)) }),
    '/scripts/0/steps/0/text/en',
  ],
  [
    'too many choices',
    script({ ...hello, choices: Array.from({ length: 10 }, () => hello.choices[0]) }, end),
    '/scripts/0/steps/0/choices',
  ],
  ['too many steps', script(...Array.from({ length: 61 }, () => end)), '/scripts/0/steps'],
  ['no step', script(), '/scripts/0/steps'],
  ['a word that there is not', script({ ...end, goto: 'hello' }), '/scripts/0/steps/0'],
  [
    'a script twice',
    { scripts: [...script(end).scripts, ...script(end).scripts] },
    'scripts: the code "sale" stands there twice',
  ],
  [
    'a macro with an unknown variable',
    macro({ text: words('{x}') }),
    'macros: "sent" (en): "{x}" is no variable',
  ],
  ['a macro that cannot be typed', macro({ code: 'two words' }), '/macros/0/code'],
  ['a macro for no queue at all', macro({ queues: [] }), '/macros/0/queues'],
  [
    'a macro twice',
    { macros: [...macro({}).macros, ...macro({}).macros] },
    'macros: the code "sent" stands there twice',
  ],
  [
    'more right answers than questions',
    policy({ needed: 2 }),
    'verifications: "standard": 2 right answers are needed, and there are 1 questions',
  ],
  [
    'a field that no record has',
    policy({ questions: [{ ...question, field: 'mother' }] }),
    '/verifications/0/questions/0/field',
  ],
  [
    'a question twice',
    policy({ questions: [question, question] }),
    'the question "city" stands there twice',
  ],
  ['no right answer needed', policy({ needed: 0 }), '/verifications/0/needed'],
  ['an endless validity', policy({ validMinutes: 1_441 }), '/verifications/0/validMinutes'],
  [
    'a queue with a script of no name',
    { queues: [{ ...queue, script: 'new sale' }] },
    '/queues/0/script',
  ],
])('%s is refused with its place', (_, centre, problem) => {
  expect(problemsOf(centre)).toContain(problem);
});
