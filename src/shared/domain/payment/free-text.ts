import { withoutCardDigits } from './card-digits.ts';

/** Properties that hold what people wrote in their own words, wherever they stand in a request. */
const freeTexts: ReadonlySet<string> = new Set([
  'notes',
  'note',
  'text',
  'remark',
  'reply',
  'name',
  'company',
]);
/** What a queue asks for beside code and notes, by the field's key. */
const records: ReadonlySet<string> = new Set(['fields']);

/** What has nothing to blank is not copied: a batch of events is walked for every one that is stored. */
const blank = (value: unknown, isFreeText: boolean): unknown => {
  if (typeof value === 'string') return isFreeText ? withoutCardDigits(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const blanked = items.map((each) => blank(each, isFreeText));
    return blanked.every((each, at) => each === items[at]) ? value : blanked;
  }
  const changed: [string, unknown][] = [];
  for (const [key, each] of Object.entries(value)) {
    const isWritten = freeTexts.has(key) || records.has(key) || isFreeText;
    const blanked = blank(each, isWritten);
    if (blanked !== each) changed.push([key, blanked]);
  }
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
};

/** A request without the digits of cards in what people wrote; ids, numbers and codes stay as they are. */
export const requestWithoutCards = (request: unknown): unknown => blank(request, false);
