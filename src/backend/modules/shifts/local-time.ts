import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import type { Zone } from './schedule-entry.ts';

/** Between the clock on a wall and instants. */
export type ZoneClock = {
  /**
   * Epoch ms of a local time. One that the clocks skip is taken as if they had not been put forward; of one that they
   * show twice it is the first (RFC 5545 §3.3.5).
   */
  readonly instantOf: (local: string) => number;
  readonly localOf: (at: number) => string;
};

/** The IANA name as the database writes it; null: there is no such zone. */
export const ianaZone = (name: string): string | null => {
  // Temporal takes offsets such as `+02:00` for zones; a schedule that is meant to recur needs a real one.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/u.test(name)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** A local time in the one form in which it is kept. */
export const localText = (local: Temporal.PlainDateTime): string =>
  local.toString({ smallestUnit: 'second' });

const ianaClock = (zone: string): ZoneClock => ({
  instantOf: (local) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' })
      .epochMilliseconds,
  localOf: (at) =>
    localText(
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime(),
    ),
});

const definedClock = (definition: string): ZoneClock => {
  const component = new ICAL.Component(ICAL.parse(definition) as unknown[]);
  const zone = new ICAL.Timezone(component);
  const offsetMs = (local: string): number =>
    zone.utcOffset(ICAL.Time.fromDateTimeString(local)) * 1_000;
  const asUtc = (local: string): number => Date.parse(`${local}Z`);
  const textOf = (at: number): string => new Date(at).toISOString().slice(0, 19);
  return {
    instantOf: (local) => asUtc(local) - offsetMs(local),
    localOf: (at) => {
      // The offset is looked up by local time: twice, as the first guess may lie on the other side of a change.
      const guess = textOf(at + offsetMs(textOf(at)));
      return textOf(at + offsetMs(guess));
    },
  };
};

const clocks = new Map<string, ZoneClock>();
const maximumClocks = 1_000;

export const zoneClock = ({ name, definition }: Zone): ZoneClock => {
  const key = `${name}\n${definition ?? ''}`;
  const known = clocks.get(key);
  if (known !== undefined) return known;
  if (clocks.size >= maximumClocks) clocks.clear();
  const clock = definition === null ? ianaClock(name) : definedClock(definition);
  clocks.set(key, clock);
  return clock;
};

export type Day = { readonly day: string; readonly from: number; readonly to: number };

/** A calendar day in a zone, 23 to 25 hours long; null: there is no such day. */
export const dayIn = (zone: string, day: string): Day | null => {
  try {
    const date = Temporal.PlainDate.from(day, { overflow: 'reject' });
    return {
      day,
      from: date.toZonedDateTime(zone).epochMilliseconds,
      to: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

export const dateIn = (zone: string, at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
