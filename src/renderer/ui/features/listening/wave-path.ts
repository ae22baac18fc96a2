/** The loudness 0 to 255 as a shape around its middle, one unit wide for each stretch and 100 high. */
export const wavePath = (peaks: readonly number[]): string => {
  // A line where nobody speaks, so that silence is seen as silence and not as nothing.
  const heights = peaks.map((peak) => Math.max(1.5, (peak / 255) * 48));
  const upper = heights.map((height, at) => `${at} ${(50 - height).toFixed(1)}`);
  const lower = heights.map((height, at) => `${at} ${(50 + height).toFixed(1)}`).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
};
