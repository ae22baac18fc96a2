import { readWavFormat, wavHeaderBytes, type WavFormat } from '../recording/wav.ts';

/** What can be drawn of a recording without playing it. */
export type Wave = {
  readonly seconds: number;
  /** By channel: the square root of each stretch's largest sample, 0 to 255, so that quiet speech is seen as well. */
  readonly peaks: readonly Uint8Array[];
  /** From, to, ms: where both channels are quieter than speech for longer than a breath. */
  readonly silences: readonly (readonly [number, number])[];
};

const stretchesPerSecond = 20;
/** More than a screen has columns. */
const maximumStretches = 2_000;
const windowMs = 100;
/** 1 % of full scale, -40 dBFS: line noise lies below, speech above. */
const quiet = 328;
const breathMs = 1_500;
const fullScale = 32_768;
/** Other work gets its turn after so many samples. */
const samplesAtOnce = 32_768;

const createMeter = ({ channels, rate }: WavFormat, frames: number) => {
  const stretches = Math.min(
    maximumStretches,
    Math.max(1, Math.ceil((frames / rate) * stretchesPerSecond)),
  );
  const framesPerWindow = Math.max(1, Math.round((rate * windowMs) / 1_000));
  const loudest = Array.from({ length: channels }, () => new Uint16Array(stretches));
  const silences: (readonly [number, number])[] = [];
  let frame = 0;
  let windowPeak = 0;
  let quietSince: number | null = 0;

  const msAt = (position: number): number => Math.round((position / rate) * 1_000);
  const closeWindow = (startedAt: number): void => {
    if (windowPeak < quiet) quietSince ??= startedAt;
    else if (quietSince !== null) {
      if (msAt(startedAt - quietSince) >= breathMs) {
        silences.push([msAt(quietSince), msAt(startedAt)]);
      }
      quietSince = null;
    }
    windowPeak = 0;
  };

  return {
    take: (samples: Int16Array): void => {
      for (let index = 0; index < samples.length; index += channels) {
        const stretch = Math.min(stretches - 1, Math.floor((frame * stretches) / frames));
        for (let channel = 0; channel < channels; channel += 1) {
          const loudness = Math.abs(samples[index + channel] ?? 0);
          const peaks = loudest[channel];
          if (peaks !== undefined && loudness > (peaks[stretch] ?? 0)) peaks[stretch] = loudness;
          if (loudness > windowPeak) windowPeak = loudness;
        }
        frame += 1;
        if (frame % framesPerWindow === 0) closeWindow(frame - framesPerWindow);
      }
    },
    wave: (): Wave => {
      const rest = frame % framesPerWindow;
      if (rest > 0) closeWindow(frame - rest);
      // What ends in silence: its last stretch has no end of its own.
      windowPeak = quiet;
      closeWindow(frame);
      return {
        seconds: frame / rate,
        peaks: loudest.map((channel) =>
          Uint8Array.from(channel, (peak) =>
            Math.min(255, Math.round(255 * Math.sqrt(peak / fullScale))),
          ),
        ),
        silences,
      };
    },
  };
};

/** Reads a whole recording once, as it comes; null where it is none of 16 bit samples. */
export const waveOf = async (
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): Promise<Wave | null> => {
  let kept = Buffer.alloc(0);
  let format: WavFormat | null = null;
  let bytesLeft = 0;
  let meter: ReturnType<typeof createMeter> | null = null;
  let sinceTurn = 0;
  for await (const chunk of bytes) {
    kept = kept.length === 0 ? Buffer.from(chunk) : Buffer.concat([kept, chunk]);
    if (meter === null || format === null) {
      if (kept.length < Math.min(size, wavHeaderBytes)) continue;
      const found = readWavFormat(kept.subarray(0, wavHeaderBytes));
      if (found?.bitsPerSample !== 16) return null;
      format = found;
      const frameBytes = 2 * found.channels;
      // A file that was cut off says more than it holds.
      const frames = Math.floor(Math.min(found.dataBytes, size - found.dataAt) / frameBytes);
      bytesLeft = frames * frameBytes;
      meter = createMeter(found, frames);
      kept = kept.subarray(found.dataAt);
    }
    const frameBytes = 2 * format.channels;
    const usable = Math.min(bytesLeft, kept.length - (kept.length % frameBytes));
    const samples = new Int16Array(usable / 2);
    for (let index = 0; index < samples.length; index += 1) {
      samples[index] = kept.readInt16LE(index * 2);
    }
    meter.take(samples);
    bytesLeft -= usable;
    kept = kept.subarray(usable);
    sinceTurn += samples.length;
    if (sinceTurn > samplesAtOnce) {
      sinceTurn = 0;
      await new Promise((next) => setImmediate(next));
    }
  }
  return meter?.wave() ?? null;
};
