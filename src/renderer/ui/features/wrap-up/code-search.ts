import type { WrapUpCode } from '../../../../shared/api/records.ts';
import { leavesOf } from '../../../../shared/domain/wrap-up/code-tree.ts';
import { beginsWords } from '../../state/word-search.ts';

/** A code that can be chosen, in words; `path` are the groups that lead to it. */
export type ShownCode = {
  readonly code: string;
  readonly text: string;
  readonly path: readonly string[];
};

export type CodeGroup = {
  /** '': at the top. */
  readonly heading: string;
  readonly codes: readonly ShownCode[];
};

const fromHowMany = 7;
const usedShown = 3;

export const shownCodes = (
  codes: readonly WrapUpCode[],
  queue: string | null,
  textOf: (label: WrapUpCode['label']) => string,
): readonly ShownCode[] =>
  leavesOf(codes, queue).map(({ code, path }) => ({
    code: code.code,
    text: textOf(code.label),
    path: path.map(({ label }) => textOf(label)),
  }));

/** Every word typed must begin a word of the code's text, of the groups that lead to it, or of the code itself. */
export const findCodes = (codes: readonly ShownCode[], typed: string): readonly ShownCode[] =>
  codes.filter(({ text, path, code }) => beginsWords([...path, text, code].join(' '), typed));

/** The codes in use most, where there are many and nothing is looked for; they stand there and nowhere else. */
export const usedFirst = (
  codes: readonly ShownCode[],
  used: readonly string[],
): readonly ShownCode[] =>
  codes.length < fromHowMany
    ? []
    : used
        .map((code) => codes.find((known) => known.code === code))
        .filter((known) => known !== undefined)
        .slice(0, usedShown);

/** Codes as they stand together. */
export const groupCodes = (codes: readonly ShownCode[]): readonly CodeGroup[] => {
  const groups: { readonly heading: string; readonly codes: ShownCode[] }[] = [];
  for (const code of codes) {
    const heading = code.path.join(' › ');
    const group = groups.find((known) => known.heading === heading);
    if (group === undefined) groups.push({ heading, codes: [code] });
    else group.codes.push(code);
  }
  return groups;
};
