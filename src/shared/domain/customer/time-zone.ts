import { zoneNamed } from './city-zones.ts';

/** Not yet among the library types; here since Chromium 99 as `timeZones` and since 130 as `getTimeZones`. */
type LocaleWithZones = Intl.Locale & {
  readonly timeZones?: readonly string[];
  readonly getTimeZones?: () => readonly string[];
};

const known = new Map<string, readonly string[]>();

/** Asking takes a millisecond, and the answer stays the same. */
const zonesOf = (country: string): readonly string[] => {
  const zones = known.get(country) ?? askedZones(country);
  known.set(country, zones);
  return zones;
};

const askedZones = (country: string): readonly string[] => {
  if (!/^[A-Z]{2}$/u.test(country)) return [];
  // The cast names what the type library lacks.
  const locale = new Intl.Locale(`und-${country}`) as LocaleWithZones;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
};

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s_-]+/gu, ' ')
    .toLowerCase();

const clocks = new Map<string, Intl.DateTimeFormat>();

const wallClock = (zone: string, now: number): string => {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(zone, clock);
  return clock.format(now);
};

/**
 * The zone that a place keeps, where country and city tell: one of the country's zones is named after the city or known
 * to be its, or all of them show the same time now. Otherwise null: a wrong hour is worse than none.
 */
export const timeZoneOf = (country: string, city: string, now: number): string | null => {
  const zones = zonesOf(country);
  const [first] = zones;
  if (first === undefined) return null;
  const named = zones.find((zone) => plain(zone.split('/').at(-1) ?? '') === plain(city));
  if (named !== undefined) return named;
  const listed = zoneNamed(plain(city));
  if (listed !== null && zones.includes(listed)) return listed;
  const time = wallClock(first, now);
  return zones.every((zone) => wallClock(zone, now) === time) ? first : null;
};
