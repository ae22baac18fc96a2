import type { WrapUpCode } from '../../../../shared/api/records.ts';
import { beginsWords } from '../../state/word-search.ts';

export type ShownCode = { readonly code: string; readonly text: string };

/** The codes that may be chosen for a call of this queue, those of the queue before the general ones. */
export const codesFor = (
  codes: readonly WrapUpCode[],
  queue: string | null,
): readonly WrapUpCode[] => [
  ...codes.filter((code) => code.queue !== null && code.queue === queue),
  ...codes.filter((code) => code.queue === null),
];

/** Every word typed must begin a word of the code's text or of the code itself. */
export const findCodes = (codes: readonly ShownCode[], typed: string): readonly ShownCode[] =>
  codes.filter((code) => beginsWords(`${code.text} ${code.code}`, typed));
