import {
  figuresBetween,
  nextLine,
  noLine,
  nothingHeard,
  retold,
  wordOfFigures,
  wordOfSentLoss,
  type LineCounters,
  type LineFigures,
  type LineStanding,
} from '../../../shared/domain/line-quality/line-quality.ts';
import type { DeskSecond } from '../../../shared/domain/line-quality/desk-sound.ts';
import type { LineReading } from '../../../shared/ipc/phone.ts';

/** No report of the far side counts for more seconds than are looked back at. */
const mostReported = 5;
/** The first packets may take so long after the answer, seconds; then nothing comes. */
const patience = 5;

/** Makes of each second of a call how well it was heard. */
export type LineWatch = {
  /** null: nothing can be told of this second. */
  readonly second: (
    callId: string,
    counters: LineCounters | null,
    desk: DeskSecond,
  ) => LineReading | null;
  /** Nothing is heard for now: what comes next is another stretch. */
  readonly pause: () => void;
};

export const createLineWatch = (): LineWatch => {
  let callId: string | null = null;
  let before: LineCounters | null = null;
  let standing: LineStanding = noLine;
  /** Seconds of the call in which nothing had come in yet. */
  let unheard = 0;
  let reportedAt: number | null = null;
  /** Seconds since the far side's last report. */
  let unreported = 0;

  /** Of how many seconds the far side tells in this one; null: it tells nothing new. */
  const reportedIn = (counters: LineCounters | null): number | null => {
    unreported += 1;
    const at = counters?.sentLossAt ?? null;
    if (at === null || at === reportedAt) return null;
    const seconds = Math.min(unreported, mostReported);
    reportedAt = at;
    unreported = 0;
    return seconds;
  };

  const figuresOf = (counters: LineCounters | null): LineFigures | null => {
    const last = before;
    before = counters;
    unheard = counters === null ? unheard + 1 : 0;
    if (counters === null) return unheard > patience ? nothingHeard : null;
    return last === null ? null : figuresBetween(last, counters);
  };

  return {
    second: (current, counters, desk) => {
      if (current !== callId) {
        callId = current;
        before = null;
        standing = noLine;
        unheard = 0;
        reportedAt = null;
        unreported = 0;
      }
      const sentSeconds = reportedIn(counters);
      const figures = figuresOf(counters);
      if (figures === null) return null;
      const sent = wordOfSentLoss(figures.sentLossPercent);
      if (sentSeconds !== null) standing = retold(standing, sent, sentSeconds - 1);
      standing = nextLine(standing, wordOfFigures(figures));
      const reading = { callId: current, word: standing.word, figures, desk };
      return sentSeconds === null ? reading : { ...reading, sentSeconds };
    },
    pause: () => {
      before = null;
      unreported = 0;
    },
  };
};
