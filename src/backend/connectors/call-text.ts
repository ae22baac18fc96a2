import type { CallRecord } from './connector.ts';

/** How a call is written where vendors keep text: the same words everywhere, in the form that each of them shows. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapedHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (letter) => entities[letter] ?? letter);

/**
 * Names our call in what a vendor keeps, so that an attempt whose answer was lost is found again. `revision` 0 is the first
 * that was written.
 */
export const markOf = (key: string, revision = 0): string =>
  revision === 0 ? `Ringside ${key}` : `Ringside ${key}/${String(revision)}`;

/** Whether a text, plain or HTML, has the mark: `Ringside 7/1` is another one than `Ringside 7`. */
export const hasMark = (text: string | null | undefined, mark: string): boolean =>
  (text ?? '')
    .split(mark)
    .slice(1)
    .some((rest) => !/^[\w/-]/u.test(rest));

/** Plain text, a line each. */
export const textOfCall = (call: CallRecord, mark: string): string =>
  [
    call.title,
    ...call.lines.map(({ label, value }) => `${label}: ${value}`),
    ...(call.recordingUrl === undefined ? [] : [call.recordingUrl]),
    mark,
  ].join('\n');

const withBreaks = (text: string): string => escapedHtml(text).replaceAll('\n', '<br>');

const linked = (address: string): string =>
  `<a href="${escapedHtml(address)}">${escapedHtml(address)}</a>`;

/** What is an address and nothing else can be followed. */
const htmlOfValue = (value: string): string =>
  /^https:\/\/[^\s<>"]+$/u.test(value) ? linked(value) : withBreaks(value);

export const htmlOfText = (text: string): string => `<p>${withBreaks(text)}</p>`;

export const htmlOfCall = (call: CallRecord, mark: string): string => {
  const lines = call.lines.map(
    ({ label, value }) => `<li><b>${escapedHtml(label)}</b>: ${htmlOfValue(value)}</li>`,
  );
  const link = call.recordingUrl === undefined ? '' : `<p>${linked(call.recordingUrl)}</p>`;
  return `<p>${escapedHtml(call.title)}</p><ul>${lines.join('')}</ul>${link}<p>${escapedHtml(mark)}</p>`;
};

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a snippet: without markup, and without what only looks like some after its entities are read. */
export const plainText = (markup: string, longest = 300): string => {
  const words = markup
    .replaceAll(/<(?:script|style)\b[\s\S]*?<\/(?:script|style)\s*>/giu, ' ')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/&(?:#(\d{1,7})|(\w{2,6}));/gu, (whole: string, code?: string, name?: string) => {
      if (code === undefined) return named[name ?? ''] ?? whole;
      const point = Number(code);
      return point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
    })
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return words.length > longest ? `${words.slice(0, longest - 1).trimEnd()}…` : words;
};
