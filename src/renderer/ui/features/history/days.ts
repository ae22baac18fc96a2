import type { ContactSummary } from '../../../../shared/api/records.ts';
import { daysBetween } from '../../i18n/formats.ts';
import { dateFormat, relativeFormat } from '../../i18n/formatters.ts';

export type Day = { readonly heading: string; readonly contacts: readonly ContactSummary[] };

const headingOf = (at: number, now: number, locale: string): string => {
  const days = daysBetween(now, at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date = dateFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
  return days >= -1 && days <= 0 ? `${relativeFormat(locale).format(days, 'day')}, ${date}` : date;
};

/** The contacts by the day they began, in the order they are in. */
export const byDay = (
  contacts: readonly ContactSummary[],
  now: number,
  locale: string,
): readonly Day[] => {
  const days: { heading: string; contacts: ContactSummary[] }[] = [];
  for (const contact of contacts) {
    const heading = headingOf(contact.startedAt, now, locale);
    const last = days.at(-1);
    if (last?.heading === heading) last.contacts.push(contact);
    else days.push({ heading, contacts: [contact] });
  }
  return days;
};
