/** When customers may be called, by the clock where they are. */

export type CallBackRules = {
  /** Calls that reach the customer's line; after the last of them nobody tries again. */
  readonly maximumAttempts: number;
  /** From this hour on, 0 to 23. */
  readonly earliestHour: number;
  /** Until this hour begins, 1 to 24. */
  readonly latestHour: number;
};

export const usualCallBackRules: CallBackRules = {
  maximumAttempts: 3,
  earliestHour: 8,
  latestHour: 20,
};

const hourFormats = new Map<string, Intl.DateTimeFormat>();

const hourIn = (at: number, zone: string): number => {
  const format =
    hourFormats.get(zone) ??
    new Intl.DateTimeFormat('en', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  hourFormats.set(zone, format);
  return Number(format.format(at));
};

type Hours = Pick<CallBackRules, 'earliestHour' | 'latestHour'>;

/** `zone`: IANA; null: nobody knows, and nothing is in the way. */
export const isPermitted = (at: number, zone: string | null, hours: Hours): boolean => {
  if (zone === null) return true;
  const hour = hourIn(at, zone);
  return hour >= hours.earliestHour && hour < hours.latestHour;
};

/** Every zone is a multiple of this away from UTC. */
const stepMs = 15 * 60_000;
/** Hours open every day; a clock that is put forward may skip one of them. */
const furthestMs = 3 * 86_400_000;

/** The first moment from `at` on at which the customer may be called. */
export const nextPermitted = (at: number, zone: string | null, hours: Hours): number => {
  if (isPermitted(at, zone, hours)) return at;
  let next = Math.ceil((at + 1) / stepMs) * stepMs;
  while (next < at + furthestMs && !isPermitted(next, zone, hours)) next += stepMs;
  return next;
};
