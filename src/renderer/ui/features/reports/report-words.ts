import type { TFunction } from 'i18next';
import type { ReportChoice } from '../../../../shared/api/report-sheet.ts';
import {
  figureUnits,
  type FigureName,
  type ReportView,
} from '../../../../shared/domain/reporting/figures.ts';
import type { ReportInterval } from '../../../../shared/domain/reporting/report-interval.ts';
import { dateFormat } from '../../i18n/formatters.ts';
import { durationText, timeText } from '../../i18n/formats.ts';

const numberText = (value: number, locale: string, options: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locale, options).format(value);

export const shareText = (value: number, locale: string): string =>
  numberText(value, locale, { style: 'percent', maximumFractionDigits: 1 });

/** A figure as people read it; null: `–`. */
export const figureText = (
  figure: FigureName,
  value: number | null,
  locale: string,
  none: string,
): string => {
  if (value === null) return none;
  switch (figureUnits[figure]) {
    case 'count':
      return numberText(value, locale, {});
    case 'milliseconds':
      return durationText(value);
    case 'share':
      return shareText(value, locale);
    case 'score':
      return numberText(value, locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    case 'points':
      return numberText(value, locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  }
};

export const figureName = (figure: FigureName, t: TFunction): string =>
  t(`reportFigure.${figure}.name`);

/** Where others count the same word differently. */
const differing = [
  'answered',
  'abandoned',
  'shortAbandons',
  'abandonRate',
  'serviceLevel',
  'ahtMs',
  'handleMs',
  'missed',
] as const satisfies readonly FigureName[];

/** What it means in a view. */
export const figureHow = (figure: FigureName, view: ReportView, t: TFunction): string => {
  const other = differing.find((name) => name === figure);
  return view === 'ringside' || other === undefined
    ? t(`reportFigure.${figure}.how`)
    : t(`reportFigure.${other}.how_${view}`);
};

/** What an interval is called: `09:00`, `Mon 23 Mar`, `Week of 23 Mar`. */
export const intervalText = (
  { from, interval, zone }: { from: number; interval: ReportInterval; zone: string },
  days: number,
  locale: string,
): string => {
  const timeZone = { timeZone: zone };
  if (interval === 'day' || interval === 'week') {
    return dateFormat(locale, {
      ...(interval === 'day' ? { weekday: 'short' as const } : {}),
      ...{ day: 'numeric', month: 'short', ...timeZone },
    }).format(from);
  }
  const time = timeText(from, locale, zone);
  return days <= 1
    ? time
    : `${dateFormat(locale, { weekday: 'short', day: 'numeric', ...timeZone }).format(from)}, ${time}`;
};

/** `23 – 29 March 2026`; `to` is the first moment outside. */
export const rangeText = (from: number, to: number, zone: string, locale: string): string =>
  dateFormat(locale, { dateStyle: 'long', timeZone: zone }).formatRange(
    from,
    Math.max(from, to - 1),
  );

const short = ['15', '30', '60'] as const;

/** In which intervals a period can be told without drowning in lines. */
export const intervalsOf = ({
  period,
  from,
  to,
}: Pick<ReportChoice, 'period' | 'from' | 'to'>): readonly ReportInterval[] => {
  switch (period) {
    case 'today':
    case 'yesterday':
      return short;
    case 'this_week':
    case 'last_week':
    case 'last_7_days':
      return ['60', 'day'];
    case 'this_month':
    case 'last_month':
    case 'last_28_days':
      return ['day'];
    case 'last_12_weeks':
      return ['week', 'day'];
    case 'days': {
      const days = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000;
      return days <= 2 ? [...short, 'day'] : days <= 14 ? ['60', 'day'] : ['day'];
    }
  }
};

/** The interval that a period is usually read in. */
export const usualInterval = (period: ReportChoice['period']): ReportInterval =>
  period === 'today' || period === 'yesterday' ? '60' : period === 'last_12_weeks' ? 'week' : 'day';
