import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Coaching } from '../../../../shared/api/coaching.ts';
import { Chart } from '../../components/Chart.tsx';
import { dateFormat } from '../../i18n/formatters.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { percentText } from '../quality/form-words.ts';
import styles from './CoachingPage.module.css';

/** The mean score of each week, and each question in the last four weeks beside the four before. */
export const CoachingTrend = ({ weeks, criteria }: Pick<Coaching, 'weeks' | 'criteria'>) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const label = useLabel();
  const valueText = useCallback((value: number) => percentText(value, locale), [locale]);
  const points = useMemo(() => {
    const day = dateFormat(locale, { day: 'numeric', month: 'short' });
    return weeks.map(({ from, percent }) => ({
      at: day.format(from),
      values: { percent },
    }));
  }, [weeks, locale]);
  const series = useMemo(
    () => [
      {
        ...{ key: 'percent', kind: 'line' as const, color: 'var(--rs-brand-text)' },
        name: t('coaching.weekMean'),
      },
    ],
    [t],
  );
  if (weeks.every(({ percent }) => percent === null)) return null;
  const asked = criteria.filter(({ percent, before }) => percent !== null || before !== null);
  return (
    <section className={styles['part']} aria-labelledby="coaching-trend">
      <h2 id="coaching-trend" className={styles['heading']}>
        {t('coaching.trend')}
      </h2>
      <Chart
        label={t('coaching.weekMean')}
        pointName={t('coaching.week')}
        points={points}
        series={series}
        valueText={valueText}
        top={100}
        height={160}
      />
      {asked.length === 0 ? null : (
        <table className={styles['criteria']}>
          <thead>
            <tr>
              <th scope="col">{t('quality.criterion')}</th>
              <th scope="col">{t('coaching.before')}</th>
              <th scope="col">{t('coaching.now')}</th>
            </tr>
          </thead>
          <tbody>
            {asked.map(({ key, label: words, percent, before }) => (
              <tr key={key}>
                <th scope="row">{label(words)}</th>
                <td>{percentText(before, locale)}</td>
                <td>{percentText(percent, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
