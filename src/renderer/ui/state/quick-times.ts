/** Times that people promise, each by one press; by the clock of this machine, where the agent is. */

export const quickTimes = [
  'quarter',
  'hour',
  'three_hours',
  'tomorrow_morning',
  'tomorrow_afternoon',
  'next_week',
] as const;
export type QuickTime = (typeof quickTimes)[number];

const minuteMs = 60_000;
const morningHour = 9;
const afternoonHour = 15;

const atHour = (now: number, days: number, hour: number): number => {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day.setHours(hour, 0, 0, 0);
};

/** Full minutes: nobody says "in an hour and twelve seconds". */
const inMinutes = (now: number, minutes: number): number =>
  Math.ceil((now + minutes * minuteMs) / minuteMs) * minuteMs;

export const quickTimeAt = (quick: QuickTime, now: number): number => {
  switch (quick) {
    case 'quarter':
      return inMinutes(now, 15);
    case 'hour':
      return inMinutes(now, 60);
    case 'three_hours':
      return inMinutes(now, 180);
    case 'tomorrow_morning':
      return atHour(now, 1, morningHour);
    case 'tomorrow_afternoon':
      return atHour(now, 1, afternoonHour);
    case 'next_week':
      return atHour(now, 7, morningHour);
  }
};

/** When tomorrow begins here. */
export const tomorrowAt = (now: number): number => atHour(now, 1, 0);

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** As the fields for a date and a time have it. */
export const dateFieldOf = (at: number): string => {
  const day = new Date(at);
  return `${String(day.getFullYear())}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`;
};
export const timeFieldOf = (at: number): string => {
  const day = new Date(at);
  return `${twoDigits(day.getHours())}:${twoDigits(day.getMinutes())}`;
};

/** null: one of the two is empty or none. */
export const timeOfFields = (date: string, time: string): number | null => {
  const at = new Date(`${date}T${time}`).getTime();
  return Number.isNaN(at) ? null : at;
};
