import { readWavFormat, wavHeaderBytes, type WavFormat } from '../recording/wav.ts';

/** A recording that can be read in parts. */
export type ReadableWav = {
  readonly size: number;
  /** Bytes `start` to `end`, both counted. */
  readonly read: (range: {
    readonly start: number;
    readonly end: number;
  }) => Promise<AsyncIterable<Uint8Array>>;
};

/** A stretch of a recording, ms from its beginning. */
export type Stretch = { readonly fromMs: number; readonly toMs: number };

export type SilenceFound = Stretch & {
  /** Of each channel. */
  readonly samples: number;
  /** How many frames hold anything in any channel. */
  readonly notZero: number;
};

/**
 * Between the PBX's word and its sound lie some frames: so much at each end of a stretch may belong to the sound beside
 * it.
 */
const edgeMs = 300;

/** What is missing of one channel may be made up for by silence of the other: a recording misses more than it is short. */
const unevenly = 1.25;

const readHeader = async ({ size, read }: ReadableWav): Promise<WavFormat | null> => {
  if (size === 0) return null;
  const parts: Uint8Array[] = [];
  for await (const part of await read({ start: 0, end: Math.min(size, wavHeaderBytes) - 1 })) {
    parts.push(part);
  }
  return readWavFormat(Buffer.concat(parts));
};

type Run = { readonly first: number; readonly frames: number };

/** The longest run of frames without anything in them, and how many frames hold something; however bytes are cut. */
const lookThrough = async (
  pieces: AsyncIterable<Uint8Array>,
  bytesPerFrame: number,
): Promise<{ readonly longest: Run; readonly frames: number; readonly notZero: number }> => {
  let at = 0;
  let isFrameZero = true;
  let notZero = 0;
  let frame = 0;
  let first = 0;
  let longest: Run = { first: 0, frames: 0 };
  for await (const piece of pieces) {
    for (const byte of piece) {
      if (byte !== 0) isFrameZero = false;
      at += 1;
      if (at % bytesPerFrame !== 0) continue;
      frame += 1;
      if (!isFrameZero) {
        notZero += 1;
        first = frame;
      } else if (frame - first > longest.frames) longest = { first, frames: frame - first };
      isFrameZero = true;
    }
  }
  return { longest, frames: frame, notZero };
};

/**
 * Looks at every sample where a recording was to be silent. `missingMs`: so much shorter is the recording than it
 * lasted (sound that never came is not in it), so everything may stand so much earlier. null: it is no recording, or
 * the stretch is shorter than its edges, or lies beyond the end.
 */
export const findSilence = async (
  wav: ReadableWav,
  { fromMs, toMs }: Stretch,
  missingMs = 0,
): Promise<SilenceFound | null> => {
  const format = await readHeader(wav);
  if (format === null) return null;
  const { rate, bytesPerFrame, dataAt, dataBytes } = format;
  const total = Math.floor(Math.min(dataBytes, wav.size - dataAt) / bytesPerFrame);
  const frameAt = (ms: number): number =>
    Math.min(total, Math.max(0, Math.round((ms * rate) / 1_000)));
  const msAt = (frame: number): number => Math.round((frame / rate) * 1_000);
  const look = async (first: number, end: number) =>
    lookThrough(
      await wav.read({
        start: dataAt + first * bytesPerFrame,
        end: dataAt + end * bytesPerFrame - 1,
      }),
      bytesPerFrame,
    );
  const begin = frameAt(fromMs + edgeMs);
  const end = frameAt(toMs - edgeMs);
  if (end <= begin) return null;
  const windowFrom = frameAt(fromMs - missingMs - edgeMs);
  const { longest } = await look(windowFrom, frameAt(toMs + edgeMs));
  const first = windowFrom + longest.first;
  const owed = end - begin - frameAt(missingMs * unevenly);
  if (first <= begin && longest.frames >= Math.max(1, owed)) {
    const last = first + longest.frames;
    return { fromMs: msAt(first), toMs: msAt(last), samples: longest.frames, notZero: 0 };
  }
  const { frames, notZero } = await look(begin, end);
  // What is all zero there and too short for what it was to be is no proof either.
  return {
    fromMs: msAt(begin),
    toMs: msAt(end),
    samples: frames,
    notZero: Math.max(notZero, 1),
  };
};
