/**
 * Numbers of payment cards are never kept, wherever somebody writes them: 13 to 19 digits whose last one proves the
 * others (ISO/IEC 7812-1, annex B: Luhn), with whatever people write between them.
 */

const fewestDigits = 13;
const mostDigits = 19;
/** Lengths that are looked for inside a number that is written without a break and is longer than a card's. */
const usualLengths = [15, 16];

const between = String.raw`[ \t\u00a0\u202f\u2009./_\-\u2010-\u2015]{0,3}`;
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Ids hold long runs of digits by chance; they are found first, and left alone. */
const uuidOrDigits = (fewest: number): RegExp =>
  new RegExp(`(?<![0-9a-z])${uuid}(?![0-9a-z])|\\d(?:${between}\\d){${fewest - 1},}`, 'giu');
const longNumbers = uuidOrDigits(fewestDigits);

/** What stands where a digit stood: the text keeps its length, and the caret its place. */
const blank = '•';

const isProven = (digits: string): boolean => {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighed = at % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
};

type Group = { readonly from: number; readonly to: number };

/** Digits that are written together, by their places among the digits of the run. */
const groupsOf = (run: string): readonly Group[] => {
  const groups: Group[] = [];
  let from = 0;
  for (const [digits] of run.matchAll(/\d+/gu)) {
    groups.push({ from, to: from + digits.length });
    from += digits.length;
  }
  return groups;
};

/** Where a card's number may stand in the run: over whole groups, or inside one that is too long for a card. */
const candidates = (groups: readonly Group[], isInternational: boolean): readonly Group[] => {
  const found: Group[] = [];
  for (const [index, first] of groups.entries()) {
    // After a plus it is a telephone number (ITU-T E.164).
    if (index === 0 && isInternational) continue;
    for (const last of groups.slice(index)) {
      const length = last.to - first.from;
      if (length > mostDigits) break;
      if (length >= fewestDigits) found.push({ from: first.from, to: last.to });
    }
    const length = first.to - first.from;
    for (const usual of length > Math.max(...usualLengths) ? usualLengths : []) {
      const last = length > mostDigits ? first.to - usual : first.from;
      for (let from = first.from; from <= last; from += 1) found.push({ from, to: from + usual });
    }
  }
  return found;
};

const blankRun = (run: string, isInternational: boolean): string => {
  const digits = run.replace(/\D/gu, '');
  const cards = candidates(groupsOf(run), isInternational).filter(({ from, to }) =>
    isProven(digits.slice(from, to)),
  );
  if (cards.length === 0) return run;
  let place = -1;
  return run.replace(/\d/gu, (digit) => {
    place += 1;
    return cards.some(({ from, to }) => from <= place && place < to) ? blank : digit;
  });
};

const wholeUuid = new RegExp(`^${uuid}$`, 'iu');
const isUuid = (run: string): boolean => run.length === 36 && wholeUuid.test(run);

/** The text without the digits of anything that reads as a card's number. Done twice it is the same. */
export const withoutCardDigits = (text: string): string =>
  // Most texts are shorter, or hold no digit at all: they cost one comparison.
  text.length < fewestDigits
    ? text
    : text.replace(longNumbers, (run, at: number) =>
        isUuid(run) ? run : blankRun(run, at > 0 && text[at - 1] === '+'),
      );

const fewestUnfinished = 7;
const unfinishedNumbers = uuidOrDigits(fewestUnfinished);

/**
 * What may be kept of a text that is being typed while a card is taken: a number that is not finished proves nothing,
 * so no long one is kept until the step is over.
 */
export const withoutLongNumbers = (text: string): string =>
  text.replace(unfinishedNumbers, (run) => (isUuid(run) ? run : run.replace(/\d/gu, blank)));

type Words = {
  readonly notes: string;
  readonly fields?: Readonly<Record<string, string>> | undefined;
};

/** The same for everything that is written of a call. What has nothing to blank comes back as it is. */
export const wordsWithoutCards = <Said extends Words>(
  words: Said,
  without: (text: string) => string = withoutCardDigits,
): Said => {
  const notes = without(words.notes);
  const fields =
    words.fields === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(words.fields).map(([key, value]) => [key, without(value)] as const),
        );
  const isSame =
    notes === words.notes &&
    Object.entries(fields ?? {}).every(([key, value]) => words.fields?.[key] === value);
  return isSame ? words : { ...words, notes, ...(fields === undefined ? {} : { fields }) };
};
