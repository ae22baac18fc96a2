import {
  pathOf,
  start,
  type NextMove,
  type ScriptPath,
} from '../../../../shared/domain/script/script-path.ts';
import { stepOf, type Script, type ScriptStep } from '../../../../shared/domain/script/script.ts';
import { order } from '../../state/orders.ts';
import type { Work } from '../../state/work.ts';

/** Where the agent is in the script of a call; null: nothing was pressed yet, or it was another version. */
export const pathOfWork = ({ draft }: Work, script: Script): ScriptPath | null => {
  const moves = (draft?.guidance ?? []).filter((fact) => fact.kind === 'script_moved');
  const path = pathOf(moves);
  return path?.script === script.code && path.version === script.version ? path : null;
};

/** The step that is shown: the first one until something was pressed. */
export const presentStep = (script: Script, path: ScriptPath | null): ScriptStep | null =>
  stepOf(script, path?.steps.at(-1)?.step ?? script.steps[0]?.id ?? '');

const move = async (callId: string, next: NextMove | null): Promise<boolean> => {
  if (next === null) return false;
  const { choice, ...made } = next;
  const chosen = choice === undefined ? {} : { choice };
  return (await order('guidance.move', { callId, ...made, ...chosen })).ok;
};

/** Keeps a move; the first press of all begins the script as well. */
export const makeMove = async (
  { callId }: Work,
  script: Script,
  path: ScriptPath | null,
  next: (path: ScriptPath | null) => NextMove | null,
): Promise<boolean> => {
  if (path !== null) return move(callId, next(path));
  const first = start(script);
  if (first === null) return false;
  const begun: ScriptPath = {
    script: first.script,
    version: first.version,
    steps: [{ step: first.step, at: 0, choice: null }],
  };
  const following = next(begun);
  if (following === null || following.move === 'started') return move(callId, following);
  return (await move(callId, first)) && move(callId, following);
};
