import { toDb } from '../sound/decibels.ts';

/**
 * Whether notes that were played come back through a microphone. Somebody may speak meanwhile, and a voice has every pitch at
 * some moment: heard are the notes only where each stands alone among its neighbours, is there while it is played and not
 * while the others are, and all of that in both turns of the tune.
 */

/**
 * Hz: none is a small multiple or fraction of another, no voice has them as its overtones at once (at any pitch of 80 to
 * 350 Hz one is 21 Hz off at least), and the mains' overtones are 15 Hz away or more.
 */
export const checkNotes = [935, 1_525, 2_415] as const;

/** When they are played, one after another, seconds. */
export const checkTune = {
  noteSeconds: 0.4,
  everySeconds: 0.45,
  turnSeconds: 1.35,
  turns: 2,
} as const;

/**
 * What a note is compared with, Hz off on either side: from beyond what the window lets through of the note, as far as the
 * next overtone of a low voice, and so close that none lies between two of them unseen.
 */
const beside = Array.from({ length: 11 }, (_, step) => 36 + 12 * step);

type NoteLevel = {
  /** dB of full scale. */
  readonly db: number;
  /** The loudest of the frequencies around it. */
  readonly besideDb: number;
};

/** Hann's window: speech beside a note leaks less into it. */
const shaped = (samples: ArrayLike<number>): Float64Array => {
  const turn = (2 * Math.PI) / (samples.length - 1);
  return Float64Array.from(samples, (sample, at) => sample * (0.5 - 0.5 * Math.cos(turn * at)));
};

/** Root mean square of a frequency in these samples, linear: Goertzel's algorithm. */
const levelIn = (samples: Float64Array, hertz: number, sampleRate: number): number => {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
  const power = last * last + before * before - coefficient * last * before;
  // The window halves the amplitude; a sine's root mean square is its amplitude by the root of two.
  return (Math.sqrt(Math.max(0, power)) * 2 * Math.SQRT2) / samples.length;
};

/** Each note at this moment, linear. */
export const noteLevels = (samples: ArrayLike<number>, sampleRate: number): readonly number[] => {
  const looked = shaped(samples);
  return checkNotes.map((hertz) => levelIn(looked, hertz, sampleRate));
};

/** Each note at this moment, and what is around it. */
export const notesAmong = (
  samples: ArrayLike<number>,
  sampleRate: number,
): readonly NoteLevel[] => {
  const looked = shaped(samples);
  const dbOf = (hertz: number): number => toDb(levelIn(looked, hertz, sampleRate));
  return checkNotes.map((hertz) => ({
    db: dbOf(hertz),
    besideDb: Math.max(...beside.flatMap((off) => [dbOf(hertz - off), dbOf(hertz + off)])),
  }));
};

/** Some milliseconds of what the microphone itself hears, and of what would be sent. */
export type ToneLook = {
  /** When they began and ended, seconds by one clock. */
  readonly from: number;
  readonly to: number;
  readonly heard: readonly NoteLevel[];
  /** dB of full scale; null: nothing would be sent. */
  readonly sent: readonly number[] | null;
};

/** A note stands so far out of the loudest of its neighbours; and of its own place while the others are played. */
const overBesideDb = 6;
const overOtherwiseDb = 10;
/** What is fainter than any microphone's own noise is nothing. */
const faintestDb = -80;

/**
 * When what is played is heard, seconds after it was said to be playing: that is told late, on a busy machine by half a
 * second, and Bluetooth takes a third of a second.
 */
const delays: { readonly least: number; readonly most: number; readonly step: number } = {
  ...{ least: -0.8, most: 0.7, step: 0.02 },
};

/** Of each note (first index) in each turn (second): the looks that lie within it. */
type Within = readonly (readonly (readonly ToneLook[])[])[];

const withinNotes = (looks: readonly ToneLook[], begin: number): Within =>
  checkNotes.map((_, note) =>
    Array.from({ length: checkTune.turns }, (_turn, turn) => {
      const from = begin + turn * checkTune.turnSeconds + note * checkTune.everySeconds;
      const to = from + checkTune.noteSeconds;
      return looks.filter((look) => look.from >= from && look.to <= to);
    }),
  );

const middleOf = (values: readonly number[]): number | null =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? null;

const levelOf = (look: ToneLook, note: number): NoteLevel =>
  look.heard[note] ?? { db: toDb(0), besideDb: 0 };

/** Fewer looks say nothing: the machine was busy. */
const enoughLooks = 2;

const isNoteHeard = (within: Within, note: number): boolean => {
  const others = within.flatMap((turns, other) => (other === note ? [] : turns.flat()));
  const otherwiseDb = middleOf(others.map((look) => levelOf(look, note).db));
  if (otherwiseDb === null) return false;
  const stands = (look: ToneLook): boolean => {
    const { db, besideDb } = levelOf(look, note);
    return db > faintestDb && db >= besideDb + overBesideDb && db >= otherwiseDb + overOtherwiseDb;
  };
  return (within[note] ?? []).every(
    (looks) => looks.length >= enoughLooks && 2 * looks.filter(stands).length >= looks.length,
  );
};

/** How loud the notes are where they are looked for. */
const loudness = (within: Within): number =>
  within
    .flatMap((turns, note) => turns.flat().map((look) => levelOf(look, note).db))
    .reduce((sum, db) => sum + 10 ** (db / 10), 0);

const found = (looks: readonly ToneLook[], playedAt: number): Within | null => {
  let best: Within | null = null;
  for (let delay = delays.least; delay <= delays.most; delay += delays.step) {
    const within = withinNotes(looks, playedAt + delay);
    if (!checkNotes.every((_, note) => isNoteHeard(within, note))) continue;
    if (best === null || loudness(within) > loudness(best)) best = within;
  }
  return best;
};

type ToneHeard = {
  readonly heard: boolean;
  /**
   * What is usually sent of the notes while they are heard, dB of full scale; null: nothing of them. Of the second turn, in
   * which an echo canceller knows them; the middle one of many moments: one that is found wanting for a moment, or a machine
   * that stumbles, makes no echo of a call.
   */
  readonly sentDb: number | null;
};

/** `playedAt`: when the tune was said to be playing, by the looks' clock. */
export const judgeTone = (looks: readonly ToneLook[], playedAt: number): ToneHeard => {
  const within = found(looks, playedAt);
  if (within === null) return { heard: false, sentDb: null };
  const sent = within.flatMap((turns, note) =>
    (turns.at(-1) ?? []).flatMap((look) => look.sent?.[note] ?? []),
  );
  const sentDb = middleOf(sent);
  return { heard: true, sentDb: sentDb === null || sentDb <= faintestDb ? null : sentDb };
};
