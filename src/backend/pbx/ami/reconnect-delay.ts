const FIRST_CEILING_MS = 250;
const LAST_CEILING_MS = 5_000;
/** Never at once: a PBX that refuses the login must not be hammered. */
const FLOOR_MS = 50;

/** Full jitter: anywhere below a ceiling that doubles. `attempt` counts from 0; `random` is in [0, 1). */
export const reconnectDelayMs = (attempt: number, random: number): number => {
  const ceiling = Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** Math.min(attempt, 16));
  return Math.round(FLOOR_MS + random * (ceiling - FLOOR_MS));
};
