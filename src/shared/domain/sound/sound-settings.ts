/** How sound is treated: what is heard the same for every device, what is sent by the microphone's name. */

export type VoiceProcessing = {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  /** Takes out other voices and sounds of a home as well; costs some per cent of a processor's core. */
  readonly strongSuppression: boolean;
};

/** Highest peaks that are let through, dB of full scale. */
export const ceilings = [-6, -9, -12, -15] as const;
export type Ceiling = (typeof ceilings)[number];

export const sideTones = ['off', 'soft', 'clear'] as const;
export type SideTone = (typeof sideTones)[number];

export type SoundSettings = {
  /** Against acoustic shock: nothing that is heard is above the ceiling. */
  readonly limiter: boolean;
  readonly ceilingDb: Ceiling;
  /** Quiet customers are made louder and loud ones quieter. */
  readonly evenOut: boolean;
  /** How much agents hear of themselves. */
  readonly sideTone: SideTone;
  /** By the microphone's name; who is not here is treated by `audioProcessing`. */
  readonly microphones: Readonly<Record<string, VoiceProcessing>>;
};

/** What is heard, whoever speaks. */
export type ListeningChoice = Omit<SoundSettings, 'microphones'>;

export const defaultSound: SoundSettings = {
  limiter: true,
  ceilingDb: -9,
  evenOut: false,
  sideTone: 'off',
  microphones: {},
};

export const processingFor = (
  sound: SoundSettings,
  usual: Omit<VoiceProcessing, 'strongSuppression'>,
  microphone: string | null,
): VoiceProcessing =>
  (microphone === null ? undefined : sound.microphones[microphone]) ?? {
    ...usual,
    strongSuppression: false,
  };

/** Microphones that were met once would otherwise be kept for ever. */
const keptMicrophones = 40;

export const withProcessing = (
  sound: SoundSettings,
  microphone: string,
  processing: VoiceProcessing,
): SoundSettings => {
  const { [microphone]: _before, ...others } = sound.microphones;
  const kept = Object.entries(others).slice(-(keptMicrophones - 1));
  return { ...sound, microphones: Object.fromEntries([...kept, [microphone, processing]]) };
};

/** Each press of a key makes a call so much louder or quieter, dB. */
export const volumeStepDb = 3;
export const volumeRangeDb = { lowest: -18, highest: 12 } as const;

export const steppedVolume = (volumeDb: number, way: 'louder' | 'quieter'): number =>
  Math.max(
    volumeRangeDb.lowest,
    Math.min(volumeRangeDb.highest, volumeDb + (way === 'louder' ? volumeStepDb : -volumeStepDb)),
  );
