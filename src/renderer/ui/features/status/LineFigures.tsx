import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './Evidence.module.css';
import { useLineReading } from './use-line-reading.ts';

/** What the word about the line rests on, second by second. */
export const LineFigures = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const figures = useLineReading()?.figures ?? null;
  const one = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const ms = (value: number | null | undefined): string =>
    value === null || value === undefined
      ? '–'
      : t('status.fact.ms', { value: whole.format(value) });
  const percent = (value: number | null | undefined): string =>
    value === null || value === undefined
      ? '–'
      : t('status.fact.percent', { value: one.format(value) });
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t('status.fact.mos'), figures === null ? '–' : one.format(figures.mos)],
    [t('status.fact.loss'), percent(figures?.lossPercent)],
    [t('status.fact.concealed'), percent(figures?.concealedPercent)],
    [t('status.fact.sentLoss'), percent(figures?.sentLossPercent)],
    [t('status.fact.jitter'), ms(figures?.jitterMs)],
    [t('status.fact.roundTrip'), ms(figures?.roundTripMs)],
  ];
  return (
    <dl className={styles['facts']}>
      {facts.map(([label, value]) => (
        <div key={label} className={styles['fact']}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
