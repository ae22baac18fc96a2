import type { MicrophoneMeasured } from '../../../shared/domain/shift-check/measured.ts';
import { failure, success, type Result } from '../../../shared/result.ts';

type NoTrack = Exclude<MicrophoneMeasured['state'], 'heard' | 'dead'>;

const problemOf = (error: unknown): NoTrack => {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'missing';
  }
};

export type Processing = {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
};

export const unprocessed: Processing = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

/** A track of the check's own: a call that comes opens another, and needs not wait for this one. */
export const openTrack = async (
  deviceId: string | null,
  processing: Processing,
): Promise<Result<MediaStreamTrack, NoTrack>> => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        channelCount: 1,
        ...processing,
        ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
      },
    });
    const [track] = stream.getAudioTracks();
    return track === undefined ? failure('missing') : success(track);
  } catch (error) {
    return failure(problemOf(error));
  }
};
