import { dateFormat, displayNames, relativeFormat, unitFormat } from './formatters.ts';

/** Figures as people read them. Pure: the locale and the time are given. */

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `0:42`, `12:05`, `1:02:05`; whole seconds, never rounded up. */
export const durationText = (ms: number): string => {
  const total = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = twoDigits(total % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`;
};

/** `4 min`, `2 hr`, `3 days`: for what is looked at in passing. */
export const roughDurationText = (ms: number, locale: string): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `<${unitFormat(locale, 'minute').format(1)}`;
  if (minutes < 60) return unitFormat(locale, 'minute').format(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? unitFormat(locale, 'hour').format(hours)
    : unitFormat(locale, 'day').format(Math.floor(hours / 24));
};

export const timeText = (at: number, locale: string, timeZone?: string): string =>
  dateFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);

/** `12 Mar 2026, 14:05` in the viewer's zone. */
export const dateTimeText = (at: number, locale: string): string =>
  dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

export const monthText = (at: number, locale: string): string =>
  dateFormat(locale, { month: 'long', year: 'numeric' }).format(at);

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Days between two instants as the calendar of this zone counts them; negative: `at` lies before. */
export const daysBetween = (now: number, at: number): number =>
  Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);

/** `today, 14:05`, `yesterday, 09:30`, `12 Mar`, `12 Mar 2024`: as exact as it is worth. */
export const pastText = (at: number, now: number, locale: string): string => {
  const days = daysBetween(now, at);
  if (days >= -1 && days <= 0) {
    const day = relativeFormat(locale).format(days, 'day');
    return `${day}, ${timeText(at, locale)}`;
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
};

/** `today, 14:05`, `tomorrow, 09:30`, `Tue 12 Mar, 09:30`: when something is to be, to the minute. */
export const whenText = (at: number, now: number, locale: string): string => {
  const days = daysBetween(now, at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const day =
    Math.abs(days) <= 1
      ? relativeFormat(locale).format(days, 'day')
      : dateFormat(locale, {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          ...(sameYear ? {} : { year: 'numeric' }),
        }).format(at);
  return `${day}, ${timeText(at, locale)}`;
};

/** The country's name, or its code where there is no name. */
export const countryText = (country: string, locale: string): string => {
  if (!/^[A-Z]{2}$/u.test(country)) return country;
  return displayNames(locale, 'region').of(country) ?? country;
};

/** The language's name in lower case, or its code where there is no name. */
export const languageText = (language: string, locale: string): string => {
  try {
    return displayNames(locale, 'language').of(language) ?? language;
  } catch {
    // No BCP 47: it came from a file that somebody wrote.
    return language;
  }
};

/** The first text that says something. */
export const firstText = (...texts: readonly (string | null | undefined)[]): string =>
  texts.find((text) => text !== undefined && text !== null && text !== '') ?? '';

/** At most two letters that stand for a name. */
export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => (word === undefined ? '' : (/\p{L}/u.exec(word)?.[0] ?? '')))
    .join('')
    .toLocaleUpperCase();
};
