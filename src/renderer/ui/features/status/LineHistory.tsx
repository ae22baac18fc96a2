import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartSeries } from '../../components/chart-props.ts';
import { Chart } from '../../components/Chart.tsx';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { lineHistory, onLineHistory } from '../../state/line-history.ts';
import styles from './Evidence.module.css';

/** CSS pixels: two of them have room above the foot of a small window. */
const height = 84;
/** The best that there is, by G.107. */
const bestScore = 4.5;

/** How the line was in the last minutes: what people would say of it, and what went missing. */
export const LineHistory = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const moments = useSyncExternalStore(onLineHistory, lineHistory);
  const seconds = useMemo(() => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }), [locale]);
  const score = useMemo(
    () => moments.map(({ at, mos }) => ({ at: seconds.format(at), values: { mos } })),
    [moments, seconds],
  );
  const loss = useMemo(
    () =>
      moments.map(({ at, lossPercent }) => ({ at: seconds.format(at), values: { lossPercent } })),
    [moments, seconds],
  );
  const valueText = useCallback(
    (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value),
    [locale],
  );
  const series = useMemo(
    (): Readonly<Record<'score' | 'loss', readonly ChartSeries[]>> => ({
      score: [
        {
          ...{ key: 'mos', kind: 'bar', color: 'var(--rs-brand-solid)' },
          name: t('status.recent.mos'),
        },
      ],
      loss: [
        {
          ...{ key: 'lossPercent', kind: 'bar', color: 'var(--rs-wrap-up-solid)' },
          name: t('status.recent.loss'),
        },
      ],
    }),
    [t],
  );
  const [first] = moments;
  // One point is no course of things.
  if (first === undefined || moments.length < 2) return null;
  return (
    <div className={styles['recent']}>
      <p className={styles['help']}>
        {t('status.recent.since', { time: timeText(first.at, locale) })}
      </p>
      {([['score', score, bestScore] as const, ['loss', loss, 5] as const] as const).map(
        ([name, points, top]) => (
          <Chart
            key={name}
            label={series[name][0]?.name ?? ''}
            pointName={t('status.recent.time')}
            points={points}
            series={series[name]}
            valueText={valueText}
            top={top}
            height={height}
          />
        ),
      )}
    </div>
  );
};
