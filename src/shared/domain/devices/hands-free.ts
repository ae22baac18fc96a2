/**
 * A Bluetooth headset whose microphone is open sounds like a telephone of old: its hands-free profile carries one channel
 * of 8 or 16 kHz both ways (Bluetooth HFP 1.8 §5.7). Windows says so in the device's name, in the user's language.
 */
const profileNames =
  /hands[ -]?free|\bhfp\b|\bhsp\b|head unit|ag audio|manos libres|m[ãa]os[ -]livres|viva[ -]voz/iu;
const narrowestHz = 16_000;
/** What Chromium puts behind the name on Windows and macOS; on Linux the name does not tell. */
const wireless = /\(bluetooth\)\s*$/iu;

/** `sampleRateHz` of the open microphone; null: not known. */
export const isHandsFree = (label: string, sampleRateHz: number | null): boolean =>
  profileNames.test(label) || (sampleRateHz !== null && sampleRateHz <= narrowestHz);

/** Whether opening this microphone may turn a headset that plays music into a telephone. */
export const mayTurnHandsFree = (label: string): boolean =>
  profileNames.test(label) || wireless.test(label);
