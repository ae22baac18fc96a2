import type { HindranceCause } from '../../../shared/domain/readiness/hindrance.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { microphoneProblemOf } from '../media/microphone.ts';

/** A device that gives no sample within this gives none. Bluetooth takes its time to begin. */
const samplesWithinMs = 3_000;

/** TypeScript's own types do not have it yet (W3C mediacapture-transform). */
type TrackReader = {
  readonly readable: ReadableStream<{ readonly close: () => void }>;
};
declare const MediaStreamTrackProcessor: new (init: {
  readonly track: MediaStreamTrack;
}) => TrackReader;

/** Whether anything arrives, be it silence: a headset that is muted at its own switch is in order. */
const delivers = async (track: MediaStreamTrack): Promise<boolean> => {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), samplesWithinMs);
  });
  const read = await Promise.race([reader.read(), late]);
  clearTimeout(timer);
  read?.value?.close();
  // Settles when the track has stopped.
  reader.cancel().catch(() => undefined);
  return read !== null && !read.done;
};

/** Opens a microphone for as long as its first samples take; null: it delivers. */
export const proveMicrophone = async (
  deviceId: string | null,
  log: Logger,
): Promise<HindranceCause | null> => {
  let track: MediaStreamTrack | undefined;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
      },
    });
    [track] = stream.getAudioTracks();
    if (track === undefined) return 'no_microphone';
    return (await delivers(track)) ? null : 'microphone_silent';
  } catch (error) {
    log.warn('a microphone could not be proven', { error: textOf(error) });
    return microphoneProblemOf(error);
  } finally {
    track?.stop();
  }
};
