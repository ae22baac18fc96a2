import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ChartProps } from './chart-props.ts';
import styles from './Chart.module.css';

const DrawnChart = lazy(async () => ({
  default: (await import('./DrawnChart.tsx')).DrawnChart,
}));

const usualHeight = 220;

/** Values over time as bars and lines. The drawing is loaded when the first one is shown, and its place is kept. */
export const Chart = (props: ChartProps) => {
  const { label, pointName, points, series, valueText, height = usualHeight } = props;
  return (
    <figure className={styles['chart']}>
      <div style={{ height }} className={styles['drawing']}>
        <Suspense fallback={<Skeleton height={height} animate={false} />}>
          <DrawnChart {...props} height={height} />
        </Suspense>
      </div>
      <figcaption className={styles['legend']} aria-hidden="true">
        {series.map(({ key, name, color, dashed }) => (
          <span key={key} className={styles['key']} data-dashed={dashed}>
            <span className={styles['swatch']} style={{ color }} />
            {name}
          </span>
        ))}
        {props.target === undefined ? null : (
          <span className={styles['key']} data-dashed>
            <span className={styles['swatch']} data-target />
            {props.target.name}
          </span>
        )}
      </figcaption>
      <table className="rs-hidden">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{pointName}</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, values }) => (
            <tr key={at}>
              <th scope="row">{at}</th>
              {series.map(({ key }) => {
                const value = values[key] ?? null;
                return <td key={key}>{value === null ? '' : valueText(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
};
