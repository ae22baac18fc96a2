import { exceptAddresses } from '../escalation-text.ts';

/** What people typed, written so that Jira's wiki renders it letter by letter. */
export const wikiText = (text: string): string =>
  exceptAddresses(text, (part) =>
    part
      // A backslash is no escape of itself: two of them are a line break.
      .replaceAll('\\', '&#92;')
      .replaceAll(/[{}[\]*_+^~!|#]/gu, String.raw`\$&`)
      // Between words they strike out, quote or rule; inside of words and numbers they are what they are.
      .replaceAll(/(?<=^|\s)-|-(?=\s|$)|\?(?=\?)|(?<=\?)\?/gmu, String.raw`\$&`),
  );
