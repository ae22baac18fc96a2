import type { LineFigures } from '../../../shared/domain/line-quality/line-quality.ts';
import { serverNow } from '../bridge/clock.ts';
import { onLevels } from '../bridge/levels.ts';

/** The line of the last minutes, call after call; it is for looking at, and gone with the window. */

/** One point of a chart. */
export type LineMoment = {
  /** Server's clock, epoch ms: when it began. */
  readonly at: number;
  readonly mos: number;
  /** The worst of it, both ways. */
  readonly lossPercent: number;
  readonly roundTripMs: number | null;
};

const momentMs = 5_000;
const keptMs = 300_000;

let moments: readonly LineMoment[] = [];
const listeners = new Set<() => void>();

const worst = (one: LineMoment | undefined, other: LineMoment): LineMoment =>
  one === undefined
    ? other
    : {
        at: other.at,
        mos: Math.min(one.mos, other.mos),
        lossPercent: Math.max(one.lossPercent, other.lossPercent),
        roundTripMs:
          one.roundTripMs === null || other.roundTripMs === null
            ? (one.roundTripMs ?? other.roundTripMs)
            : Math.max(one.roundTripMs, other.roundTripMs),
      };

const take = (figures: LineFigures, now: number): void => {
  const at = Math.floor(now / momentMs) * momentMs;
  const { mos, lossPercent, concealedPercent, sentLossPercent, roundTripMs } = figures;
  const loss = Math.max(lossPercent, concealedPercent, sentLossPercent ?? 0);
  const last = moments.at(-1);
  const isNew = last?.at !== at;
  const moment = worst(isNew ? undefined : last, { at, mos, lossPercent: loss, roundTripMs });
  const before = isNew ? moments : moments.slice(0, -1);
  moments = [...before.filter((each) => each.at > at - keptMs), moment];
  // A point that is still being made moves with every second: that is not worth a new drawing.
  if (isNew) for (const listener of listeners) listener();
};

/** Keeps it from now on; answers how to stop. */
export const keepLineHistory = (): (() => void) => {
  const stop = onLevels(({ line }) => {
    if (line !== undefined) take(line.figures, serverNow());
  });
  return () => {
    stop();
    moments = [];
  };
};

export const lineHistory = (): readonly LineMoment[] => moments;

export const onLineHistory = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
