import { writeFile } from 'node:fs/promises';
import { encodeWav } from '../display/wav.ts';

const SAMPLE_RATE = 48_000;
const PITCH_HZ = 130;
/** Of an open vowel, roughly: frequency and strength. */
const FORMANTS = [
  { hz: 700, gain: 1 },
  { hz: 1_200, gain: 0.5 },
  { hz: 2_600, gain: 0.25 },
] as const;
const SYLLABLES_PER_SECOND = 3;

const gainAt = (hz: number): number =>
  FORMANTS.reduce((sum, formant) => sum + formant.gain / (1 + ((hz - formant.hz) / 180) ** 2), 0);

/**
 * Writes sound that speech processing takes for a voice: a harmonic sound with formants, in syllables. A steady tone
 * would be taken for noise and suppressed.
 */
export const writeAgentVoice = async (path: string, seconds: number): Promise<void> => {
  const harmonics = Array.from({ length: 24 }, (_, index) => (index + 1) * PITCH_HZ).map((hz) => ({
    hz,
    gain: gainAt(hz),
  }));
  const strength = harmonics.reduce((sum, harmonic) => sum + harmonic.gain, 0);
  const samples = Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, index) => {
    const time = index / SAMPLE_RATE;
    const syllable = Math.sin(Math.PI * ((time * SYLLABLES_PER_SECOND) % 1)) ** 0.5;
    const glide = 1 + 0.04 * Math.sin(2 * Math.PI * 0.7 * time);
    const sound = harmonics.reduce(
      (sum, { hz, gain }) => sum + gain * Math.sin(2 * Math.PI * hz * glide * time),
      0,
    );
    return Math.round(32_767 * 0.6 * syllable * (sound / strength));
  });
  await writeFile(path, encodeWav(samples, SAMPLE_RATE));
};
