import { countryText, dateTimeText, monthText, pastText, timeText } from './formats.ts';
import { dateFormat, displayNames, listFormat } from './formatters.ts';

/** Makes what the first ringing call would wait for: the names and dates of a customer's record. */
export const warmFormats = (locale: string, now: number): void => {
  const lastYear = now - 370 * 86_400_000;
  monthText(now, locale);
  timeText(now, locale, 'Europe/Madrid');
  dateTimeText(now, locale);
  for (const at of [now, now - 5 * 86_400_000, lastYear]) pastText(at, now, locale);
  countryText('ES', locale);
  displayNames(locale, 'language').of('es');
  listFormat(locale).format(['', '']);
  dateFormat(locale, { dateStyle: 'medium' }).format(now);
};
