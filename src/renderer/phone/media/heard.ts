import type { RingSilence } from '../../../shared/domain/missed/missed.ts';

/** A device that has not begun to play by then is taken for silent. */
const lateMs = 2_500;
const lookEveryMs = 50;
/** So much of a sound has to have been played, seconds: a context that runs without a device stands still. */
const enoughSeconds = 0.1;

export type Playing = Pick<AudioContext, 'state' | 'currentTime'>;

/**
 * Tells once whether what a context plays goes out to a device (null) or not: by its clock, which the device drives. A
 * loudspeaker that is turned off is beyond what a page can know.
 */
export const tellHeard = (
  context: Playing,
  tell: (silence: RingSilence | null) => void,
): (() => void) => {
  let startedAt: number | null = null;
  const begunAt = performance.now();
  const look = (): void => {
    if (context.state === 'running') {
      startedAt ??= context.currentTime;
      if (context.currentTime - startedAt >= enoughSeconds) {
        stop();
        tell(null);
        return;
      }
    }
    if (performance.now() - begunAt < lateMs) return;
    stop();
    tell('not_playing');
  };
  const timer = setInterval(look, lookEveryMs);
  const stop = (): void => clearInterval(timer);
  return stop;
};
