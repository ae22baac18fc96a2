/**
 * How well a call is heard, from what WebRTC counts: an estimate by the E-model, and one plain word.
 *
 * The estimate is the reduced form of ITU-T G.107 (Cole and Rosenbluth, "Voice over IP performance monitoring", 2001):
 * everything that only a laboratory knows has its default, so that delay and loss are left.
 */

/** From the best to the worst. */
export const lineWords = ['good', 'fair', 'bad'] as const;
export type LineWord = (typeof lineWords)[number];

/** Counters since the call began, as the W3C's webrtc-stats names them. */
export type LineCounters = {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Samples that were played, and those of them that were made up while something was to be heard. */
  readonly samplesPlayed: number;
  readonly samplesConcealed: number;
  /** What frames waited in the jitter buffer altogether, ms, and how many samples left it. */
  readonly bufferDelayMs: number;
  readonly bufferEmitted: number;
  /** Now: ms; null: nobody told yet. */
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  /** Of what is sent, as the far side last reported: 0 to 1; null: it reports nothing. */
  readonly sentLoss: number | null;
  /** When it last reported, on any clock; null or absent: nobody knows. */
  readonly sentLossAt?: number | null;
};

/** One stretch between two readings. */
export type LineFigures = {
  readonly roundTripMs: number | null;
  readonly jitterMs: number;
  /** Of what should have come in. */
  readonly lossPercent: number;
  /** Of what was played: lost or too late, and made up. */
  readonly concealedPercent: number;
  /** Of what was sent; null: the far side reports nothing. */
  readonly sentLossPercent: number | null;
  /** From mouth to ear, as the score has it: half the round trip, the jitter buffer and a frame; null: nothing came. */
  readonly delayMs: number | null;
  /** 1 to 4.5: what people would say of it, by the worse of the two directions. */
  readonly mos: number;
};

/** G.107: what is left of the best (94.8) with an ordinary signal. */
const bestRating = 93.2;
/** G.113 Appendix I, for a codec that conceals what is lost: half of the quality is gone at so many per cent. */
const lossRobustness = 25.1;
const codecImpairment = 0;
/** One frame is spoken whole before it is sent. */
const frameMs = 20;

/** The mean opinion score for a delay from mouth to ear and for loss at random. */
export const mosOf = (delayMs: number, lossPercent: number): number => {
  const delayed = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const lost =
    codecImpairment + ((95 - codecImpairment) * lossPercent) / (lossPercent + lossRobustness);
  const rating = Math.min(100, Math.max(0, bestRating - delayed - lost));
  // G.107 Annex B.
  return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
};

const share = (part: number, whole: number): number => (whole <= 0 ? 0 : (100 * part) / whole);
const atMost = (limit: number, value: number): number => Math.min(limit, Math.max(0, value));

/** null: nothing was counted between the two. */
export const figuresBetween = (before: LineCounters, after: LineCounters): LineFigures | null => {
  const received = after.packetsReceived - before.packetsReceived;
  const played = after.samplesPlayed - before.samplesPlayed;
  if (received < 0 || (received === 0 && played <= 0)) return null;
  const lost = Math.max(0, after.packetsLost - before.packetsLost);
  const lossPercent = atMost(100, share(lost, lost + received));
  // Where nothing came in at all nobody is heard, and after a while nothing is made up any more.
  const concealedPercent =
    received === 0
      ? 100
      : atMost(100, share(after.samplesConcealed - before.samplesConcealed, played));
  const emitted = after.bufferEmitted - before.bufferEmitted;
  const bufferMs =
    emitted > 0 ? (after.bufferDelayMs - before.bufferDelayMs) / emitted : 2 * after.jitterMs;
  const { roundTripMs, jitterMs, sentLoss } = after;
  const sentLossPercent = sentLoss === null ? null : atMost(100, sentLoss * 100);
  // What came too late was lost as well, for whoever listens.
  const heardLoss = Math.max(lossPercent, concealedPercent, sentLossPercent ?? 0);
  const delayMs = (roundTripMs ?? 0) / 2 + bufferMs + frameMs;
  return {
    ...{ roundTripMs, jitterMs, lossPercent, concealedPercent, sentLossPercent, delayMs },
    mos: mosOf(delayMs, heardLoss),
  };
};

/** A stretch in which nothing came in at all. */
export const nothingHeard: LineFigures = {
  ...{ roundTripMs: null, jitterMs: 0, lossPercent: 0, concealedPercent: 100 },
  ...{ sentLossPercent: null, delayMs: null, mos: mosOf(0, 100) },
};

/**
 * As much as people judge at once: ITU-T P.800 has them listen to some 6 to 12 s. A second is too short to be scored by
 * itself: of fifty packets it takes the worse of three counts that are each off by chance, and so it comes out too low.
 */
export const stretchSeconds = 10;

const meanOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** What people would say of these seconds together, by their means and by the worse of the two directions. */
export const mosOfStretch = (seconds: readonly LineFigures[]): number | null => {
  if (seconds.length === 0) return null;
  const mean = (of: (figures: LineFigures) => number | null): number =>
    meanOf(seconds.map(of)) ?? 0;
  const heardLoss = Math.max(
    mean(({ lossPercent }) => lossPercent),
    mean(({ concealedPercent }) => concealedPercent),
    mean(({ sentLossPercent }) => sentLossPercent),
  );
  return mosOf(
    mean(({ delayMs }) => delayMs),
    heardLoss,
  );
};

/** What one stretch alone is worth, by the bounds that phones of the field warn at. */
export const wordOfFigures = (figures: LineFigures): LineWord => {
  const { mos, jitterMs, roundTripMs, lossPercent, concealedPercent, sentLossPercent } = figures;
  const loss = Math.max(lossPercent, concealedPercent, sentLossPercent ?? 0);
  if (mos < 3.1 || loss > 5) return 'bad';
  return mos < 3.7 || loss > 1 || jitterMs > 30 || (roundTripMs ?? 0) > 400 ? 'fair' : 'good';
};

/** The same of what is sent alone. */
export const wordOfSentLoss = (percent: number | null): LineWord => {
  const loss = percent ?? 0;
  if (loss > 5) return 'bad';
  return loss > 1 ? 'fair' : 'good';
};

/** The latest stretches, and the word that they make together. */
export type LineStanding = {
  readonly latest: readonly LineWord[];
  /** null: too little is known yet. */
  readonly word: LineWord | null;
};

export const noLine: LineStanding = { latest: [], word: null };

/** Stretches of a second each: a word that gets worse does so within five seconds. */
const looksBack = 5;
const worseAfter = 3;

const worstOfMost = (latest: readonly LineWord[]): LineWord =>
  lineWords.findLast(
    (word) =>
      latest.filter((each) => lineWords.indexOf(each) >= lineWords.indexOf(word)).length >=
      worseAfter,
  ) ?? 'good';

/** Worse as soon as three of five say so; better once all five do: a word that flickers tells nothing. */
export const nextLine = ({ latest, word }: LineStanding, now: LineWord): LineStanding => {
  const five = [...latest, now].slice(-looksBack);
  if (five.length < worseAfter) return { latest: five, word };
  const worst = worstOfMost(five);
  if (word === null || lineWords.indexOf(worst) > lineWords.indexOf(word)) {
    return { latest: five, word: worst };
  }
  const best = Math.max(...five.map((each) => lineWords.indexOf(each)));
  const isBetter = five.length === looksBack && best < lineWords.indexOf(word);
  return { latest: five, word: isBetter ? (lineWords[best] ?? word) : word };
};

/** What the far side reports in one second is of those since its last report as well: so many of the latest ones. */
export const retold = (
  { latest, word }: LineStanding,
  sent: LineWord,
  seconds: number,
): LineStanding => ({
  latest: latest.map((each, at) =>
    at >= latest.length - seconds && lineWords.indexOf(sent) > lineWords.indexOf(each)
      ? sent
      : each,
  ),
  word,
});

/** A whole call, as far as it was looked at. */
export type LineSummary = {
  /** Stretches of a second that were looked at; and in how many of them the word was not good. */
  readonly seconds: number;
  readonly fairSeconds: number;
  readonly badSeconds: number;
  /** Of the stretches that end with each second, and the lowest of a second by itself. */
  readonly mosMean: number;
  readonly mosLowest: number;
  readonly roundTripMs: number | null;
  readonly jitterMs: number;
  readonly lossPercent: number;
  readonly concealedPercent: number;
  readonly sentLossPercent: number | null;
};

const meanWith = (mean: number, count: number, value: number): number =>
  mean + (value - mean) / (count + 1);

const meanOr = (mean: number | null, count: number, value: number | null): number | null =>
  mean === null || value === null ? (mean ?? value) : meanWith(mean, count, value);

/** The call so far, with one more second of it; `stretch`: that second and those before it that are judged with it. */
export const summedUp = (
  before: LineSummary | null,
  figures: LineFigures,
  word: LineWord,
  stretch: readonly LineFigures[],
): LineSummary => {
  const { seconds = 0, fairSeconds = 0, badSeconds = 0 } = before ?? {};
  const mean = (name: 'jitterMs' | 'lossPercent' | 'concealedPercent'): number =>
    meanWith(before?.[name] ?? 0, seconds, figures[name]);
  return {
    seconds: seconds + 1,
    fairSeconds: fairSeconds + (word === 'fair' ? 1 : 0),
    badSeconds: badSeconds + (word === 'bad' ? 1 : 0),
    mosMean: meanWith(before?.mosMean ?? 0, seconds, mosOfStretch(stretch) ?? figures.mos),
    mosLowest: Math.min(before?.mosLowest ?? 5, figures.mos),
    roundTripMs: meanOr(before?.roundTripMs ?? null, seconds, figures.roundTripMs),
    jitterMs: mean('jitterMs'),
    lossPercent: mean('lossPercent'),
    concealedPercent: mean('concealedPercent'),
    sentLossPercent: meanOr(before?.sentLossPercent ?? null, seconds, figures.sentLossPercent),
  };
};
