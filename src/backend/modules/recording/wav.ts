import { open } from 'node:fs/promises';

/** The little that must be known of a WAV file (RIFF, Microsoft's "Multimedia Programming Interface", 1991). */
export type WavFacts = { readonly channels: number; readonly seconds: number };

export type WavFormat = {
  readonly channels: number;
  /** Frames a second. */
  readonly rate: number;
  readonly bytesPerFrame: number;
  readonly bitsPerSample: number;
  /** Where the samples begin, and how many bytes of them the header promises. */
  readonly dataAt: number;
  readonly dataBytes: number;
};

/** The header of a WAV file ends within this. */
export const wavHeaderBytes = 4096;

/** null: it is none. */
export const readWavFormat = (header: Buffer): WavFormat | null => {
  if (header.toString('latin1', 0, 4) !== 'RIFF') return null;
  let at = 12;
  let format: Omit<WavFormat, 'dataAt' | 'dataBytes'> | null = null;
  while (at + 8 <= header.length) {
    const chunk = header.toString('latin1', at, at + 4);
    const length = header.readUInt32LE(at + 4);
    if (chunk === 'fmt ' && at + 24 <= header.length) {
      const [channels, rate] = [header.readUInt16LE(at + 10), header.readUInt32LE(at + 12)];
      const bytesPerFrame = header.readUInt16LE(at + 20);
      const bitsPerSample = header.readUInt16LE(at + 22);
      if (channels > 0 && rate > 0 && bytesPerFrame > 0) {
        format = { channels, rate, bytesPerFrame, bitsPerSample };
      }
    }
    if (chunk === 'data') {
      return format === null ? null : { ...format, dataAt: at + 8, dataBytes: length };
    }
    at += 8 + length + (length % 2);
  }
  return null;
};

/** Reads a WAV file's header; null when it is none. */
export const readWavFacts = async (path: string): Promise<WavFacts | null> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(Math.min(size, wavHeaderBytes));
    await file.read(header, 0, header.length, 0);
    const format = readWavFormat(header);
    if (format === null) return null;
    const { channels, rate, bytesPerFrame, dataAt, dataBytes } = format;
    // A file that was cut off says more than it holds.
    const bytes = Math.min(dataBytes, size - dataAt);
    return { channels, seconds: bytes / (rate * bytesPerFrame) };
  } finally {
    await file.close();
  }
};
