/** Digital silence reads this. */
export const SILENCE_DB = -120;

const toDb = (value: number): number => Math.max(SILENCE_DB, 20 * Math.log10(value));

/** Of 16 bit samples: the loudness in dB below full scale (a sine of full scale reads -3). */
export const rmsDb = (samples: Int16Array): number => {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32_768) ** 2;
  return toDb(Math.sqrt(sum / Math.max(1, samples.length)));
};

/** The level of one frequency alone (Goertzel), as an RMS value in dB below full scale. */
export const toneDb = (samples: Int16Array, hz: number, sampleRate: number): number => {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const next = sample / 32_768 + coefficient * last - before;
    before = last;
    last = next;
  }
  const power = last ** 2 + before ** 2 - coefficient * last * before;
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
  return toDb(amplitude / Math.SQRT2);
};
