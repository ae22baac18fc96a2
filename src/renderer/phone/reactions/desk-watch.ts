import type { DeskSecond } from '../../../shared/domain/line-quality/desk-sound.ts';
import type { DeskCounters } from '../media/line-counters.ts';

/** Makes of each second of a call what this desk did to its sound. */
export type DeskWatch = {
  /** The meter's turn has come. */
  readonly tick: () => void;
  readonly levels: (microphone: number, heard: number) => void;
  readonly second: (now: DeskCounters) => DeskSecond;
  /** Nothing is heard for now: what comes next is another stretch. */
  readonly pause: () => void;
};

const level = (value: number): number => Math.min(1, Math.max(0, value));

export const createDeskWatch = (everyMs: number, monotonicMs: () => number): DeskWatch => {
  let tickedAt: number | null = null;
  let [lateMs, microphone, heard] = [0, 0, 0];
  let playout: DeskCounters['playout'] = null;

  /** Of a minute's sleep, and of a counter that began anew, nothing is to be said. */
  const glitched = (now: DeskCounters['playout']): number | null => {
    if (now === null || playout === null) return null;
    const played = now.played - playout.played;
    const madeUp = now.madeUp - playout.madeUp;
    return played <= 0 || madeUp < 0 ? null : Math.min(100, (100 * madeUp) / played);
  };

  const beginAnew = (): void => {
    [lateMs, microphone, heard] = [0, 0, 0];
  };

  return {
    tick: () => {
      const now = monotonicMs();
      if (tickedAt !== null) lateMs = Math.max(lateMs, now - tickedAt - everyMs);
      tickedAt = now;
    },
    levels: (spoken, played) => {
      microphone = Math.max(microphone, spoken);
      heard = Math.max(heard, played);
    },
    second: ({ playout: now, path }) => {
      const glitchedPercent = glitched(now);
      playout = now;
      const second: DeskSecond = {
        microphone: level(microphone),
        heard: level(heard),
        // More than ten minutes are a sleep.
        lateMs: Math.min(600_000, Math.round(Math.max(0, lateMs))),
        glitchedPercent,
        path,
      };
      beginAnew();
      return second;
    },
    pause: () => {
      beginAnew();
      tickedAt = null;
      playout = null;
    },
  };
};
