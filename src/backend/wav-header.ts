const wavHeaderLength = 44;

const sampleBytes = 2;

/** The head of a PCM file of 16 bit samples (Microsoft's RIFF/WAVE, format 1); the samples of a frame follow each other. */
export const wavHeader = ({
  channels,
  rate,
  frames,
}: {
  readonly channels: number;
  /** Frames a second. */
  readonly rate: number;
  readonly frames: number;
}): Buffer => {
  const frameBytes = channels * sampleBytes;
  const bytes = frames * frameBytes;
  const header = Buffer.alloc(wavHeaderLength);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(wavHeaderLength - 8 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(sampleBytes * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  return header;
};
