/**
 * The part of a longer text that is ours, where a vendor keeps one text that people write in as well. It stands between two
 * marks that they see; whatever is around it is theirs and stays.
 */

export type OwnMarks = { readonly begin: string; readonly end: string };

export const ownMarksOf = (key: string): OwnMarks => ({
  begin: `[Ringside ${key}]`,
  end: `[/Ringside ${key}]`,
});

/** Where ours is; null: it is not there, or people took one of its marks away. */
const placeOf = (text: string, { begin, end }: OwnMarks): readonly [number, number] | null => {
  const endsAt = text.lastIndexOf(end);
  const beginsAt = endsAt === -1 ? -1 : text.lastIndexOf(begin, endsAt);
  return beginsAt === -1 ? null : [beginsAt, endsAt + end.length];
};

/** How many characters of a text are not ours. */
export const othersLength = (text: string, marks: OwnMarks): number => {
  const place = placeOf(text, marks);
  return place === null ? text.length : text.length - (place[1] - place[0]);
};

/** `part` holds both marks. What is not there yet, or not any more, comes after what is. */
export const withOwnPart = (text: string, marks: OwnMarks, part: string, gap = ''): string => {
  const place = placeOf(text, marks);
  const own = placeOf(part, marks);
  if (place === null || own === null) return text.trim() === '' ? part : `${text}${gap}${part}`;
  return text.slice(0, place[0]) + part.slice(own[0], own[1]) + text.slice(place[1]);
};

/** At most so long, with its end mark: what is cut is cut before it. */
export const fittedPart = (part: string, { end }: OwnMarks, longest: number): string =>
  part.length <= longest
    ? part
    : `${part.slice(0, Math.max(0, longest - end.length - 2)).trimEnd()}…\n${end}`;
