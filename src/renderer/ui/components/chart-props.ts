export type ChartSeries = {
  readonly key: string;
  /** In the legend, the bubble and the table. */
  readonly name: string;
  readonly kind: 'bar' | 'line';
  /** A colour of tokens.css: `var(--rs-…)`. */
  readonly color: string;
  /** Stands behind the others: last week, a plan. */
  readonly dashed?: boolean;
  /** Bars with the same name stand on each other. */
  readonly stack?: string;
};

export type ChartPoint = {
  /** What stands below it; told apart from its neighbours. */
  readonly at: string;
  /** By the key of a series; null: there is nothing to tell. */
  readonly values: Readonly<Record<string, number | null>>;
};

export type ChartProps = {
  /** What is drawn: the caption of the table that screen readers have instead. */
  readonly label: string;
  /** What the points are: an hour, a day. */
  readonly pointName: string;
  readonly points: readonly ChartPoint[];
  readonly series: readonly ChartSeries[];
  /** How a value is written; one function that stays the same, or everything is drawn anew. */
  readonly valueText: (value: number) => string;
  /** A line across: what is to be reached. */
  readonly target?: { readonly value: number; readonly name: string } | undefined;
  /** Where the axis ends at the least; absent: the highest value. */
  readonly top?: number;
  /** CSS pixels. */
  readonly height?: number;
};
