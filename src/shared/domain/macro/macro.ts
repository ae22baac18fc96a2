/** Pieces of text that agents put into their notes. */

type Words = { readonly en: string; readonly es: string; readonly pt: string };

export type Macro = {
  /** What is typed behind the slash. */
  readonly code: string;
  readonly label: Words;
  /** Plain text with variables. */
  readonly text: Words;
  /** Calls of these queues; none: of every queue, and of none. */
  readonly queues: readonly string[];
  /** Agents of these teams; none: everybody. */
  readonly teams: readonly string[];
};

/** Which of them there are for a call of this queue. */
export const macrosFor = (macros: readonly Macro[], queue: string | null): readonly Macro[] =>
  macros.filter(({ queues }) => queues.length === 0 || (queue !== null && queues.includes(queue)));

/** What is being typed behind a slash. */
export type Slash = {
  /** Where the slash stands. */
  readonly from: number;
  readonly to: number;
  readonly typed: string;
};

/** A slash at the beginning of a word, and letters up to the caret; null: none, so that `and/or` and dates are just text. */
export const slashAt = (text: string, caret: number): Slash | null => {
  const found = /(?:^|\s)\/([\p{L}\p{N}_]{0,30})$/u.exec(text.slice(0, caret));
  const typed = found?.[1];
  return typed === undefined ? null : { from: caret - typed.length - 1, to: caret, typed };
};

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those whose code begins so, then those of whose label a word does. */
export const findMacros = (
  macros: readonly Macro[],
  typed: string,
  labelOf: (macro: Macro) => string,
): readonly Macro[] => {
  const wanted = plain(typed);
  const byCode = macros.filter(({ code }) => plain(code).startsWith(wanted));
  const byLabel = macros.filter(
    (macro) =>
      !byCode.includes(macro) &&
      plain(labelOf(macro))
        .split(/[^\p{L}\p{N}]+/u)
        .some((word) => word.startsWith(wanted)),
  );
  return [...byCode, ...byLabel];
};
