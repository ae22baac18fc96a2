/** True for at most `count` times within any `withinMs`. */
export const createRateLimit = (
  count: number,
  withinMs: number,
  monotonicMs: () => number,
): (() => boolean) => {
  let taken: readonly number[] = [];
  return () => {
    const now = monotonicMs();
    taken = taken.filter((at) => now - at < withinMs);
    if (taken.length >= count) return false;
    taken = [...taken, now];
    return true;
  };
};
