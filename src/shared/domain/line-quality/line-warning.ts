import type { DeskSecond } from './desk-sound.ts';
import type { LineFigures, LineWord } from './line-quality.ts';

/** What is the matter with the sound of this moment, by the worst that it does to people; each has one thing to do. */
export const lineWarnings = [
  'nothing_heard',
  'computer',
  'sent_loss',
  'loss',
  'delay',
  'jitter',
] as const;
export type LineWarning = (typeof lineWarnings)[number];

/** The bounds of `wordOfFigures`, one by one. */
const lossPercent = 1;
const delayMs = 400;
const jitterMs = 30;
const lateMs = 250;
const glitchedPercent = 5;

/** Of one second alone; null: nothing is the matter. */
export const warningOfSecond = (
  figures: LineFigures,
  desk: DeskSecond | null,
): LineWarning | null => {
  const heard = Math.max(figures.lossPercent, figures.concealedPercent);
  const sent = figures.sentLossPercent ?? 0;
  if (figures.concealedPercent === 100) return 'nothing_heard';
  if ((desk?.glitchedPercent ?? 0) > glitchedPercent) return 'computer';
  // A busy computer is late, and that looks like a bad network.
  if ((desk?.lateMs ?? 0) > lateMs && Math.max(heard, sent) > lossPercent) return 'computer';
  if (sent > lossPercent && sent >= heard) return 'sent_loss';
  if (heard > lossPercent) return 'loss';
  if ((figures.roundTripMs ?? 0) > delayMs) return 'delay';
  return figures.jitterMs > jitterMs ? 'jitter' : null;
};

export type WarningStanding = {
  readonly latest: readonly (LineWarning | null)[];
  readonly warning: LineWarning | null;
};

export const noWarning: WarningStanding = { latest: [], warning: null };

const looksBack = 5;
const enough = 3;

/** What the far side reports in one second is of those since its last report as well: so many of the latest ones. */
export const retoldWarning = (
  { latest, warning }: WarningStanding,
  now: LineWarning | null,
  seconds: number,
): WarningStanding => ({
  latest: latest.map((each, at) =>
    at >= latest.length - seconds && now === 'sent_loss' ? (each ?? now) : each,
  ),
  warning,
});

/**
 * Begins within five seconds, as the word does. It stays the same for as long as the line is not good, unless something
 * else has been the matter in most of the last five seconds.
 */
export const nextWarning = (
  { latest, warning }: WarningStanding,
  now: LineWarning | null,
  word: LineWord | null,
): WarningStanding => {
  const five = [...latest, now].slice(-looksBack);
  const isMost = (each: LineWarning): boolean =>
    five.filter((one) => one === each).length >= enough;
  const isTroubled = five.filter((each) => each !== null).length >= enough;
  // Of several that took turns the worst speaks, until one of them is most of it.
  const worst = isTroubled ? lineWarnings.find((each) => five.includes(each)) : undefined;
  const fresh = lineWarnings.find(isMost) ?? (warning === null ? worst : undefined);
  if (fresh !== undefined) return { latest: five, warning: fresh };
  const isOver = five.every((each) => each === null) && word !== 'bad' && word !== 'fair';
  return { latest: five, warning: isOver ? null : warning };
};
