/**
 * Windows of the link. A floor of 200 phones that lost one PBX at one instant comes back at 14 a second, and nobody
 * later than two windows after the PBX.
 */
export const linkWindowsMs = [14_000] as const;
/** Of the registration, after a PBX that answers and refuses: its secrets may come a moment after the PBX. */
export const registrationWindowsMs = [8_000, 14_000] as const;

export type RetrySlots = {
  /** How long to wait before the next try, ms. */
  readonly next: () => number;
  /** It went well: the next failure is a first one. */
  readonly reset: () => void;
};

/**
 * One try in each window, at any moment of it (full jitter). The windows follow one another instead of beginning at each
 * failure: independent waits pile up to nearly three times the rate of one window just as a PBX returns.
 */
export const createRetrySlots = (
  windowsMs: readonly number[],
  random: () => number,
  now: () => number = () => performance.now(),
): RetrySlots => {
  let count = 0;
  let windowEndsAt = 0;
  return {
    next: () => {
      const windowMs = windowsMs[Math.min(count, windowsMs.length - 1)] ?? 0;
      const at = now();
      const beginsAt = count === 0 ? at : Math.max(at, windowEndsAt);
      count += 1;
      windowEndsAt = beginsAt + windowMs;
      return Math.round(beginsAt - at + random() * windowMs);
    },
    reset: () => {
      count = 0;
    },
  };
};
