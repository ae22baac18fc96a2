import { open } from 'node:fs/promises';

/** The little that must be known of a WAV file (RIFF, Microsoft's "Multimedia Programming Interface", 1991). */
export type WavFacts = { readonly channels: number; readonly seconds: number };

const headerBytes = 4096;

/** Reads a WAV file's header; null when it is none. */
export const readWavFacts = async (path: string): Promise<WavFacts | null> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(Math.min(size, headerBytes));
    await file.read(header, 0, header.length, 0);
    if (header.toString('latin1', 0, 4) !== 'RIFF') return null;
    let at = 12;
    let channels = 0;
    let bytesPerSecond = 0;
    while (at + 8 <= header.length) {
      const chunk = header.toString('latin1', at, at + 4);
      const length = header.readUInt32LE(at + 4);
      if (chunk === 'fmt ' && at + 24 <= header.length) {
        channels = header.readUInt16LE(at + 10);
        bytesPerSecond = header.readUInt32LE(at + 16);
      }
      if (chunk === 'data') {
        // A file that was cut off says more than it holds.
        const bytes = Math.min(length, size - at - 8);
        return bytesPerSecond === 0 ? null : { channels, seconds: bytes / bytesPerSecond };
      }
      at += 8 + length + (length % 2);
    }
    return null;
  } finally {
    await file.close();
  }
};
