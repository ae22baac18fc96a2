/** Windows in which a try may fall, ms. */
export type BackOffLimits = {
  /** No try comes sooner; 0 unless given. */
  readonly shortestMs?: number;
  readonly firstMs: number;
  /** Of the second try, from which on the windows double; twice the first unless given. */
  readonly secondMs?: number;
  readonly longestMs: number;
};

/**
 * Exponential back-off with full jitter: how long to wait before try number `attempt` (0 is the first after a loss).
 * Many clients that lost the same server at one instant come back spread over the window. `random` is in [0, 1).
 */
export const backOffMs = (attempt: number, limits: BackOffLimits, random: number): number => {
  const { shortestMs = 0, firstMs, secondMs = 2 * firstMs, longestMs } = limits;
  // far beyond any limit, and well before the numbers end
  const doublings = Math.min(attempt, 30) - 1;
  const windowMs = Math.min(longestMs, attempt === 0 ? firstMs : secondMs * 2 ** doublings);
  return Math.round(shortestMs + random * (windowMs - shortestMs));
};
