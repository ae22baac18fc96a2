/**
 * A Bluetooth headset whose microphone is open sounds like a telephone of old: its hands-free profile carries one channel
 * of 8 or 16 kHz both ways (Bluetooth HFP 1.8 §5.7). Windows says so in the device's name, in the user's language.
 */
const profileNames =
  /hands[ -]?free|\bhfp\b|\bhsp\b|head unit|ag audio|manos libres|m[ãa]os[ -]livres|viva[ -]voz/iu;
const narrowestHz = 16_000;

/** `sampleRateHz` of the open microphone; null: not known. */
export const isHandsFree = (label: string, sampleRateHz: number | null): boolean =>
  profileNames.test(label) || (sampleRateHz !== null && sampleRateHz <= narrowestHz);
