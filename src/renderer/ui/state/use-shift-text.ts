import { useTranslation } from 'react-i18next';
import type { Change } from '../../../shared/domain/schedule/upcoming.ts';
import { daysBetween, timeText } from '../i18n/formats.ts';
import { dateFormat } from '../i18n/formatters.ts';
import { useLocale } from '../i18n/use-locale.ts';

const minuteMs = 60_000;

/** Shifts in words. */
export const useShiftText = () => {
  const { t } = useTranslation();
  const locale = useLocale();

  const timeOf = (at: number, now: number): string =>
    daysBetween(now, at) === 0
      ? timeText(at, locale)
      : dateFormat(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(at);

  const lengthOf = (ms: number): string => {
    const minutes = Math.floor(ms / minuteMs);
    return minutes < 60
      ? t('shift.minutes', { count: minutes })
      : t('shift.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  };

  const minutesText = (ms: number): string => lengthOf(Math.ceil(ms / minuteMs) * minuteMs);

  const nameOf = ({ kind, label }: Pick<Change, 'kind' | 'label'>): string =>
    label === '' ? t(`shift.kind.${kind}`) : label;

  return {
    timeOf,
    lengthOf,
    nameOf,
    /** `Break at 11:00`; back to work and the beginning of a shift in their own words. */
    changeText: (change: Change, now: number, atWork: boolean): string => {
      const time = timeOf(change.at, now);
      if (change.kind === 'work' && change.label === '') {
        return t(atWork ? 'shift.backToWork' : 'shift.begins', { time });
      }
      return change.kind === 'end'
        ? t('shift.ends', { time })
        : t('shift.changeAt', { what: nameOf(change), time });
    },
    inText: (ms: number): string =>
      ms <= 0 ? t('shift.now') : t('shift.in', { time: minutesText(ms) }),
    /** What is left, a begun minute as a whole one. */
    minutesText,
    /** Cut, not rounded: 100 % is all of it. */
    shareText: (share: number): string =>
      new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor(share * 100) / 100),
  };
};
