import type { RingSilence } from '../../../shared/domain/missed/missed.ts';
import type { Logger } from '../log.ts';
import { playTone, type ToneName } from './tones.ts';

/**
 * Plays a tone over and over on several devices at once until the returned function is called. `onHeard`: once for each
 * word on whether any of them plays. Where none does, the devices of `instead` are tried as well.
 */
export const playEverywhere = (
  sound: { readonly tone: ToneName; readonly volume: number },
  deviceIds: readonly (string | null)[],
  ports: {
    readonly instead: () => readonly string[];
    readonly onHeard: (silence: RingSilence | null) => void;
    readonly log: Logger;
  },
): (() => void) => {
  const stops: (() => void)[] = [];
  let stopped = false;
  let waiting = 0;
  let heard = false;

  const begin = (ids: readonly (string | null)[], otherwise: () => readonly string[]): void => {
    waiting += ids.length;
    for (const deviceId of ids) {
      const output = { deviceId, volume: sound.volume };
      stops.push(
        playTone(sound.tone, output, ports.log, (silence) => {
          waiting -= 1;
          if (stopped || heard) return;
          if (silence === null) {
            heard = true;
            ports.onHeard(null);
            return;
          }
          if (waiting > 0) return;
          const others =
            silence === 'not_playing' ? otherwise().filter((id) => !ids.includes(id)) : [];
          if (others.length > 0) begin(others, () => []);
          else ports.onHeard(silence);
        }),
      );
    }
  };
  begin(deviceIds, ports.instead);
  return () => {
    stopped = true;
    for (const stop of stops) stop();
  };
};
