import { parseTemplate } from '../template/template.ts';

/** What an agent says in a call of a queue, step by step. */

type Words = { readonly en: string; readonly es: string; readonly pt: string };

export type ScriptChoice = {
  readonly label: Words;
  /** The step that it leads to. */
  readonly goesTo: string;
};

export type ScriptStep = {
  readonly id: string;
  /** Plain text with variables; it is read to the customer. */
  readonly text: Words;
  readonly choices: readonly ScriptChoice[];
  /** The script ends here. */
  readonly end: boolean;
};

export type Script = {
  readonly code: string;
  /** Rises when the script says something else. */
  readonly version: number;
  readonly label: Words;
  /** The first is where it begins. */
  readonly steps: readonly ScriptStep[];
};

const languages = ['en', 'es', 'pt'] as const;

export const stepOf = ({ steps }: Pick<Script, 'steps'>, id: string): ScriptStep | null =>
  steps.find((step) => step.id === id) ?? null;

/** Steps from which one of these can be reached, those themselves included. */
const leadingTo = (steps: readonly ScriptStep[], ends: readonly string[]): ReadonlySet<string> => {
  const found = new Set(ends);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { id, choices } of steps) {
      if (choices.some(({ goesTo }) => found.has(goesTo))) found.add(id);
    }
  }
  return found;
};

const reachedFrom = (steps: readonly ScriptStep[], first: string): ReadonlySet<string> => {
  const reached = new Set([first]);
  // A set is walked in the order in which it grows.
  for (const id of reached) {
    for (const step of steps) {
      if (step.id === id) step.choices.forEach(({ goesTo }) => reached.add(goesTo));
    }
  }
  return reached;
};

/** What is wrong with the variables of a text in three languages. */
export const textProblems = (place: string, text: Words): readonly string[] =>
  languages.flatMap((language) => {
    const read = parseTemplate(text[language]);
    if (read.ok) return [];
    return read.why.map((problem) =>
      problem.kind === 'unknown'
        ? `${place} (${language}): "{${problem.name}}" is no variable`
        : `${place} (${language}): a brace at ${String(problem.at)} belongs to no variable`,
    );
  });

/** Everything that keeps a script from being one, each with its place. */
export const scriptProblems = ({ steps }: Pick<Script, 'steps'>): readonly string[] => {
  const ids = steps.map(({ id }) => id);
  const known = new Set(ids);
  const [first] = steps;
  if (first === undefined) return ['it has no step'];
  const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  const reached = reachedFrom(steps, first.id);
  const exits = leadingTo(
    steps,
    steps.filter(({ end }) => end).map(({ id }) => id),
  );
  return [
    ...twice.map((id) => `the step "${id}" stands there twice`),
    ...steps.flatMap(({ id, text, choices, end }) => [
      ...textProblems(`the step "${id}"`, text),
      ...choices
        .filter(({ goesTo }) => !known.has(goesTo))
        .map(({ goesTo }) => `the step "${id}" goes to "${goesTo}", which is no step`),
      ...(end && choices.length > 0 ? [`the step "${id}" ends, and has choices`] : []),
      ...(!end && choices.length === 0 ? [`the step "${id}" has no choices and is no end`] : []),
      ...(reached.has(id) ? [] : [`the step "${id}" is never reached`]),
      ...(exits.has(id) || choices.length === 0 || choices.some(({ goesTo }) => !known.has(goesTo))
        ? []
        : [`the step "${id}" leads to no end`]),
    ]),
  ];
};
