import { CompositeChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { memo } from 'react';
import type { ChartProps } from './chart-props.ts';
import styles from './Chart.module.css';

/** The drawing of a chart; `Chart` loads it. Screen readers have the table beside it. */
export const DrawnChart = memo(({ points, series, valueText, target, top, height }: ChartProps) => (
  <div aria-hidden="true">
    <CompositeChart
      h={height ?? 0}
      data={points.map(({ at, values }) => ({ at, ...values }))}
      dataKey="at"
      series={series.map(({ key, name, kind, color, dashed }) => ({
        ...{ name: key, label: name, type: kind, color },
        ...(dashed === true ? { strokeDasharray: '4 4' } : {}),
      }))}
      barProps={({ name }) => {
        const stack = series.find(({ key }) => key === name)?.stack;
        return { radius: stack === undefined ? 3 : 0, ...(stack && { stackId: stack }) };
      }}
      lineProps={({ name }) =>
        series.find(({ key }) => key === name)?.dashed === true ? { dot: false } : {}
      }
      dotProps={{ r: 2.5 }}
      activeDotProps={{ r: 4 }}
      curveType="linear"
      connectNulls={false}
      maxBarWidth={36}
      gridAxis="x"
      tickLine="none"
      strokeDasharray="0"
      gridColor="var(--rs-line)"
      textColor="var(--rs-muted)"
      valueFormatter={valueText}
      xAxisProps={{ minTickGap: 16 }}
      yAxisProps={{
        width: 64,
        tickCount: 5,
        domain: [0, (highest: number) => Math.max(highest, top ?? 0, target?.value ?? 0)],
      }}
      {...(target === undefined
        ? {}
        : {
            referenceLines: [
              { y: target.value, color: 'var(--rs-line-strong)', strokeDasharray: '2 4' },
            ],
          })}
      // The table says it all, value by value.
      accessibilityLayer={false}
      classNames={{
        tooltip: styles['bubble'] ?? '',
        tooltipLabel: styles['bubbleLabel'] ?? '',
      }}
    />
  </div>
));
DrawnChart.displayName = 'DrawnChart';
