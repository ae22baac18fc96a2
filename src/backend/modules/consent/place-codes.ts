/** ISO 3166-1 alpha-2, or ISO 3166-2 for a part of a country. */
export const placePattern = '^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$';

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Countries as this machine's own list has them; a part of one is taken as written. */
export const isInCountry = (place: string): boolean =>
  regionNames.of(place.slice(0, 2)) !== undefined;
