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

/** Whether a text or markup that a vendor keeps has this mark as a line of its own. */
export const hasMark = (kept: string, mark: string): boolean =>
  kept
    .replaceAll(/<[^>]*>/gu, '\n')
    .split('\n')
    .some((line) => line.trim() === mark);

/** Plain text, a line each. */
export const textOfCall = (call: CallRecord, mark: string): string =>
  [
    call.title,
    ...call.lines.map(({ label, value }) => `${label}: ${value}`),
    ...(call.recordingUrl === undefined ? [] : [call.recordingUrl]),
    mark,
  ].join('\n');

const withBreaks = (text: string): string => escapedHtml(text).replaceAll('\n', '<br>');

export const htmlOfText = (text: string): string => `<p>${withBreaks(text)}</p>`;

export const htmlOfCall = (call: CallRecord, mark: string): string => {
  const lines = call.lines.map(
    ({ label, value }) => `<li><b>${escapedHtml(label)}</b>: ${withBreaks(value)}</li>`,
  );
  const link =
    call.recordingUrl === undefined
      ? ''
      : `<p><a href="${escapedHtml(call.recordingUrl)}">${escapedHtml(call.recordingUrl)}</a></p>`;
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
