import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportSheet } from '../../../../shared/api/report-sheet.ts';
import { figureUnits, type FigureName } from '../../../../shared/domain/reporting/figures.ts';
import type { ChartSeries } from '../../components/chart-props.ts';
import { Chart } from '../../components/Chart.tsx';
import { useLocale } from '../../i18n/use-locale.ts';
import { figureName, figureText, intervalText } from './report-words.ts';

const dayMs = 86_400_000;

/** One figure over the period, beside the weeks before and its target. */
export const TrendChart = ({
  sheet,
  figure,
}: {
  readonly sheet: ReportSheet;
  readonly figure: FigureName;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const none = t('common.none');
  const days = Math.round((sheet.to - sheet.from) / dayMs);
  const name = figureName(figure, t);
  const valueText = useCallback(
    (value: number) => figureText(figure, value, locale, none),
    [figure, locale, none],
  );
  const isCount = figureUnits[figure] === 'count';
  const points = useMemo(() => {
    // An hour that comes twice in a night has the same name twice.
    const names = new Set<string>();
    return sheet.trend.map(({ from, now, before }) => {
      let at = intervalText({ ...sheet, from }, days, locale);
      while (names.has(at)) at = `${at}′`;
      names.add(at);
      return { at, values: { now: now?.[figure] ?? null, before: before?.[figure] ?? null } };
    });
  }, [sheet, figure, days, locale]);
  const series = useMemo(
    (): readonly ChartSeries[] => [
      {
        ...{ key: 'now', name, kind: isCount ? 'bar' : 'line' },
        color: 'var(--rs-brand-solid)',
      },
      {
        ...{ key: 'before', name: t('reports.before', { count: sheet.before.weeks }) },
        ...{ kind: 'line', color: 'var(--rs-line-strong)', dashed: true },
      },
    ],
    [name, isCount, sheet.before.weeks, t],
  );
  const target =
    figure === 'serviceLevel'
      ? sheet.target.serviceLevel
      : figure === 'ahtMs'
        ? sheet.target.ahtMs
        : null;
  return (
    <Chart
      label={t('reports.trendOf', { name })}
      pointName={t(`reports.intervalName.${sheet.interval}`)}
      points={points}
      series={series}
      valueText={valueText}
      {...(figureUnits[figure] === 'share' ? { top: 1 } : {})}
      target={
        target === null
          ? undefined
          : { value: target, name: t('reports.target', { value: valueText(target) }) }
      }
    />
  );
};
