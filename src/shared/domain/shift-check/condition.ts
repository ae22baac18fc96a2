import type { CheckWord } from './verdict.ts';

/** Whether a centre wants the check before an agent is given calls. */
export const checkConditions = ['none', 'done', 'passed'] as const;
/** `done`: it was made, whatever it found. `passed`: and nothing bad was found, and nothing that counts left out. */
export type CheckCondition = (typeof checkConditions)[number];

/** The latest check of an agent. */
export type CheckMade = {
  /** Server's clock, epoch ms. */
  readonly at: number;
  readonly word: CheckWord;
  /** Some step was left out. */
  readonly partly: boolean;
};

/** A sign-in within so long of the check is of the same shift: the midday break, a restart, another queue. */
const shiftMs = 10 * 3_600_000;
/** Somebody who never signs out begins another shift after so long. */
const longestShiftMs = 16 * 3_600_000;

/** Whether this agent has to make the check before Ready. */
export const isCheckOwed = (
  condition: CheckCondition,
  made: CheckMade | null,
  /** Server's clock, epoch ms. */
  signedInAt: number,
  now: number,
): boolean => {
  if (condition === 'none') return false;
  if (made === null) return true;
  if (made.at < signedInAt - shiftMs || made.at < now - longestShiftMs) return true;
  return condition === 'passed' && (made.word === 'bad' || made.partly);
};
