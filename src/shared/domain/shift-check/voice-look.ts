/** How loud the agent is and the room around: a moment of quiet first, then a sentence. */

/** Looks are taken ten times a second. */
export const looksPerSecond = 10;

/** Root mean square and peak of what is sent, dB of full scale. */
export type Look = { readonly rmsDb: number; readonly peakDb: number };

export type VoiceLook = {
  readonly quiet: readonly number[];
  readonly spoken: readonly Look[];
  /** Looks since the sentence was asked for. */
  readonly asked: number;
};

export const noVoiceLook: VoiceLook = { quiet: [], spoken: [], asked: 0 };

/** The first looks hear the microphone open. */
const settling = 5;
const quietLooks = settling + 15;
/** So much of a voice is a sentence; so long it is waited for. */
const enoughSpoken = 20;
const patience = 80;
/** Above the room, and above what any room is. */
const overNoiseDb = 9;
const faintestDb = -62;
const clippedAtDb = -0.15;

export type VoiceStage = 'quiet' | 'speak' | 'done';

export const stageOf = ({ quiet, spoken, asked }: VoiceLook): VoiceStage => {
  if (quiet.length < quietLooks) return 'quiet';
  return spoken.length >= enoughSpoken || asked >= patience ? 'done' : 'speak';
};

const meanDb = (levels: readonly number[]): number | null =>
  levels.length === 0
    ? null
    : 10 * Math.log10(levels.reduce((sum, db) => sum + 10 ** (db / 10), 0) / levels.length);

/** The quieter half: who coughs, or goes on talking, is not the room. */
const noiseOf = ({ quiet }: VoiceLook): number | null => {
  const heard = [...quiet.slice(settling)].sort((one, other) => one - other);
  return meanDb(heard.slice(0, Math.ceil(heard.length / 2)));
};

export const nextVoiceLook = (before: VoiceLook, look: Look): VoiceLook => {
  if (stageOf(before) === 'quiet') return { ...before, quiet: [...before.quiet, look.rmsDb] };
  const isVoice = look.rmsDb > Math.max(faintestDb, (noiseOf(before) ?? faintestDb) + overNoiseDb);
  return {
    ...before,
    asked: before.asked + 1,
    spoken: isVoice ? [...before.spoken, look] : before.spoken,
  };
};

/** A click is no voice. */
const leastSpoken = 5;

export const heardVoice = (
  look: VoiceLook,
): {
  readonly noiseDbfs: number | null;
  readonly speechDbfs: number | null;
  readonly clippedPercent: number;
} => {
  const { spoken } = look;
  const clipped = spoken.filter(({ peakDb }) => peakDb >= clippedAtDb).length;
  return {
    noiseDbfs: noiseOf(look),
    speechDbfs: spoken.length < leastSpoken ? null : meanDb(spoken.map(({ rmsDb }) => rmsDb)),
    clippedPercent: spoken.length === 0 ? 0 : (100 * clipped) / spoken.length,
  };
};
