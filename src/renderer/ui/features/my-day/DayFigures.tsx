import { useTranslation } from 'react-i18next';
import type { ReportLine } from '../../../../shared/api/reports.ts';
import { answersBehind } from '../../../../shared/domain/reporting/figures.ts';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './MyDay.module.css';

/** Figures with the numbers that each is worked out from. */
export const DayFigures = ({ line }: { readonly line: ReportLine }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { figures } = line;
  const none = t('common.none');
  const number = new Intl.NumberFormat(locale);
  const count = (value: number | null): string => number.format(value ?? 0);
  const time = (value: number | null): string => durationText(value ?? 0);
  const share = (value: number | null): string =>
    value === null
      ? none
      : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value);
  const decimal = (value: number): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
  /** Where nobody was asked nothing is said of it. */
  const asked = (['csat', 'nps'] as const).flatMap((kind) => {
    const value = figures[kind];
    const answers = answersBehind(kind, figures);
    return value === null || answers === null
      ? []
      : [
          [
            t(`reportFigure.${kind}.name`),
            decimal(value),
            t('myDay.surveyHow', { count: answers.count }),
          ] as const,
        ];
  });
  const rows: readonly (readonly [name: string, value: string, how: string])[] = [
    [t('myDay.handled'), count(figures.handled), t('myDay.handledHow')],
    [
      t('myDay.average'),
      figures.ahtMs === null ? none : durationText(figures.ahtMs),
      t('myDay.averageHow', {
        talk: time(figures.talkMs),
        consult: time(figures.consultMs),
        hold: time(figures.holdMs),
        wrapUp: time(figures.wrapUpMs),
        count: figures.handled ?? 0,
      }),
    ],
    [
      t('myDay.occupancy'),
      share(figures.occupancy),
      t('myDay.occupancyHow', { busy: time(figures.busyMs), ready: time(figures.readyMs) }),
    ],
    [t('myDay.notReady'), time(figures.notReadyMs), t('myDay.notReadyHow')],
    [
      t('myDay.transferred'),
      count(figures.transferred),
      t('myDay.transferredHow', { count: figures.handled ?? 0 }),
    ],
    [
      t('myDay.missed'),
      count(figures.missedCounted),
      t('myDay.missedHow', { count: figures.missed ?? 0 }),
    ],
    [t('myDay.resolved'), share(figures.fcr), t('myDay.resolvedHow')],
    ...asked,
  ];
  return (
    <dl className={styles['figures']} aria-label={t('myDay.figures')}>
      {rows.map(([name, value, how]) => (
        <div key={name} className={styles['figure']}>
          <dt className={styles['name']}>{name}</dt>
          <dd className={styles['value']}>{value}</dd>
          <dd className={styles['how']}>{how}</dd>
        </div>
      ))}
    </dl>
  );
};
