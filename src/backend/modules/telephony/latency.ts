/** The last durations of something that must be quick. */
export type Latency = {
  readonly add: (durationMs: number) => void;
  readonly figures: () => {
    readonly count: number;
    readonly p50Ms: number | null;
    readonly p95Ms: number | null;
    readonly maximumMs: number | null;
  };
};

const kept = 500;

export const createLatency = (): Latency => {
  const durations: number[] = [];
  let count = 0;
  return {
    add: (durationMs) => {
      count += 1;
      durations.push(durationMs);
      if (durations.length > kept) durations.shift();
    },
    figures: () => {
      const sorted = [...durations].sort((a, b) => a - b);
      const at = (part: number): number | null => {
        const value = sorted[Math.ceil(part * sorted.length) - 1];
        return value === undefined ? null : Math.round(value * 100) / 100;
      };
      return { count, p50Ms: at(0.5), p95Ms: at(0.95), maximumMs: at(1) };
    },
  };
};
