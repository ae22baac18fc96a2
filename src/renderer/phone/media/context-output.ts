import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';

/** TypeScript's own types do not have `setSinkId` and `sinkId` yet (W3C Web Audio API §1.2.1 and §1.2.3). */
type Movable = AudioContext & { readonly setSinkId: (deviceId: string) => Promise<void> };
type SilentOptions = AudioContextOptions & { readonly sinkId: { readonly type: 'none' } };

/** One that plays nothing: it opens no device, and works on when the system's speaker is pulled out. */
export const silentContext = (options: AudioContextOptions = {}): AudioContext => {
  const silent: SilentOptions = { ...options, sinkId: { type: 'none' } };
  return new AudioContext(silent);
};

/** Settles when a context has arrived wherever it was sent. */
const moving = new WeakMap<AudioContext, Promise<unknown>>();

/** Plays on this device from now on; empty: the system's. */
export const moveContext = (context: AudioContext, deviceId: string): Promise<void> => {
  const moved = (context as Movable).setSinkId(deviceId);
  // A device that is refused at once says nothing of the one before it, which may be on its way still.
  moving.set(context, Promise.allSettled([moving.get(context), moved]));
  return moved;
};

/** Chromium 130 dies of a context that is closed on its way to another device: it is closed when it has arrived. */
export const closeContext = async (context: AudioContext, log: Logger): Promise<void> => {
  try {
    // One device refused, and the next one tried: as long as it moves.
    let moved: Promise<unknown> | undefined;
    while (moving.get(context) !== moved) {
      moved = moving.get(context);
      await moved;
    }
    if (context.state !== 'closed') await context.close();
  } catch (error) {
    log.debug('closing failed', { error: textOf(error) });
  }
};
