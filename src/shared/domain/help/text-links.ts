/** What somebody wrote, cut into words and the addresses in it. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string };

const address = /https:\/\/[^\s<>"'`]+/gu;
/** Ends a sentence far more often than an address. */
const trailing = /[.,;:!?)\]]+$/u;

/** Only what `mayOpen` allows is a link; any other address stays text. */
export const textParts = (
  text: string,
  mayOpen: (address: string) => boolean,
): readonly TextPart[] => {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    const link = found[0].replace(trailing, '');
    if (!mayOpen(link)) continue;
    if (found.index > from) parts.push({ kind: 'text', text: text.slice(from, found.index) });
    parts.push({ kind: 'link', text: link });
    from = found.index + link.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
};
