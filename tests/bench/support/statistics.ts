/** The value below which this part (0 to 1) of the values lies (nearest rank); NaN of nothing. */
export const quantile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** NaN of nothing: it keeps no promise. */
export const largest = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : Math.max(...values);
