/** G.711 µ-law (ITU-T G.711), one sample. */
export const ulawByte = (sample: number): number => {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
};

export const ulawSample = (byte: number): number => {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return (bits & 0x80) === 0 ? magnitude : -magnitude;
};

/** Level of one frequency in dB below a full-scale sine (Goertzel). Silence gives -120. */
export const levelDb = (samples: Int16Array, rateHz: number, frequencyHz: number): number => {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / rateHz);
  let previous = 0;
  let beforeThat = 0;
  for (const sample of samples) {
    const next = sample / 32_768 + coefficient * previous - beforeThat;
    beforeThat = previous;
    previous = next;
  }
  const power = previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat;
  const amplitude = (2 * Math.sqrt(Math.max(power, 0))) / Math.max(samples.length, 1);
  return Math.max(-120, 20 * Math.log10(amplitude + 1e-6));
};

/** Root mean square in dB below full scale. */
export const rmsDb = (samples: Int16Array): number => {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32_768) ** 2;
  return Math.max(-120, 10 * Math.log10(sum / Math.max(samples.length, 1) + 1e-12));
};
