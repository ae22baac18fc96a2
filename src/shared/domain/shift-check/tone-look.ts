import { toDb } from '../sound/decibels.ts';

/** Whether a tone that was played comes back through a microphone: by its notes, which a room does not sing. */

/** Hz: none a multiple of another, nor of the mains. */
export const checkNotes = [620, 880, 1_240] as const;

/** Root mean square of a frequency in these samples, linear: Goertzel's algorithm. */
export const noteLevel = (
  samples: ArrayLike<number>,
  hertz: number,
  sampleRate: number,
): number => {
  const length = samples.length;
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
  let [before, last] = [0, 0];
  for (let index = 0; index < length; index += 1) {
    // Hann's window: speech beside the note leaks less into it.
    const shaped =
      (samples[index] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (length - 1)));
    [before, last] = [last, shaped + coefficient * last - before];
  }
  const power = last * last + before * before - coefficient * last * before;
  // The window halves the amplitude; a sine's root mean square is its amplitude by the root of two.
  return (Math.sqrt(Math.max(0, power)) * 2 * Math.SQRT2) / length;
};

/** Each note at this moment, dB of full scale. */
export const noteLevelsDb = (samples: ArrayLike<number>, sampleRate: number): readonly number[] =>
  checkNotes.map((hertz) => toDb(noteLevel(samples, hertz, sampleRate)));

export type ToneLook = {
  /** The loudest that the microphone itself heard of each note: before it was played, and while. */
  readonly before: readonly number[];
  readonly during: readonly number[];
  /** What was sent of a note at the moments at which the microphone heard so much of it. */
  readonly moments: readonly {
    readonly note: number;
    readonly heardDb: number;
    readonly sentDb: number;
  }[];
};

const silence = checkNotes.map(() => toDb(0));
export const noToneLook: ToneLook = { before: silence, during: silence, moments: [] };

const louder = (known: readonly number[], levels: readonly number[]): readonly number[] =>
  known.map((db, note) => Math.max(db, levels[note] ?? db));

/**
 * `before`: nothing is played yet. `learning`: an echo canceller hears the notes for the first time. `known`: and again.
 */
export type TonePhase = 'before' | 'learning' | 'known';

export const nextToneLook = (
  look: ToneLook,
  heard: readonly number[],
  /** null: nothing would be sent. */
  sent: readonly number[] | null,
  phase: TonePhase,
): ToneLook => {
  if (phase === 'before') return { ...look, before: louder(look.before, heard) };
  const during = louder(look.during, heard);
  if (phase === 'learning' || sent === null) return { ...look, during };
  const moments = heard.map((heardDb, note) => ({ note, heardDb, sentDb: sent[note] ?? 0 }));
  return { ...look, during, moments: [...look.moments, ...moments] };
};

/** A note stands so far out of what was there before it; what is fainter than any microphone's own noise is nothing. */
const standsOutDb = 10;
const faintestDb = -80;

/** Two of the three notes came back to the microphone. */
export const isToneHeard = ({ before, during }: ToneLook): boolean =>
  during.filter((db, note) => db > faintestDb && db >= (before[note] ?? 0) + standsOutDb).length >=
  2;

/** Moments at which a note is at its loudest. */
const nearItsBestDb = 6;

/**
 * What is usually sent of the notes while they are heard, dB of full scale; null: nothing of them. The middle one of many
 * moments: an echo canceller that is found wanting for a moment, or a machine that stumbles, makes no echo of a call.
 */
export const echoDb = (look: ToneLook): number | null => {
  if (!isToneHeard(look)) return null;
  const sent = look.moments
    .filter(({ note, heardDb }) => heardDb >= (look.during[note] ?? 0) - nearItsBestDb)
    .map(({ sentDb }) => sentDb)
    .sort((one, other) => one - other);
  const usual = sent[Math.floor(sent.length / 2)];
  return usual === undefined || usual <= faintestDb ? null : usual;
};
