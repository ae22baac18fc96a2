import { readFile } from 'node:fs/promises';
import { rmsDb, SILENCE_DB } from './levels.ts';

export type Wav = { readonly sampleRate: number; readonly channels: readonly Int16Array[] };

/** Reads a WAV file of 16-bit PCM, any number of channels; throws when it is something else. */
export const readWav = async (path: string): Promise<Wav> => wavOf(await readFile(path), path);

/** The same for a file that is at hand; `path` is what problems call it. */
export const wavOf = (bytes: Buffer, path: string): Wav => {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error(`${path} is not a WAV file`);
  let format: { readonly channels: number; readonly sampleRate: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const stated = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (id === 'fmt ') {
      if (bytes.readUInt16LE(start) !== 1 || bytes.readUInt16LE(start + 14) !== 16) {
        throw new Error(`${path} is not 16-bit PCM`);
      }
      format = {
        channels: bytes.readUInt16LE(start + 2),
        sampleRate: bytes.readUInt32LE(start + 4),
      };
    }
    if (id === 'data') {
      if (format === null) throw new Error(`${path} has data before its format`);
      // A recorder that was interrupted leaves a length of 0 or one beyond the end: take what is there.
      const end = stated === 0 ? bytes.length : Math.min(bytes.length, start + stated);
      const pcm = bytes.subarray(start, end);
      return { sampleRate: format.sampleRate, channels: deinterleave(pcm, format.channels) };
    }
    at = start + stated + (stated % 2);
  }
  throw new Error(`${path} has no audio data`);
};

const deinterleave = (pcm: Buffer, channels: number): readonly Int16Array[] => {
  const frames = Math.floor(pcm.length / (2 * channels));
  return Array.from({ length: channels }, (_, channel) =>
    Int16Array.from({ length: frames }, (__, frame) =>
      pcm.readInt16LE(2 * (frame * channels + channel)),
    ),
  );
};

const WINDOW_MS = 200;

/** The loudness of the loudest 200 ms: speech is mostly pauses. */
export const loudestDb = (samples: Int16Array, sampleRate: number): number => {
  const size = Math.max(1, Math.round((sampleRate * WINDOW_MS) / 1_000));
  let loudest = SILENCE_DB;
  for (let at = 0; at < samples.length; at += size) {
    loudest = Math.max(loudest, rmsDb(samples.subarray(at, at + size)));
  }
  return loudest;
};
