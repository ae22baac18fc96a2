/** How a recording is played: speeds, and what is skipped. Pure. */

export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;
export type Speed = (typeof speeds)[number];

const beside = (speed: Speed, step: 1 | -1): Speed => speeds[speeds.indexOf(speed) + step] ?? speed;
export const faster = (speed: Speed): Speed => beside(speed, 1);
export const slower = (speed: Speed): Speed => beside(speed, -1);

/** A silence begins to be skipped so long after the last word, and ends so long before the next one. */
const restMs = 400;

export type Silence = { readonly fromMs: number; readonly toMs: number };

/** Where to go on from here while silence is skipped; null: somebody speaks, or is about to. */
export const skipFrom = (ms: number, silences: readonly Silence[]): number | null => {
  const silence = silences.find(({ fromMs, toMs }) => ms >= fromMs + restMs && ms < toMs - restMs);
  return silence === undefined ? null : silence.toMs - restMs;
};

/** Within the recording. */
export const within = (ms: number, lengthMs: number): number => Math.min(lengthMs, Math.max(0, ms));
