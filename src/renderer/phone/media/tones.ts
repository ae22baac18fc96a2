import type { RingSilence } from '../../../shared/domain/missed/missed.ts';
import { checkNotes, checkTune } from '../../../shared/domain/shift-check/tone-look.ts';
import { toDb } from '../../../shared/domain/sound/decibels.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { closeContext, moveContext } from './context-output.ts';
import { tellHeard } from './heard.ts';

/** One sound in a tone's cycle: seconds, hertz, and how fast it dies away (0: not at all). */
type Note = {
  readonly at: number;
  readonly length: number;
  readonly hertz: readonly number[];
  readonly decay: number;
};
type Tone = { readonly seconds: number; readonly notes: readonly Note[]; readonly gain: number };

const bell = (at: number, hertz: number): Note => ({
  at,
  length: 0.9,
  hertz: [hertz, hertz * 2, hertz * 3.01],
  decay: 5,
});
const steady = (at: number, length: number, hertz: number): Note => ({
  at,
  length,
  hertz: [hertz],
  decay: 0,
});

const checkToneGain = 0.3;
/** How loud its notes are, root mean square, dB of full scale. */
export const checkToneDbfs = toDb(checkToneGain / Math.SQRT2);

export const tones = {
  /** Four rising bells, a breath, and again. */
  ring: {
    seconds: 3,
    gain: 0.5,
    notes: [bell(0, 523.25), bell(0.16, 659.25), bell(0.32, 783.99), bell(0.48, 1046.5)],
  },
  /** Another call while one is on: soft, and rare. */
  waiting: { seconds: 4, gain: 0.12, notes: [bell(0, 783.99), bell(0.2, 783.99)] },
  /** ITU-T E.180: 425 Hz, 1 s on, 4 s off. */
  ringback: { seconds: 5, gain: 0.12, notes: [steady(0, 1, 425)] },
  busy: { seconds: 1, gain: 0.12, notes: [steady(0, 0.5, 425)] },
  /** Another device took over: two notes that fall. */
  moved: { seconds: 0.5, gain: 0.2, notes: [bell(0, 880), bell(0.16, 587.33)] },
  /** What a speaker is tried with: two notes that rise, long enough to look for them. */
  test: { seconds: 1.6, gain: 0.4, notes: [bell(0, 523.25), bell(0.4, 783.99)] },
  /** Twice, short: the next call is on the line. */
  zip: { seconds: 0.4, gain: 0.25, notes: [steady(0, 0.13, 1_320), steady(0.22, 0.13, 1_320)] },
  /** Three notes that a room does not sing, by which a microphone knows them again. */
  check: {
    seconds: checkTune.turnSeconds,
    gain: checkToneGain,
    notes: checkNotes.map((hertz, index) =>
      steady(index * checkTune.everySeconds, checkTune.noteSeconds, hertz),
    ),
  },
} as const satisfies Record<string, Tone>;

export type ToneName = keyof typeof tones;

const sampleRate = 24_000;
const rampSeconds = 0.006;

const sampleOf = (note: Note, time: number): number => {
  const since = time - note.at;
  if (since < 0 || since >= note.length) return 0;
  const ramp = Math.min(1, since / rampSeconds, (note.length - since) / rampSeconds);
  const wave = note.hertz.reduce(
    (sum, hertz, index) => sum + Math.sin(2 * Math.PI * hertz * since) / (index + 1) ** 2,
    0,
  );
  return wave * ramp * Math.exp(-note.decay * since);
};

/** The samples of one cycle, between -1 and 1. */
export const renderTone = (name: ToneName): Float32Array<ArrayBuffer> => {
  const { seconds, notes, gain }: Tone = tones[name];
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (let index = 0; index < samples.length; index += 1) {
    const sum = notes.reduce((total, note) => total + sampleOf(note, index / sampleRate), 0);
    samples[index] = Math.max(-1, Math.min(1, sum * gain));
  }
  return samples;
};

const rendered = new Map<ToneName, Float32Array<ArrayBuffer>>();

/** Rendering takes tens of milliseconds: once, and not while a call arrives. */
const samplesOf = (name: ToneName): Float32Array<ArrayBuffer> => {
  const samples = rendered.get(name) ?? renderTone(name);
  rendered.set(name, samples);
  return samples;
};

export const prepareTones = (): void => {
  for (const name of Object.keys(tones) as ToneName[]) samplesOf(name);
};

type Output = { readonly deviceId: string | null; readonly volume: number };

/** Begins a tone on a device (null or gone: the system's); `end` closes what it took. */
const begin = (
  name: ToneName,
  output: Output,
  loop: boolean,
  log: Logger,
): {
  readonly context: AudioContext;
  readonly source: AudioBufferSourceNode;
  readonly end: () => void;
} => {
  const context = new AudioContext({ sampleRate });
  let ended = false;
  const buffer = context.createBuffer(1, Math.round(tones[name].seconds * sampleRate), sampleRate);
  buffer.copyToChannel(samplesOf(name), 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.loop = loop;
  const gain = context.createGain();
  gain.gain.value = Math.max(0, Math.min(1, output.volume));
  source.connect(gain);
  const sound = (): void => {
    if (ended) return;
    gain.connect(context.destination);
    source.start();
  };
  if (output.deviceId === null) sound();
  else {
    // A context made for a device that is gone would stay silent and hide the call: this one rings at the system's.
    moveContext(context, output.deviceId).then(sound, (error: unknown) => {
      log.warn('output refused', { error: textOf(error) });
      sound();
    });
  }
  context.resume().catch((error: unknown) => {
    if (context.state !== 'closed') log.warn('tone silent', { error: textOf(error) });
  });
  return {
    context,
    source,
    end: () => {
      ended = true;
      gain.disconnect();
      void closeContext(context, log);
    },
  };
};

/**
 * Plays a tone over and over until the returned function is called. `onHeard`: once, whether it goes out to a device
 * (null) or why not.
 */
export const playTone = (
  name: ToneName,
  output: Output,
  log: Logger,
  onHeard: (silence: RingSilence | null) => void = () => undefined,
): (() => void) => {
  const { context, end } = begin(name, output, true, log);
  const stopLooking = tellHeard(context, (silence) => {
    onHeard(output.volume > 0 ? silence : 'volume_zero');
  });
  return () => {
    stopLooking();
    end();
  };
};

/** A device that has not played a tone by then plays none. */
const lateMs = 2_500;

/** Plays a tone once; resolves when it is over, to whether it was played. */
export const playOnce = (name: ToneName, output: Output, log: Logger): Promise<boolean> =>
  new Promise((resolve) => {
    const { source, end } = begin(name, output, false, log);
    const settle = (played: boolean): void => {
      clearTimeout(timer);
      source.onended = null;
      end();
      resolve(played);
    };
    const timer = setTimeout(() => settle(false), tones[name].seconds * 1_000 + lateMs);
    source.onended = () => settle(true);
  });
