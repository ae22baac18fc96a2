import { wavHeader } from '../../src/backend/wav-header.ts';

/** A PCM file of 16 bit samples, one channel. */
export const encodeWav = (samples: Int16Array, sampleRate: number): Buffer => {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => data.writeInt16LE(sample, index * 2));
  return Buffer.concat([
    wavHeader({ channels: 1, rate: sampleRate, frames: samples.length }),
    data,
  ]);
};

/** A steady tone; the amplitude is a part of full scale. */
export const makeTone = (
  hz: number,
  seconds: number,
  sampleRate = 48_000,
  amplitude = 0.3,
): Int16Array =>
  Int16Array.from({ length: Math.round(seconds * sampleRate) }, (_, index) =>
    Math.round(32_767 * amplitude * Math.sin((2 * Math.PI * hz * index) / sampleRate)),
  );
