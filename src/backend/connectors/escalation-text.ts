import { markOf } from './call-text.ts';
import type { Escalation } from './connector.ts';

/** How an escalation is written where vendors take text of a limited length: the body gives way, links and mark stay. */

/** At most so many UTF-16 units, an ellipsis among them; no letter is cut in two. */
export const shortened = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  if (longest < 1) return '';
  const kept = text.slice(0, longest - 1);
  return `${/[\uD800-\uDBFF]$/u.test(kept) ? kept.slice(0, -1) : kept}…`;
};

/** What `write` makes of as much of the text as keeps it within `largest`; of none where that does not either. */
export const fitted = <Written>(
  text: string,
  write: (text: string) => Written,
  sizeOf: (written: Written) => number,
  largest: number,
): Written => {
  for (let kept = text.length; ; kept = Math.floor(kept * 0.9)) {
    const written = write(shortened(text, kept));
    if (kept === 0 || sizeOf(written) <= largest) return written;
  }
};

/** Body, a line for each link, and our mark. `escape` writes what people typed as the vendor's text. */
export const textOfEscalation = (
  { body, links, key }: Escalation,
  longest: number,
  escape: (text: string) => string = (text) => text,
): string =>
  fitted(
    body,
    (kept) =>
      [
        escape(kept),
        '',
        ...links.map(({ title, url }) => `${escape(title)}: ${url}`),
        markOf(key),
      ].join('\n'),
    (text) => text.length,
    longest,
  );

/** Written by `escape` except for addresses, which have to stay what they are. */
export const exceptAddresses = (text: string, escape: (text: string) => string): string =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/u)
    .map((part, index) => (index % 2 === 1 ? part : escape(part)))
    .join('');
