const MAX_LENGTH = 128;

const ESCAPED: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Asterisk writes callers' names with C escapes (`ast_escape_c` in main/utils.c). */
const unescapeC = (text: string): string =>
  text.replace(/\\(.)/gsu, (_, letter: string) => ESCAPED[letter] ?? letter);

/** Controls, line ends, and the characters that turn the direction of writing or cannot be seen. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** Text for people: one line of at most 128 characters that cannot hide or reorder anything. */
export const plainText = (text: string): string =>
  Array.from(text.replace(UNSEEN, '').trim()).slice(0, MAX_LENGTH).join('');

/** Asterisk's word for "none". */
const isNothing = (text: string): boolean => text === '' || text === '<unknown>';

/** A caller's name as plain text for people: it came from outside and may hold anything. */
export const callerName = (amiValue: string): string =>
  isNothing(amiValue) ? '' : plainText(unescapeC(amiValue));

/** A caller's number, as it came, without what cannot be part of any number or SIP user. */
export const callerNumber = (amiValue: string): string =>
  isNothing(amiValue) ? '' : plainText(unescapeC(amiValue)).replace(/[\s<>"]/gu, '');
