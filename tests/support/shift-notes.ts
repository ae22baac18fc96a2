import {
  checkNotes,
  checkTune,
  notesAmong,
  type ToneLook,
} from '../../src/shared/domain/shift-check/tone-look.ts';
import { fromDb } from '../../src/shared/domain/sound/decibels.ts';

/** What a microphone hears while the notes of the shift-start check are played: 16 kHz, from before they are. */

const sampleRate = 16_000;
const samplesPerLook = 2_048;
/** As the check does (phone/check/measure-tone.ts), seconds. */
const every = 0.06;

/** When they are said to be playing, seconds from the beginning. */
export const toldAt = 0.8;
const usualSeconds = 5;

export const looksAt = (samples: Float32Array): readonly ToneLook[] => {
  const looks: ToneLook[] = [];
  for (let at = 0; at + samplesPerLook <= samples.length; at += Math.round(every * sampleRate)) {
    looks.push({
      from: at / sampleRate,
      to: (at + samplesPerLook) / sampleRate,
      heard: notesAmong(samples.subarray(at, at + samplesPerLook), sampleRate),
      sent: null,
    });
  }
  return looks;
};

const turning = 2 * Math.PI;

/** Pitches one after another, as the notes are played; root mean square, dB of full scale, of all or of each. */
export const songOf = (
  begin: number,
  pitches: readonly number[],
  levelDb: number | readonly number[] = -40,
  turns: number = checkTune.turns,
): Float32Array => {
  const samples = new Float32Array(usualSeconds * sampleRate);
  for (let turn = 0; turn < turns; turn += 1) {
    pitches.forEach((hertz, note) => {
      const db = typeof levelDb === 'number' ? levelDb : (levelDb[note] ?? 0);
      const from = begin + turn * checkTune.turnSeconds + note * checkTune.everySeconds;
      const first = Math.round(from * sampleRate);
      for (let at = 0; at < checkTune.noteSeconds * sampleRate; at += 1) {
        samples[first + at] =
          Math.SQRT2 * fromDb(db) * Math.sin((turning * hertz * at) / sampleRate);
      }
    });
  }
  return samples;
};

export const tune = (begin: number, levelDb: number): Float32Array =>
  songOf(begin, checkNotes, levelDb);

/** Of 0 to 1, the same ones again for the same seed. */
const chances = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
};

/** White noise of this level, over something or over silence. */
export const noise = (
  levelDb: number,
  over: Float32Array = new Float32Array(usualSeconds * sampleRate),
): Float32Array => {
  const chance = chances(7);
  // The root mean square of what is between -1 and 1 is one by the root of three.
  const peak = fromDb(levelDb) * Math.sqrt(3);
  return over.map((sample) => sample + peak * (2 * chance() - 1));
};

const vowels = [
  ...[
    [730, 1_090, 2_440],
    [530, 1_840, 2_480],
    [270, 2_290, 3_010],
  ],
  ...[
    [570, 840, 2_410],
    [300, 870, 2_240],
    [490, 1_350, 1_690],
  ],
] as const; // Peterson and Barney 1952, men
const bandwidth = 90;

/** How strong a frequency is in a vowel. */
const gainOf = (vowel: readonly number[], hertz: number): number =>
  vowel.reduce((sum, formant) => sum + 1 / (1 + ((hertz - formant) / bandwidth) ** 2), 0.02);

const blockSamples = 80;

/** Somebody who goes from vowel to vowel, up and down in pitch, with pauses; some -30 dB of full scale. */
export const voice = (speaker: number, seconds: number): Float32Array => {
  const chance = chances(1 + speaker);
  const lowest = 85 + 150 * chance();
  const samples = new Float32Array(seconds * sampleRate);
  let [phase, at] = [0, 0];
  while (at < samples.length) {
    const length = Math.round((0.08 + 0.32 * chance()) * sampleRate);
    const vowel = vowels[Math.floor(chance() * vowels.length)] ?? vowels[0];
    const [from, to] = [lowest * (1 + 0.6 * chance()), lowest * (1 + 0.6 * chance())];
    const loudness = chance() < 0.15 ? 0 : 0.025;
    let gains: readonly number[] = [];
    for (let index = 0; index < length && at < samples.length; index += 1, at += 1) {
      const pitch = from + ((to - from) * index) / length;
      phase += (turning * pitch) / sampleRate;
      if (index % blockSamples === 0) {
        const partials = Math.floor(3_600 / pitch);
        gains = Array.from({ length: partials }, (_, below) => gainOf(vowel, (below + 1) * pitch));
      }
      const swell = loudness * Math.sin((Math.PI * index) / length);
      samples[at] = gains.reduce(
        (sum, gain, below) => sum + swell * gain * Math.sin((below + 1) * phase),
        0,
      );
    }
  }
  return samples;
};
