import { stepOf, type Script } from './script.ts';

/** The way of an agent through a script, folded from what was pressed. */

export type ScriptMoveKind = 'started' | 'chose' | 'went_back';

/** One press; `step` is where it led. */
export type ScriptMove = {
  readonly id: string;
  readonly at: number;
  readonly script: string;
  readonly version: number;
  readonly move: ScriptMoveKind;
  readonly step: string;
  /** For `chose`: which of the choices of the step before, from 0 on. */
  readonly choice?: number | undefined;
};

export type PathStep = {
  readonly step: string;
  /** Epoch ms. */
  readonly at: number;
  /** Which choice led on from here; null: it is the present step. */
  readonly choice: number | null;
};

export type ScriptPath = {
  readonly script: string;
  readonly version: number;
  /** From the first step to the present one, without what was taken back. Never empty. */
  readonly steps: readonly PathStep[];
};

const inTime = (moves: readonly ScriptMove[]): readonly ScriptMove[] => {
  const once = new Map(moves.map((move) => [move.id, move]));
  return [...once.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
};

const afterMove = (path: ScriptPath | null, given: ScriptMove): ScriptPath => {
  const { script, version, move, step, at, choice } = given;
  const here: PathStep = { step, at, choice: null };
  const steps = path?.steps ?? [];
  const isOther = path?.script !== script || path.version !== version;
  if (move === 'started' || isOther || steps.length === 0) {
    return { script, version, steps: [here] };
  }
  if (move === 'chose') {
    const before = steps.map((each, index) =>
      index === steps.length - 1 ? { ...each, choice: choice ?? null } : each,
    );
    return { script, version, steps: [...before, here] };
  }
  const kept = steps.slice(0, Math.max(1, steps.length - 1));
  return {
    ...{ script, version },
    steps: kept.map((each, index) =>
      index === kept.length - 1 ? { ...each, choice: null } : each,
    ),
  };
};

/** Where these moves led, in whatever order they come; null: nowhere yet. */
export const pathOf = (moves: readonly ScriptMove[]): ScriptPath | null =>
  inTime(moves).reduce<ScriptPath | null>(afterMove, null);

export type NextMove = Pick<ScriptMove, 'script' | 'version' | 'move' | 'step' | 'choice'>;

/** What pressing a choice, from 0 on, means now; null: there is no such choice. */
export const choose = (
  script: Script,
  path: ScriptPath | null,
  choice: number,
): NextMove | null => {
  const { code, version } = script;
  const present = path?.steps.at(-1)?.step;
  const chosen = present === undefined ? null : stepOf(script, present)?.choices[choice];
  return chosen === null || chosen === undefined
    ? null
    : { script: code, version, move: 'chose', step: chosen.goesTo, choice };
};

/** null: this is the first step. */
export const goBack = (path: ScriptPath | null): NextMove | null => {
  const before = path?.steps.at(-2);
  return path === null || before === undefined
    ? null
    : { script: path.script, version: path.version, move: 'went_back', step: before.step };
};

export const start = ({ code, version, steps }: Script): NextMove | null => {
  const [first] = steps;
  return first === undefined ? null : { script: code, version, move: 'started', step: first.id };
};
