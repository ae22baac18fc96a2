import ICAL from 'ical.js';
import { failure, success, type Result } from '../../../../shared/result.ts';
import { ianaZone, zoneClock } from '../local-time.ts';
import type { LocalSpan, Zone } from '../schedule-entry.ts';

const maximumDefinition = 20_000;

export type Zones = (id: string) => Result<Zone, string>;

/** Zones by TZID: the IANA database knows most, others are defined in the file (RFC 5545 §3.6.5). */
export const zonesOf = (calendar: ICAL.Component): Zones => {
  const known = new Map<string, Result<Zone, string>>();
  const look = (id: string): Result<Zone, string> => {
    const named = ianaZone(id.replace(/^\/[^/]+\/(?:Tzfile\/)?/u, ''));
    if (named !== null) return success({ name: named, definition: null });
    const definition = calendar
      .getAllSubcomponents('vtimezone')
      .find((zone) => zone.getFirstPropertyValue('tzid') === id);
    if (definition === undefined) return failure(`the zone "${id}" is not known`);
    const location = definition.getFirstPropertyValue('x-lic-location');
    const located = typeof location === 'string' ? ianaZone(location) : null;
    if (located !== null) return success({ name: located, definition: null });
    const text = definition.toString();
    if (text.length > maximumDefinition) return failure(`the zone "${id}" is too long`);
    // Its rules are walked by whoever asks for a time: those of any zone there is are yearly.
    const rules = ['standard', 'daylight'].flatMap((name) =>
      definition.getAllSubcomponents(name).flatMap((part) => part.getAllProperties('rrule')),
    );
    const yearly = rules.every((rule) => /FREQ=YEARLY/iu.test(rule.toICALString()));
    return yearly && rules.length <= 64
      ? success({ name: id.slice(0, 64), definition: text })
      : failure(`the zone "${id}" has rules that no zone has`);
  };
  return (id) => {
    const answer = known.get(id) ?? look(id);
    known.set(id, answer);
    return answer;
  };
};

type Moment = { readonly local: string; readonly zone: Zone; readonly isDate: boolean };

const utc: Zone = { name: 'UTC', definition: null };

const textOf = (time: ICAL.Time): string =>
  time.isDate ? `${time.toString()}T00:00:00` : time.toString().replace(/Z$/u, '');

/** The moments that a property tells, each on the wall clock of its own zone. */
export const momentsOf = (
  property: ICAL.Property,
  usual: Zone,
  zones: Zones,
): Result<readonly Moment[], string> => {
  const tzid = property.getFirstParameter('tzid');
  // Absent where the property has none, whatever the type says.
  const given = (tzid as string | undefined) ? zones(tzid) : success(usual);
  if (!given.ok) return given;
  const moments: Moment[] = [];
  for (const value of property.getValues() as unknown[]) {
    if (!(value instanceof ICAL.Time)) return failure(`"${property.name}" is no time`);
    const isUtc = value.zone === ICAL.Timezone.utcTimezone;
    moments.push({ local: textOf(value), zone: isUtc ? utc : given.value, isDate: value.isDate });
  }
  return success(moments);
};

export const firstMoment = (
  event: ICAL.Component,
  name: string,
  usual: Zone,
  zones: Zones,
): Result<Moment | null, string> => {
  const property = event.getFirstProperty(name);
  if (property === null) return success(null);
  const moments = momentsOf(property, usual, zones);
  return moments.ok ? success(moments.value[0] ?? null) : moments;
};

/** A local time of one zone on the wall clock of another. */
export const localIn = (local: string, zone: Zone, wanted: Zone): string =>
  zone.name === wanted.name ? local : zoneClock(wanted).localOf(zoneClock(zone).instantOf(local));

type Times = LocalSpan & { readonly zone: Zone };

export const timesOf = (
  event: ICAL.Component,
  usual: Zone,
  zones: Zones,
): Result<Times, string> => {
  const start = firstMoment(event, 'dtstart', usual, zones);
  if (!start.ok) return start;
  if (start.value === null) return failure('it has no DTSTART');
  const { local: startsLocal, zone, isDate } = start.value;
  const end = firstMoment(event, 'dtend', usual, zones);
  if (!end.ok) return end;
  if (end.value !== null)
    return success({
      startsLocal,
      endsLocal: localIn(end.value.local, end.value.zone, zone),
      zone,
    });
  const duration = event.getFirstPropertyValue('duration');
  const seconds =
    duration instanceof ICAL.Duration ? duration.toSeconds() : isDate ? 24 * 60 * 60 : 0;
  const endsAt = Date.parse(`${startsLocal}Z`) + seconds * 1_000;
  return Number.isFinite(endsAt) && Math.abs(endsAt) < 8e15
    ? success({ startsLocal, endsLocal: new Date(endsAt).toISOString().slice(0, 19), zone })
    : failure('its DURATION is no length of time');
};
