import type { CallNote, NotedSeconds } from '../../../shared/domain/line-quality/call-notes.ts';
import {
  nextMutedVoice,
  noMutedVoice,
  type MutedVoice,
} from '../../../shared/domain/microphone/muted-voice.ts';
import {
  nextOpenVoice,
  noVoice,
  pausedVoice,
  wantsProof,
  type OpenVoice,
} from '../../../shared/domain/microphone/open-voice.ts';
import { looksPerSecond } from '../../../shared/domain/microphone/sound-look.ts';
import type { Levels } from '../../../shared/ipc/phone.ts';
import type { Logger } from '../log.ts';
import type { CallAudio } from '../media/call-audio.ts';
import { openEar, type Ear } from '../media/ear.ts';
import type { Microphone } from '../media/microphone.ts';
import { openRawProof, type RawProof } from '../media/raw-proof.ts';
import type { PhoneState, PhoneStore } from '../phone-state.ts';

/** Of the sum of squares that WebRTC counts, in seconds: two steps of 16 bit, for a fifth of a second. */
const roundingEnergy = 1e-9;
const roundingLevel = 2 / 32_768;

export type VoiceWatch = {
  /** To be called with each reading of the levels, five times a second. */
  readonly look: (levels: Levels) => void;
};

/** The call in which the agent would be heard. */
const spokenIn = ({ calls }: Pick<PhoneState, 'calls'>) => {
  for (const call of calls) if (call.state === 'connected' && call.hold === 'none') return call;
  return null;
};

/**
 * Says what is wrong with the agent's voice: talked while muted, silent, muted by the system, clipped, too low. Nothing
 * but the word leaves this process. While nothing is muted and nothing suspicious it costs nothing: it reads what the
 * meter asked for anyway.
 */
export const watchVoice = (ports: {
  readonly store: PhoneStore;
  readonly audioOf: (callId: string) => Pick<CallAudio, 'sentEnergy'> | undefined;
  readonly microphone: Pick<Microphone, 'track'>;
  readonly note: (callId: string, note: CallNote) => void;
  readonly log: Logger;
}): VoiceWatch => {
  const { store, log } = ports;
  let callId: string | null = null;
  /** One call, muted or open. */
  let stretch = '';
  let device: string | null = null;
  let open: OpenVoice = noVoice;
  let muted: MutedVoice | null = null;
  let ear: { readonly track: MediaStreamTrack; readonly ear: Ear } | null = null;
  let proof: RawProof | null = null;
  let energyBefore: number | null = null;
  let lasted: { readonly word: NotedSeconds; readonly looks: number } | null = null;

  const tell = (word: NotedSeconds | null): void => {
    const told = store.get().voice ?? null;
    const voice = word === null || callId === null ? null : { callId, word };
    if (told?.callId === voice?.callId && told?.word === voice?.word) return;
    store.update({ voice });
  };

  const count = (word: NotedSeconds | null): void => {
    lasted = word === null ? null : { word, looks: lasted?.word === word ? lasted.looks + 1 : 1 };
    if (lasted === null || callId === null || lasted.looks % looksPerSecond !== 0) return;
    ports.note(callId, { kind: 'seconds', what: lasted.word, seconds: 1 });
  };

  const closeEar = (): void => {
    ear?.ear.close();
    ear = null;
    muted = null;
  };
  const closeProof = (): void => {
    proof?.close();
    proof = null;
  };

  const rest = (): void => {
    closeEar();
    closeProof();
    energyBefore = null;
    lasted = null;
    open = pausedVoice(open);
  };

  const lookMuted = (track: MediaStreamTrack): NotedSeconds | null => {
    closeProof();
    if (ear?.track !== track) {
      closeEar();
      ear = { track, ear: openEar(track, log) };
    }
    muted = nextMutedVoice(muted ?? noMutedVoice, ear.ear.look(), open.ownDb);
    return muted.talking ? 'muted_talking' : null;
  };

  const isAlive = (peak: number): boolean => {
    const energy = callId === null ? null : (ports.audioOf(callId)?.sentEnergy() ?? null);
    const before = energyBefore;
    energyBefore = energy;
    // A level that is not measured anew stays as it was; the sum of it does not rise.
    if (energy === null || before === null) return peak > roundingLevel;
    return energy - before > roundingEnergy;
  };

  const lookOpen = (track: MediaStreamTrack, peak: number): NotedSeconds | null => {
    closeEar();
    if (wantsProof(open)) proof ??= openRawProof(track.getSettings().deviceId, log);
    else closeProof();
    open = nextOpenVoice(open, {
      peak,
      alive: isAlive(peak),
      mutedBySystem: track.muted,
      raw: proof?.look() ?? 'unknown',
    });
    return open.word;
  };

  store.subscribe((state) => {
    const call = spokenIn(state);
    const now = call === null ? '' : `${call.callId} ${String(call.muted)}`;
    if (now === stretch) return;
    stretch = now;
    callId = call?.callId ?? null;
    rest();
    // What was said of another stretch is over with it, and at once.
    tell(null);
  });

  return {
    look: ({ microphone: peak }) => {
      const call = spokenIn(store.get());
      const track = ports.microphone.track();
      if (call === null || track === null || track.readyState === 'ended') return;
      if (track.label !== device) {
        device = track.label;
        open = noVoice;
        closeProof();
      }
      const word = call.muted ? lookMuted(track) : lookOpen(track, peak);
      count(word);
      tell(word);
    },
  };
};
