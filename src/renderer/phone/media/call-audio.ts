import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { LineCounters } from '../../../shared/domain/line-quality/line-quality.ts';
import {
  deskCountersIn,
  energyIn,
  lineCountersIn,
  type DeskCounters,
  type LineReports,
} from './line-counters.ts';
import type { Mix } from './mix.ts';
import { createMix } from './mix.ts';
import type { Listening } from '../sound/listening.ts';

/** What one call sends and plays. */
export type CallAudio = {
  /** Sends the microphone, whatever is muted staying so. */
  readonly useMicrophone: (source: MediaStreamTrack) => Promise<void>;
  readonly playRemote: (track: MediaStreamTrack) => void;
  /** What the far side says; null before it was first heard. */
  readonly remoteTrack: () => MediaStreamTrack | null;
  /** Sends the microphone together with this track, until `sendAlone`. */
  readonly sendWith: (other: MediaStreamTrack, context: AudioContext) => Promise<void>;
  readonly sendAlone: () => Promise<void>;
  /** Resolves when it would be heard there. */
  readonly setSpeaker: (deviceId: string | null) => Promise<void>;
  readonly setMuted: (muted: boolean) => void;
  /** Whether the agent's silence is sent, read from what is attached; during a hold, whether it will be after it. */
  readonly isMuted: () => boolean;
  /** On hold nothing is sent and nothing played, whatever the agent muted. */
  readonly setHeld: (held: boolean) => void;
  /** dB above what comes in. */
  readonly setVolume: (volumeDb: number) => void;
  /** The highest of the last ten seconds as it came in, dB of full scale; null: nobody looked. */
  readonly recentPeakDb: () => number | null;
  readonly levels: () => Promise<{ readonly microphone: number; readonly speaker: number }>;
  /** Out of the statistics that `levels` asked for last: another report each second would cost as much again. */
  readonly lineCounters: () => LineCounters | null;
  /** Out of the same. */
  readonly deskCounters: () => DeskCounters;
  /** Out of the same: all that the microphone gave to be sent. null: not known, as in a mix. */
  readonly sentEnergy: () => number | null;
  readonly close: () => void;
};

/** `media-source` is what a sender takes in, `inbound-rtp` what a receiver puts out (W3C webrtc-stats). */
const audioLevelIn = (
  report: RTCStatsReport | undefined,
  type: 'media-source' | 'inbound-rtp',
): number => {
  for (const stats of (report?.values() ?? []) as Iterable<Readonly<Record<string, unknown>>>) {
    if (stats['type'] === type && typeof stats['audioLevel'] === 'number') {
      return stats['audioLevel'];
    }
  }
  return 0;
};

export const createCallAudio = (
  peer: () => RTCPeerConnection | null,
  useTrack: (track: MediaStreamTrack | null) => Promise<void>,
  speakerId: string | null,
  sound: {
    readonly listening: Listening;
    /** A bang that was kept from the agent; dB of full scale as it came in. */
    readonly onBang: (peakDb: number) => void;
  },
  log: Logger,
): CallAudio => {
  const element = new Audio();
  element.autoplay = true;
  let remote: MediaStreamTrack | null = null;
  let sent: MediaStreamTrack | null = null;
  /** It, and those before it that are attached until it is: a mute meanwhile silences them all. */
  const attached = new Set<MediaStreamTrack>();
  let mix: Mix | null = null;
  let muted = false;
  let held = false;
  let closed = false;
  let latest: LineReports | null = null;

  // The element goes on at nothing while the sound is heard behind the limiter: Chromium gives nobody the sound of a
  // connection that no element plays.
  const ear = sound.listening.attend({
    onPlaying: (playing) => {
      element.volume = playing ? 0 : 1;
    },
    onBang: sound.onBang,
  });

  const apply = () => {
    for (const track of attached) track.enabled = !muted && !held;
    element.muted = held;
    ear.setHeld(held);
  };

  const setSpeaker = async (deviceId: string | null): Promise<void> => {
    try {
      await element.setSinkId(deviceId ?? '');
    } catch (error) {
      log.warn('speaker refused', { error: textOf(error) });
      if (deviceId !== null && !closed) await setSpeaker(null);
    }
  };
  if (speakerId !== null) void setSpeaker(speakerId);

  const senders = () => (peer()?.getSenders() ?? []).filter(({ track }) => track?.kind === 'audio');

  return {
    useMicrophone: async (source) => {
      if (closed) return;
      const old = sent;
      sent = source.clone();
      attached.add(sent);
      apply();
      ear.setOwn(sent);
      if (mix === null) await useTrack(sent);
      else mix.setMicrophone(sent);
      if (old !== null) attached.delete(old);
      old?.stop();
    },
    remoteTrack: () => remote,
    sendWith: async (other, context) => {
      if (closed || sent === null) return;
      const before = mix;
      mix = createMix(context, sent, other);
      await useTrack(mix.track);
      before?.close();
    },
    sendAlone: async () => {
      const before = mix;
      mix = null;
      if (!closed) await useTrack(sent);
      before?.close();
    },
    playRemote: (track) => {
      remote = track;
      element.srcObject = new MediaStream([track]);
      element.play().catch((error: unknown) => {
        if (!closed) log.warn('playing failed', { error: textOf(error) });
      });
      ear.play(track);
    },
    setSpeaker,
    setVolume: ear.setVolume,
    recentPeakDb: ear.recentPeakDb,
    setMuted: (wish) => {
      muted = wish;
      apply();
    },
    isMuted: () => {
      if (held) return muted;
      // In a mix the far side hears the other one, whatever the agent does.
      const tracks = mix === null ? senders().map(({ track }) => track) : [sent];
      return tracks.every((track) => !track?.enabled || track.readyState === 'ended');
    },
    setHeld: (wish) => {
      held = wish;
      apply();
    },
    levels: async () => {
      const [taken, received] = await Promise.all([
        senders()[0]?.getStats(),
        peer()?.getReceivers()[0]?.getStats(),
      ]);
      latest = { sent: taken, received };
      return {
        microphone: mix?.microphoneLevel() ?? audioLevelIn(taken, 'media-source'),
        // WebRTC counts behind the element's volume, which is none while the ear plays.
        speaker: ear.look(audioLevelIn(received, 'inbound-rtp')),
      };
    },
    lineCounters: () => (latest === null ? null : lineCountersIn(latest)),
    deskCounters: () => deskCountersIn(latest ?? { sent: undefined, received: undefined }),
    sentEnergy: () => (latest === null || mix !== null ? null : energyIn(latest)),
    close: () => {
      closed = true;
      ear.close();
      latest = null;
      mix?.close();
      mix = null;
      remote = null;
      for (const track of attached) track.stop();
      attached.clear();
      sent = null;
      element.pause();
      element.srcObject = null;
    },
  };
};
