import type { CallNote } from '../../../shared/domain/line-quality/call-notes.ts';
import {
  defaultSound,
  processingFor,
  type VoiceProcessing,
} from '../../../shared/domain/sound/sound-settings.ts';
import type { EngineSetup, PhoneAnswer } from '../../../shared/ipc/phone.ts';
import type { SoundCommand, SoundNews } from '../../../shared/ipc/sound.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import type { CallAudio } from '../media/call-audio.ts';
import type { Microphone } from '../media/microphone.ts';
import type { PhoneStore } from '../phone-state.ts';
import { createListening, type Listening } from './listening.ts';
import { createSuppressedMicrophone } from './suppressed-microphone.ts';

type Refusal = Extract<PhoneAnswer, { readonly ok: false }>['why'];

/** How calls sound in both directions, as the settings and the agent's keys have it. */
export type CallSound = {
  readonly listening: Listening;
  /** How the microphone that would be opened now is to be treated. */
  readonly processing: () => EngineSetup['audioProcessing'];
  readonly suppressed: (
    create: (onReplaced: (track: MediaStreamTrack) => void) => Microphone,
    onReplaced: (track: MediaStreamTrack) => void,
  ) => Microphone;
  readonly command: (
    command: SoundCommand,
    audio: Pick<CallAudio, 'setVolume' | 'recentPeakDb'>,
  ) => Result<null, Refusal>;
  readonly noteBang: (callId: string, peakDb: number) => void;
  /** What the strong noise suppression costs: the share of one core, 0 to 1; undefined: it does not run. */
  readonly load: () => number | undefined;
  readonly settingsChanged: () => void;
};

const quiet: SoundNews = { suppression: 'off', volumes: {} };

export const createCallSound = (ports: {
  readonly store: PhoneStore;
  readonly setup: () => EngineSetup;
  readonly speaker: () => string | null;
  readonly note: (callId: string, note: CallNote) => void;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly log: Logger;
}): CallSound => {
  const { store, setup, log } = ports;
  const settings = () => setup().sound ?? defaultSound;
  const listening = createListening({ choice: settings(), speaker: ports.speaker() }, log);
  let load = 0;
  let follow: (() => void) | null = null;

  const voice = (): VoiceProcessing => {
    const name = store.get().devices.inUse?.microphone?.label ?? null;
    return processingFor(settings(), setup().audioProcessing, name);
  };

  const update = (change: Partial<SoundNews>): void => {
    const before = store.get().sound ?? quiet;
    const sound = { ...before, ...change };
    if (JSON.stringify(sound) !== JSON.stringify(before)) store.update({ sound });
  };

  const setVolume = (callId: string, volumeDb: number): void => {
    const { calls, sound } = store.get();
    const others = Object.entries(sound?.volumes ?? {}).filter(
      ([other]) => other !== callId && calls.some((call) => call.callId === other),
    );
    const mine = volumeDb === 0 ? [] : [[callId, volumeDb] as const];
    update({ volumes: Object.fromEntries([...others, ...mine]) });
  };

  const noteLoud = (callId: string, peakDb: number, byKey: boolean): void => {
    const peakDbfs = Math.round(peakDb * 10) / 10;
    ports.note(callId, { kind: 'loud', at: ports.now(), peakDbfs, byKey });
  };

  return {
    listening,
    processing: () => {
      const { strongSuppression: _beside, ...processing } = voice();
      return processing;
    },
    suppressed: (create, onReplaced) => {
      const microphone = createSuppressedMicrophone(create, {
        isWanted: () => voice().strongSuppression,
        onReplaced,
        onState: (suppression) => update({ suppression }),
        onLoad: (share) => {
          load = share;
        },
        log,
      });
      ({ follow } = microphone);
      return microphone;
    },
    command: (command, audio) => {
      switch (command.kind) {
        case 'set_volume':
          audio.setVolume(command.volumeDb);
          setVolume(command.callId, command.volumeDb);
          return success(null);
        case 'was_loud': {
          const peakDb = audio.recentPeakDb();
          if (peakDb === null) return failure('not_allowed');
          noteLoud(command.callId, peakDb, true);
          return success(null);
        }
      }
    },
    noteBang: (callId, peakDb) => noteLoud(callId, peakDb, false),
    load: () => (load === 0 ? undefined : load),
    settingsChanged: () => {
      listening.choose(settings());
      follow?.();
    },
  };
};
