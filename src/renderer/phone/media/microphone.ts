import type { EngineSetup, PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';

export type MicrophoneProblem = Exclude<PhoneSnapshot['devices']['problem'], 'no_speaker' | null>;
export type MicrophoneChoice = Pick<EngineSetup, 'audioProcessing'> & {
  readonly deviceId: string | null;
};

export type Microphone = {
  /** Opens it, or joins the opening under way. */
  readonly open: () => Promise<Result<MediaStreamTrack, MicrophoneProblem>>;
  /** What is open now, never muted by us; null: nothing is. */
  readonly track: () => MediaStreamTrack | null;
  /** A call was answered: the microphone is replaced by one whose sound is processed as chosen. */
  readonly talk: () => void;
  /** The last call is over: what stays open is raw again. */
  readonly rest: () => void;
  readonly close: () => void;
  readonly choose: (choice: MicrophoneChoice) => void;
};

export const microphoneProblemOf = (error: unknown): MicrophoneProblem => {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'microphone_denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'microphone_busy';
    default:
      return 'no_microphone';
  }
};

const unprocessed: EngineSetup['audioProcessing'] = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

/**
 * The one open microphone; calls send clones of its track. It opens when it rings and closes with the last call: ready
 * before the agent is, and no microphone light while nobody calls.
 *
 * Until somebody talks it is raw. An echo canceller that has listened to the ringtone takes the agent's first words for
 * an echo of it and swallows some 150 ms of them; one that begins with the conversation does not.
 */
export const createMicrophone = (
  initial: MicrophoneChoice,
  ports: {
    /** It ended, or would not open. True: another one is chosen by now, and being opened. */
    readonly onLost: (deviceId: string) => boolean;
    readonly onOpened: (track: MediaStreamTrack) => void;
    /** Another device took over: calls must send it from now on. */
    readonly onReplaced: (track: MediaStreamTrack) => void;
    readonly onProblem: (problem: MicrophoneProblem | null) => void;
    readonly log: Logger;
  },
): Microphone => {
  let choice = initial;
  let opening: Promise<Result<MediaStreamTrack, MicrophoneProblem>> | null = null;
  let source: MediaStreamTrack | null = null;
  let generation = 0;
  let talking = false;

  const stop = () => {
    if (source === null) return;
    source.onended = null;
    source.stop();
    source = null;
  };

  const acquire = async (mine: number): Promise<Result<MediaStreamTrack, MicrophoneProblem>> => {
    const { deviceId } = choice;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: {
          channelCount: 1,
          ...(talking ? choice.audioProcessing : unprocessed),
          ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
        },
      });
      const [track] = stream.getAudioTracks();
      if (track === undefined) return failure('no_microphone');
      if (mine !== generation) {
        track.stop();
        return (await opening) ?? failure('no_microphone');
      }
      source = track;
      track.onended = () => {
        const { deviceId: gone } = track.getSettings();
        if (gone === undefined || !ports.onLost(gone)) replace();
      };
      ports.onOpened(track);
      ports.onProblem(null);
      return success(track);
    } catch (error) {
      const problem = microphoneProblemOf(error);
      ports.log.warn('microphone failed', { problem, error: textOf(error) });
      if (mine === generation && deviceId !== null && problem !== 'microphone_denied') {
        // Unplugged or held by another program: the next best is opened in its place.
        ports.onLost(deviceId);
      }
      if (mine !== generation) return (await opening) ?? failure(problem);
      opening = null;
      ports.onProblem(problem);
      return failure(problem);
    }
  };

  const open = () => {
    opening ??= acquire((generation += 1));
    return opening;
  };

  const replace = () => {
    if (opening === null) return;
    const old = source;
    source = null;
    opening = null;
    void open().then((opened) => {
      if (opened.ok) ports.onReplaced(opened.value);
      if (old !== null) {
        old.onended = null;
        old.stop();
      }
    });
  };

  const setTalking = (wish: boolean) => {
    if (talking === wish) return;
    talking = wish;
    const begun = opening;
    void begun?.then((opened) => {
      if (opened.ok && opening === begun) replace();
    });
  };

  return {
    open,
    track: () => source,
    talk: () => setTalking(true),
    rest: () => setTalking(false),
    close: () => {
      generation += 1;
      talking = false;
      opening = null;
      stop();
    },
    choose: (next) => {
      const changed = JSON.stringify(next) !== JSON.stringify(choice);
      choice = next;
      if (changed) replace();
    },
  };
};
