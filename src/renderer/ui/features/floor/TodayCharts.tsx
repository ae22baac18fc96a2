import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardTerms } from '../../../../shared/api/board.ts';
import type { ChartPoint } from '../../components/chart-props.ts';
import { Chart } from '../../components/Chart.tsx';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useNow } from '../../state/use-now.ts';
import { dayPoints } from './day-points.ts';
import { Definition } from './Definition.tsx';
import { useFloorFilter } from './floor-filter.ts';
import styles from './TodayCharts.module.css';
import { useFloorDay } from './use-floor-day.ts';
import type { FloorWords } from './use-floor-words.ts';

/** Today against target, half hour by half hour: of the queue that is looked at, else of all. */
export const TodayCharts = memo(
  ({
    terms,
    words,
    height = 170,
  }: {
    readonly terms: BoardTerms;
    readonly words: FloorWords;
    readonly height?: number;
  }) => {
    const { t } = useTranslation();
    const locale = useLocale();
    const queue = useFloorFilter((filter) => filter.queue);
    const minute = useNow('minute');
    const report = useFloorDay(terms.day);
    const percent = useMemo(() => {
      const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
      return (value: number) => format.format(value);
    }, [locale]);
    const count = useMemo(() => {
      const format = new Intl.NumberFormat(locale);
      return (value: number) => format.format(value);
    }, [locale]);
    const points = useMemo<readonly ChartPoint[]>(
      () =>
        dayPoints(report?.lines ?? [], queue === null ? null : new Set([queue]), minute).map(
          ({ from, offered: _offered, ...values }) => ({
            at: timeText(from, locale, terms.day.zone),
            values,
          }),
        ),
      [report, queue, minute, locale, terms.day.zone],
    );
    const looked = terms.queues.filter(({ name }) => queue === null || name === queue);
    const [first] = looked;
    // One line across stands for all of them only while they have one target.
    const target =
      first !== undefined &&
      looked.every(({ serviceLevelTarget }) => serviceLevelTarget === first.serviceLevelTarget)
        ? {
            value: first.serviceLevelTarget,
            name: t('floor.target', { share: percent(first.serviceLevelTarget) }),
          }
        : undefined;
    const shared = { points, height, pointName: t('floor.halfHour') };
    return (
      <div className={styles['charts']}>
        <h2 className={styles['title']}>{t('floor.today')}</h2>
        <p className={styles['about']}>
          {queue === null ? t('floor.allQueues') : words.queue(queue)}
        </p>
        {points.length === 0 ? (
          <p className={styles['none']}>{t(report === null ? 'floor.reading' : 'floor.noCalls')}</p>
        ) : (
          <>
            <h3 className={styles['heading']}>
              <Definition name={t('floor.level')} text={t('floor.definition.levelToday')} />
            </h3>
            <Chart
              {...shared}
              label={t('floor.level')}
              series={[
                {
                  key: 'serviceLevel',
                  name: t('floor.level'),
                  kind: 'line',
                  color: 'var(--rs-brand-solid)',
                },
              ]}
              valueText={percent}
              target={target}
              top={1}
            />
            <h3 className={styles['heading']}>
              <Definition name={t('floor.volume')} text={t('floor.definition.volume')} />
            </h3>
            <Chart
              {...shared}
              label={t('floor.volume')}
              series={[
                {
                  key: 'answered',
                  name: t('floor.answered'),
                  kind: 'bar',
                  color: 'var(--rs-segment-talk)',
                  stack: 'calls',
                },
                {
                  key: 'abandoned',
                  name: t('floor.abandoned'),
                  kind: 'bar',
                  color: 'var(--rs-segment-wrap-up)',
                  stack: 'calls',
                },
              ]}
              valueText={count}
            />
          </>
        )}
      </div>
    );
  },
);
TodayCharts.displayName = 'TodayCharts';
