import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { openEar, type Ear } from './ear.ts';

/** Looks at a microphone before any processing: noise suppression makes of a quiet room what a dead device sends. */
export type RawProof = {
  /** `unknown`: it is about to be opened. */
  readonly look: () => 'unknown' | 'sound' | 'nothing';
  readonly close: () => void;
};

/** A context that has just begun has heard nothing yet. */
const looksToBegin = 2;

export const openRawProof = (deviceId: string | undefined, log: Logger): RawProof => {
  let closed = false;
  let failed = false;
  let track: MediaStreamTrack | null = null;
  let ear: Ear | null = null;
  let looks = 0;

  const open = async (): Promise<void> => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
      },
    });
    [track = null] = stream.getAudioTracks();
    if (closed) track?.stop();
    else if (track !== null) ear = openEar(track, log);
  };
  open().catch((error: unknown) => {
    // A device that does not open a second time proves nothing.
    failed = true;
    log.debug('a microphone was not looked at', { error: textOf(error) });
  });

  return {
    look: () => {
      if (failed || ear === null) return 'unknown';
      const { peak } = ear.look();
      looks += 1;
      if (peak > 0) return 'sound';
      return looks > looksToBegin ? 'nothing' : 'unknown';
    },
    close: () => {
      closed = true;
      ear?.close();
      track?.stop();
    },
  };
};
