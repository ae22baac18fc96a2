import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerdictWeeks } from '../../../../shared/api/line-quality.ts';
import { verdicts, type Verdict } from '../../../../shared/domain/line-quality/verdict.ts';
import type { ChartSeries } from '../../components/chart-props.ts';
import { Chart } from '../../components/Chart.tsx';
import { dateFormat } from '../../i18n/formatters.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './VerdictChart.module.css';
import { groupedBy } from './verdict-weeks.ts';

const colors: Readonly<Record<Exclude<Verdict, 'none'>, string>> = {
  microphone: 'var(--rs-segment-talk)',
  computer: 'var(--rs-segment-consult)',
  home_network: 'var(--rs-segment-wrap-up)',
  company: 'var(--rs-danger-solid)',
  carrier: 'var(--rs-segment-hold)',
  customer: 'var(--rs-ready-solid)',
  unknown: 'var(--rs-segment-ring)',
};

export const blamed = verdicts.filter((each) => each !== 'none');

/** Bad calls week by week, by whose fault they were. */
export const VerdictChart = ({ lines }: { readonly lines: VerdictWeeks['lines'] }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const valueText = useCallback(
    (value: number) => new Intl.NumberFormat(locale).format(value),
    [locale],
  );
  const points = useMemo(() => {
    // A week is named by its Monday, whatever the zone of this computer.
    const day = dateFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    return groupedBy(
      lines.toSorted((a, b) => a.week.localeCompare(b.week)),
      ({ week }) => [week, day.format(Date.parse(week))],
    ).map(({ name, counts }) => ({ at: name, values: counts }));
  }, [lines, locale]);
  const series = useMemo(
    () =>
      blamed
        .filter((each) => points.some(({ values }) => values[each] > 0))
        .map((each): ChartSeries => ({
          ...{ key: each, name: t(`verdict.name.${each}`), kind: 'bar', stack: 'bad' },
          color: colors[each],
        })),
    [points, t],
  );
  if (series.length === 0) return null;
  return (
    <div className={styles['chart']}>
      <Chart
        label={t('verdict.weeks')}
        pointName={t('reports.intervalName.week')}
        points={points}
        series={series}
        valueText={valueText}
        height={160}
      />
    </div>
  );
};
