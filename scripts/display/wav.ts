const HEADER_BYTES = 44;

/** A PCM file of 16 bit samples, one channel. */
export const encodeWav = (samples: Int16Array, sampleRate: number): Buffer => {
  const dataBytes = samples.length * 2;
  const file = Buffer.alloc(HEADER_BYTES + dataBytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // channels
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(dataBytes, 40);
  samples.forEach((sample, index) => file.writeInt16LE(sample, HEADER_BYTES + index * 2));
  return file;
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
