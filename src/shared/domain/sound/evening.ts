/**
 * Evens out how loud customers are: a slow gain toward one level, which stands still while nobody speaks, so that
 * silence is not pumped up. Levels are of speech while it is spoken (ITU-T P.56), dB of full scale.
 */
export type Evening = {
  /** What is added, dB. */
  readonly gainDb: number;
  /** How loud this customer speaks, smoothed; null: nothing was heard yet. */
  readonly speechDb: number | null;
};

export const noEvening: Evening = { gainDb: 0, speechDb: null };

/** ITU-T P.830: speech on a telephone line. */
export const targetDb = -26;
/** What is quieter is a pause, or the noise of a line. */
const silenceDb = -48;
/** Far below the speech heard so far is a pause too. */
const pauseBelowDb = 15;
/** Speech is what is loud among the quiet: it is followed up quickly, and down slowly. */
const upSeconds = 0.4;
const downSeconds = 3;
const mostUpDb = 12;
const mostDownDb = -12;
const upDbPerSecond = 2;
const downDbPerSecond = 4;

const between = (low: number, value: number, high: number): number =>
  Math.max(low, Math.min(high, value));

/** After a stretch of so many seconds with this level (root mean square). */
export const nextEvening = (before: Evening, levelDb: number, seconds: number): Evening => {
  const { speechDb: known } = before;
  if (levelDb < silenceDb || (known !== null && levelDb < known - pauseBelowDb)) return before;
  const follows = known !== null && levelDb < known ? downSeconds : upSeconds;
  const weight = 1 - Math.exp(-seconds / follows);
  const speechDb = known === null ? levelDb : known + (levelDb - known) * weight;
  const wanted = between(mostDownDb, targetDb - speechDb, mostUpDb);
  const gainDb = between(
    before.gainDb - downDbPerSecond * seconds,
    wanted,
    before.gainDb + upDbPerSecond * seconds,
  );
  return { gainDb, speechDb };
};
