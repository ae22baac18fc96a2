import { strictness, type ConsentRule, type Need, type Place } from './rule.ts';

/** What one place asks for, and the law that says so. */
export type Jurisdiction = {
  /** ISO 3166-1 alpha-2 of a country, or ISO 3166-2 of a part of one. */
  readonly place: string;
  readonly need: Need;
  readonly source: string;
  /** When somebody last looked at the source, as 2026-11-22. */
  readonly date: string;
};

export type Jurisdictions = {
  readonly version: string;
  readonly jurisdictions: readonly Jurisdiction[];
};

type Reason = ConsentRule['because'][number];
type Asked = { readonly need: Need; readonly because: readonly Reason[] };

/** Why it is asked of everybody where nobody knows the law; these stand in the place of a source. */
export const unknownPlace = 'unknown';
/** The place is known, and the file says nothing of it. */
export const unlistedPlace = 'unlisted';

const unknown = (place: Place, source: string): Asked => ({
  need: 'consent',
  because: [{ place, source }],
});

export const placeOf = (code: string): NonNullable<Place> => {
  const country = code.slice(0, 2);
  return code.length > 2 ? { country, subdivision: code } : { country };
};

const strictest = (asked: readonly Asked[]): Asked => {
  const need = asked.reduce<Need>(
    (most, each) => (strictness[each.need] > strictness[most] ? each.need : most),
    'none',
  );
  const because = asked.filter((each) => each.need === need).flatMap((each) => each.because);
  const keyOf = ({ place, source }: Reason): string =>
    `${place?.subdivision ?? place?.country ?? ''} ${source}`;
  return { need, because: [...new Map(because.map((each) => [keyOf(each), each])).values()] };
};

/**
 * The law of a part of a country and that of the country hold together. A country whose parts differ, with no part
 * known, asks for what its strictest part asks for.
 */
const askedBy = (book: Jurisdictions, place: Place): Asked => {
  if (place === null) return unknown(null, unknownPlace);
  const inCountry = book.jurisdictions.filter((each) => each.place.startsWith(place.country));
  const country = inCountry.filter((each) => each.place === place.country);
  const part = inCountry.filter((each) => each.place === place.subdivision);
  const parts = inCountry.filter((each) => each.place !== place.country);
  const hold = [...country, ...(part.length > 0 ? part : parts)];
  if (hold.length === 0) return unknown(place, unlistedPlace);
  const most = strictest(
    hold.map((each) => ({
      need: each.need,
      because: [{ place: placeOf(each.place), source: each.source }],
    })),
  );
  // That one of fifty parts asks for it is no news of any of them.
  if (part.length > 0 || parts.length === 0) return most;
  return most.need === 'none'
    ? most
    : { need: most.need, because: [{ place, source: unknownPlace }] };
};

/**
 * Of one customer several places may be known (number and record); none known is a place that nobody knows. A country
 * says nothing more where a part of it is known.
 */
const askedByCustomer = (book: Jurisdictions, places: readonly Place[]): Asked => {
  const inParts = new Set(
    places.flatMap((place) => (place?.subdivision === undefined ? [] : [place.country])),
  );
  const known = places
    .filter((place) => place !== null)
    .filter(({ country, subdivision }) => subdivision !== undefined || !inParts.has(country));
  return strictest((known.length > 0 ? known : [null]).map((place) => askedBy(book, place)));
};

/**
 * The rule of a call between these parties: the strictest of all their places. A party of whom nobody knows the place
 * makes it consent of everybody.
 */
export const ruleFor = (
  book: Jurisdictions,
  customer: readonly Place[],
  agents: readonly Place[],
  further: readonly Place[] = [],
): ConsentRule => {
  const asked = strictest([
    askedByCustomer(book, customer),
    ...[...agents, ...further].map((place) => askedBy(book, place)),
  ]);
  return { ...asked, rulesVersion: book.version };
};

/** What these parties ask for among themselves. */
export const ruleAmong = (book: Jurisdictions, parties: readonly Place[]): ConsentRule => ({
  ...strictest(parties.map((place) => askedBy(book, place))),
  rulesVersion: book.version,
});

/** Two rules of one call as one: of the parties known here and of those known there. */
export const stricterRule = (one: ConsentRule, other: ConsentRule): ConsentRule => ({
  ...strictest([one, other]),
  rulesVersion: one.rulesVersion,
});
