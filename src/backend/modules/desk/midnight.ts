import { Temporal } from 'temporal-polyfill';

/** When the day of this instant began in the zone, epoch ms; days of 23 and 25 hours included. */
export const midnightBefore = (at: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay()
    .epochMilliseconds;
