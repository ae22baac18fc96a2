import type { Logger } from '../../../../src/renderer/phone/log.ts';
import { closeContext, moveContext } from '../../../../src/renderer/phone/media/context-output.ts';
import { playEverywhere } from '../../../../src/renderer/phone/media/play-everywhere.ts';
import type { RingSilence } from '../../../../src/shared/domain/missed/missed.ts';

/** The phone's own ways to a loudspeaker, without the phone. */

const nothing = (): void => undefined;
const log: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const idOf = async (label: string): Promise<string> => {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.find((one) => one.kind === 'audiooutput' && one.label === label)?.deviceId ?? '';
};

/** Each is sent on its way and closed before it has arrived; answers what became of them. */
const closedOnTheWay = async (labels: readonly string[], count: number) => {
  const ids = await Promise.all(labels.map(idOf));
  const contexts = Array.from({ length: count }, () => new AudioContext());
  await Promise.all(
    contexts.map(async (context, index) => {
      // Some have begun to play, some are sent back and forth, and some to a device that is not there.
      if (index % 2 === 0) await context.resume();
      for (const id of [...ids.slice(0, 1 + (index % ids.length)), 'gone'].slice(
        index % 3 === 0 ? 0 : -2,
      )) {
        moveContext(context, id).catch(nothing);
      }
      await closeContext(context, log);
    }),
  );
  return contexts.map(({ state }) => state);
};

/** Sends them on their way, and answers at once. */
const onTheWay = async (labels: readonly string[], count: number): Promise<void> => {
  const ids = await Promise.all(labels.map(idOf));
  for (let index = 0; index < count; index += 1) {
    moveContext(new AudioContext(), ids[index % ids.length] ?? '').catch(nothing);
  }
};

let stop = nothing;

/** Rings at the first, which takes the sound and never begins to play it. */
const ring = async (dead: string, instead: readonly string[]): Promise<RingSilence | null> => {
  const deadId = await idOf(dead);
  const others = await Promise.all(instead.map(idOf));
  const clock = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'currentTime');
  Object.defineProperty(AudioContext.prototype, 'currentTime', {
    configurable: true,
    get(this: AudioContext & { readonly sinkId: string }): unknown {
      return this.sinkId === deadId ? 0 : clock?.get?.call(this);
    },
  });
  return new Promise((resolve) => {
    stop = playEverywhere({ tone: 'ring', volume: 0.5 }, [deadId], {
      instead: () => others,
      onHeard: resolve,
      log,
    });
  });
};

const outputPage = { closedOnTheWay, onTheWay, ring, stop: () => stop() };

export type OutputPage = typeof outputPage;

Object.assign(window, { outputPage });
