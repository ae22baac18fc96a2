import { fromDb, toDb } from '../../../shared/domain/sound/decibels.ts';
import { nextEvening, noEvening } from '../../../shared/domain/sound/evening.ts';
import type { ListeningChoice, SideTone } from '../../../shared/domain/sound/sound-settings.ts';

/** How loud agents hear themselves, dB: as a headset would. */
const sideTonesDb: Readonly<Record<Exclude<SideTone, 'off'>, number>> = { soft: -24, clear: -15 };
/** Slow enough to be no click, fast enough to be a word. */
const glideSeconds = 0.03;
const eveningGlideSeconds = 0.3;
/** More than passes between two looks. */
const levelSamples = 16_384;
const recentMs = 10_000;
/** A peak so far above the ceiling is a bang, and no loud customer, dB. */
const bangAboveCeilingDb = 6;
/** Of a noise that goes on one word is enough. */
const bangEveryMs = 5_000;

export type EarOutput = { readonly context: AudioContext; readonly input: AudioNode };

/** What is heard of one call: how loud, evened out or not, and with oneself beside it. */
export type CallEar = {
  /** What the far side says; from now on it is heard here if that is wanted. */
  readonly play: (track: MediaStreamTrack) => void;
  /** What the far side is sent: silence while muted, in the ear as well. */
  readonly setOwn: (track: MediaStreamTrack | null) => void;
  readonly setHeld: (held: boolean) => void;
  readonly setVolume: (volumeDb: number) => void;
  /** To be called some times a second: the peak of what came in since, linear; of `elsewhere` where it is heard there. */
  readonly look: (elsewhere: number) => number;
  /** The highest of the last ten seconds as it came in, dB; null: nobody looked. */
  readonly recentPeakDb: () => number | null;
  readonly isWanted: () => boolean;
  /** For `Listening` alone: where to, null: nowhere now. */
  readonly connect: (output: EarOutput | null) => void;
  readonly close: () => void;
};

type Parts = {
  readonly output: EarOutput;
  readonly track: MediaStreamTrack;
  readonly source: MediaStreamAudioSourceNode;
  readonly gain: GainNode;
  readonly levels: AnalyserNode;
  wired: boolean;
  own: { readonly track: MediaStreamTrack; readonly gain: GainNode } | null;
};

const sourceOf = (context: AudioContext, track: MediaStreamTrack) =>
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });

export const createCallEar = (ports: {
  readonly choice: () => ListeningChoice;
  readonly onChanged: () => void;
  readonly onPlaying: (playing: boolean) => void;
  readonly onBang: (peakDb: number) => void;
  readonly onClosed: () => void;
}): CallEar => {
  let track: MediaStreamTrack | null = null;
  let own: MediaStreamTrack | null = null;
  let held = false;
  let closed = false;
  let volumeDb = 0;
  let evening = noEvening;
  let lookedAt = 0;
  let bangAt = -Infinity;
  let peaks: readonly { readonly at: number; readonly peak: number }[] = [];
  let parts: Parts | null = null;
  const samples = new Float32Array(levelSamples);

  const setGain = (glide: number): void => {
    if (parts === null) return;
    const db = volumeDb + (ports.choice().evenOut ? evening.gainDb : 0);
    parts.gain.gain.setTargetAtTime(fromDb(db), parts.output.context.currentTime, glide);
  };

  /** On hold nothing is heard from this very moment. */
  const wire = (): void => {
    if (parts?.wired !== held) return;
    parts.wired = !held;
    if (held) parts.source.disconnect();
    else {
      parts.source.connect(parts.gain);
      parts.source.connect(parts.levels);
    }
  };

  const dropOwn = (): void => {
    parts?.own?.gain.disconnect();
    if (parts !== null) parts.own = null;
  };

  const connectOwn = (): void => {
    if (parts === null) return;
    const { sideTone } = ports.choice();
    if (sideTone === 'off' || own === null) {
      dropOwn();
      return;
    }
    const { context, input } = parts.output;
    if (parts.own?.track !== own) {
      dropOwn();
      const gain = new GainNode(context);
      sourceOf(context, own).connect(gain).connect(input);
      parts.own = { track: own, gain };
    }
    parts.own.gain.gain.value = fromDb(sideTonesDb[sideTone]);
  };

  const leave = (): void => {
    if (parts === null) return;
    dropOwn();
    parts.source.disconnect();
    parts.gain.disconnect();
    parts = null;
    if (!closed) ports.onPlaying(false);
  };

  const enter = (output: EarOutput, heard: MediaStreamTrack): void => {
    const { context, input } = output;
    const source = sourceOf(context, heard);
    const gain = new GainNode(context);
    const levels = new AnalyserNode(context, { fftSize: levelSamples });
    gain.connect(input);
    parts = { output, track: heard, source, gain, levels, wired: false, own: null };
    ports.onPlaying(true);
  };

  const bang = (now: number, peakDb: number): void => {
    const { limiter, ceilingDb } = ports.choice();
    if (!limiter || peakDb < Math.min(-1, ceilingDb + bangAboveCeilingDb)) return;
    if (now - bangAt < bangEveryMs) return;
    bangAt = now;
    ports.onBang(peakDb);
  };

  /** Answers the peak. */
  const listenIn = ({ levels }: Parts, seconds: number): number => {
    levels.getFloatTimeDomainData(samples);
    let peak = 0;
    let energy = 0;
    for (const sample of samples) {
      peak = Math.max(peak, Math.abs(sample));
      energy += sample * sample;
    }
    if (ports.choice().evenOut) {
      evening = nextEvening(evening, toDb(Math.sqrt(energy / levelSamples)), seconds);
      setGain(eveningGlideSeconds);
    }
    return peak;
  };

  return {
    play: (next) => {
      track = next;
      ports.onChanged();
    },
    setOwn: (next) => {
      own = next;
      ports.onChanged();
    },
    setHeld: (wish) => {
      held = wish;
      wire();
    },
    setVolume: (wish) => {
      volumeDb = wish;
      setGain(glideSeconds);
      ports.onChanged();
    },
    look: (elsewhere) => {
      if (held) return 0;
      const now = performance.now();
      // After a hold there is nothing behind it.
      const seconds = Math.min(0.5, (now - lookedAt) / 1_000);
      lookedAt = now;
      const peak = parts === null ? elsewhere : listenIn(parts, seconds);
      peaks = [...peaks.filter(({ at }) => now - at < recentMs), { at: now, peak }];
      if (parts !== null) bang(now, toDb(peak));
      return peak;
    },
    recentPeakDb: () =>
      peaks.length === 0 ? null : toDb(Math.max(...peaks.map(({ peak }) => peak))),
    isWanted: () => {
      const { limiter, evenOut, sideTone } = ports.choice();
      return !closed && (limiter || evenOut || sideTone !== 'off' || volumeDb !== 0);
    },
    connect: (output) => {
      if (closed || output === null || track === null) {
        leave();
        return;
      }
      if (parts?.output.input !== output.input || parts.track !== track) {
        leave();
        enter(output, track);
      }
      wire();
      setGain(glideSeconds);
      connectOwn();
    },
    close: () => {
      closed = true;
      leave();
      ports.onClosed();
    },
  };
};
