import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromDb } from '../../../src/shared/domain/sound/decibels.ts';
import { decodeG722 } from './g722.ts';

/** Speech, alone and among others, at 48 kHz: from recordings of people. */

export const sampleRate = 48_000;
/** As much as has one loudness, samples. */
export const frame = 960;

/** People who recorded what telephone systems say (Debian's asterisk-core-sounds): their folders. */
export const voices = [
  'en_US_f_Allison',
  'fr_CA_f_June',
  'it_IT_m_Carlo',
  'ru_RU_f_IvrvoiceRU',
] as const;
export type Voice = (typeof voices)[number];

const soundsFolder = '/usr/share/asterisk/sounds';
/** Whole sentences: bytes of G.722, 8 000 a second. */
const sentenceBytes = { least: 24_000, most: 160_000 } as const;
const noSpeech = /demo|music|monkey|tone/iu;

export const hasVoices = (): boolean =>
  voices.every((voice) => existsSync(join(soundsFolder, voice)));

/** So many seconds of whole sentences, from the one with this number on. */
const said = (voice: Voice, first: number, seconds: number): Float32Array => {
  const folder = join(soundsFolder, voice);
  const sentences = readdirSync(folder)
    .filter((name) => name.endsWith('.g722') && !noSpeech.test(name))
    .filter((name) => {
      const { size } = statSync(join(folder, name));
      return size > sentenceBytes.least && size < sentenceBytes.most;
    })
    .sort();
  const parts: Float32Array[] = [];
  for (let at = first, length = 0; length < seconds * 16_000; at += 1) {
    const name = sentences[at % sentences.length] ?? '';
    const part = decodeG722(readFileSync(join(folder, name)));
    parts.push(part);
    length += part.length;
  }
  return joined(parts);
};

const joined = (parts: readonly Float32Array[]): Float32Array => {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const times = 3;
const reach = 24;

/** From 16 kHz: a windowed sinc. */
const atThreeTimes = (samples: Float32Array): Float32Array<ArrayBuffer> => {
  const taps = Array.from({ length: 2 * reach * times + 1 }, (_, index) => {
    const x = (index - reach * times) / times;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach));
  });
  return Float32Array.from({ length: samples.length * times }, (_, at) => {
    const centre = at / times;
    let sum = 0;
    for (let from = Math.ceil(centre - reach); from <= centre + reach; from += 1) {
      sum += (samples[from] ?? 0) * (taps[at - times * from + reach * times] ?? 0);
    }
    return sum;
  });
};

const meanSquare = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);

/** In which frames somebody speaks: what is less than 40 dB below the loudest of them. */
export const spokenFrames = (samples: Float32Array): readonly boolean[] => {
  const energies = Array.from({ length: Math.floor(samples.length / frame) }, (_, index) =>
    meanSquare(samples.subarray(index * frame, (index + 1) * frame)),
  );
  const quietest = Math.max(...energies) * 1e-4;
  return energies.map((energy) => energy > quietest);
};

/** Mean of the squares in those frames, or outside of them. */
export const energyIn = (
  samples: Float32Array,
  spoken: readonly boolean[],
  during: boolean,
): number => {
  let sum = 0;
  let frames = 0;
  spoken.forEach((speaks, index) => {
    const part = samples.subarray(index * frame, (index + 1) * frame);
    if (speaks !== during || part.length < frame) return;
    sum += meanSquare(part);
    frames += 1;
  });
  return sum / Math.max(1, frames);
};

const scaled = (samples: Float32Array, factor: number): Float32Array<ArrayBuffer> =>
  Float32Array.from(samples, (sample) => sample * factor);

/** As loud as a telephone's while it is spoken (ITU-T P.830: -26 dB of full scale). */
const asLoudAsUsual = (speech: Float32Array): Float32Array<ArrayBuffer> => {
  const level = Math.sqrt(energyIn(speech, spokenFrames(speech), true));
  return scaled(speech, fromDb(-26) / level);
};

export const speechOf = (voice: Voice, seconds: number): Float32Array<ArrayBuffer> =>
  asLoudAsUsual(atThreeTimes(said(voice, 3, seconds)));

/** The same at 16 kHz. */
export const spokenAt16 = (voice: Voice, seconds: number): Float32Array<ArrayBuffer> =>
  asLoudAsUsual(said(voice, 3, seconds));

/** Everybody but this voice talks at once, each three times, this many dB below -26. */
export const babbleWithout = (
  voice: Voice,
  length: number,
  belowDb: number,
): Float32Array<ArrayBuffer> => {
  const babble = new Float32Array(length);
  for (const other of voices.filter((one) => one !== voice)) {
    for (const first of [0, 17, 41]) {
      const talk = atThreeTimes(said(other, first, length / sampleRate));
      const factor = 1 / Math.sqrt(meanSquare(talk));
      for (let at = 0; at < length; at += 1) {
        babble[at] = (babble[at] ?? 0) + (talk[at] ?? 0) * factor;
      }
    }
  }
  return scaled(babble, fromDb(-26 - belowDb) / Math.sqrt(meanSquare(babble)));
};
