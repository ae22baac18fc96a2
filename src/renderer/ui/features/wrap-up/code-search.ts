import type { WrapUpCode } from '../../../../shared/api/records.ts';

export type ShownCode = { readonly code: string; readonly text: string };

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The codes that may be chosen for a call of this queue, those of the queue before the general ones. */
export const codesFor = (
  codes: readonly WrapUpCode[],
  queue: string | null,
): readonly WrapUpCode[] => [
  ...codes.filter((code) => code.queue !== null && code.queue === queue),
  ...codes.filter((code) => code.queue === null),
];

/** Every word typed must begin a word of the code's text or of the code itself; accents and case do not matter. */
export const findCodes = (codes: readonly ShownCode[], typed: string): readonly ShownCode[] => {
  const wanted = plain(typed).split(/\s+/u).filter(Boolean);
  return codes.filter((code) => {
    const words = plain(`${code.text} ${code.code}`).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
};
