import { dim, say } from './terminal.ts';

/** One measured figure. */
export type Figure = {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What is promised, such as `<= 60`; empty for a figure that is only shown. */
  readonly promise: string;
  readonly ok: boolean;
  /** How many measurements it rests on. */
  readonly n: number;
  /** The promise of reliability that it shows, by its number (reliability-promises.ts). */
  readonly of?: number;
};

/** A figure is measured to see whether this holds. */
export type Bound =
  { readonly atMost: number } | { readonly atLeast: number } | { readonly exactly: number };

/** A figure, held against what is promised of it; without a promise it is only shown. */
export const figureOf = (
  figure: string,
  value: number,
  unit: string,
  n: number,
  bound?: Bound,
): Figure => {
  if (bound === undefined) return { figure, value, unit, promise: '', ok: true, n };
  if ('exactly' in bound) {
    const { exactly } = bound;
    return { figure, value, unit, promise: `= ${exactly}`, ok: value === exactly, n };
  }
  if ('atLeast' in bound) {
    const { atLeast } = bound;
    return { figure, value, unit, promise: `>= ${atLeast}`, ok: value >= atLeast, n };
  }
  return { figure, value, unit, promise: `<= ${bound.atMost}`, ok: value <= bound.atMost, n };
};

/** The same figure as a proof of that promise of reliability. */
export const ofPromise = (number: number, figure: Figure): Figure => ({ ...figure, of: number });

export type MeasureOptions = {
  /** Fewer and shorter measurements: a look, no proof. */
  readonly quick: boolean;
  /** How long what plays a shift takes; absent: as long as its calls take one after another. */
  readonly hours?: number;
};

/** One part of a topic: tests/bench/<topic>.ts and tests/soak/<topic>.ts export theirs as `measures`. */
export type Measure = (options: MeasureOptions) => Promise<readonly Figure[]>;

/** Says what is being measured now. */
export const progress = (text: string): void => say(dim(`  … ${text}`));
