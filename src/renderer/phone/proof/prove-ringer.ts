import type { Logger } from '../log.ts';
import { playEverywhere } from '../media/play-everywhere.ts';

/** The ring itself, too soft for anybody to hear: the same devices, opened the same way. */
const inaudible = 1e-6;

/** Whether a ring would play now, by the clock of its device. */
export const proveRinger = (
  ringers: readonly (string | null)[],
  everySpeaker: () => readonly string[],
  log: Logger,
): Promise<boolean> =>
  new Promise((resolve) => {
    const stop = playEverywhere({ tone: 'ring', volume: inaudible }, ringers, {
      instead: everySpeaker,
      onHeard: (silence) => {
        stop();
        resolve(silence === null);
      },
      log,
    });
  });
