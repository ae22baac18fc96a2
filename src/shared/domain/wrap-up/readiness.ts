import { isTimed, type WrapUpRules } from './wrap-up-rules.ts';
import { flawsOf, type WrapUpFlaw, type WrapUpTerms, type WrapUpWords } from './wrap-up-words.ts';

/** A wrap-up that is being written. */
export type WrapUpProgress = WrapUpWords & {
  /** Epoch ms of the call's end; null: the call goes on. */
  readonly endedAt: number | null;
  /** How often the agent took more time. */
  readonly extensions: number;
};

export type WrapUpReadiness = {
  /** What is missing or not allowed; empty: the agent may be done with it. */
  readonly flaws: readonly WrapUpFlaw[];
  /** The agent's word is taken now. */
  readonly mayComplete: boolean;
  /** That word ends the wrap-up at once; else it ends when its time is over. */
  readonly endsAtOnce: boolean;
  /** When it ends by itself; null: never, or the call goes on. */
  readonly endsAt: number | null;
  readonly isOver: boolean;
  readonly mayExtend: boolean;
};

/** When a wrap-up ends by itself. */
export const endsAtOf = (
  rules: WrapUpRules,
  { endedAt, extensions }: Pick<WrapUpProgress, 'endedAt' | 'extensions'>,
): number | null => {
  if (!isTimed(rules) || endedAt === null) return null;
  const extended = Math.min(extensions, rules.maximumExtensions) * rules.extendSeconds;
  return endedAt + (rules.seconds + extended) * 1_000;
};

export const wrapUpReadiness = (
  terms: WrapUpTerms,
  progress: WrapUpProgress,
  now: number,
): WrapUpReadiness => {
  const { rules } = terms;
  const flaws = flawsOf(terms, progress);
  const endsAt = endsAtOf(rules, progress);
  const isOver = endsAt !== null && now >= endsAt;
  return {
    flaws,
    mayComplete: flaws.length === 0 && progress.endedAt !== null && !isOver,
    endsAtOnce: rules.mode !== 'timed_no_early_exit',
    endsAt,
    isOver,
    mayExtend:
      rules.mode === 'agent_extendable' &&
      endsAt !== null &&
      !isOver &&
      rules.extendSeconds > 0 &&
      progress.extensions < rules.maximumExtensions,
  };
};

/** What stands once the time is over: what was said until then, and the default code where none was chosen. */
export const wordsAtTimeOut = (rules: WrapUpRules, words: WrapUpWords): WrapUpWords => ({
  ...words,
  codes: words.codes.length === 0 && rules.defaultCode !== null ? [rules.defaultCode] : words.codes,
});
