import {
  figuresBetween,
  nextLine,
  noLine,
  nothingHeard,
  wordOfFigures,
  type LineCounters,
  type LineFigures,
  type LineStanding,
} from '../../../shared/domain/line-quality/line-quality.ts';
import type { DeskSecond } from '../../../shared/domain/line-quality/desk-sound.ts';
import type { LineReading } from '../../../shared/ipc/phone.ts';

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
      }
      const figures = figuresOf(counters);
      if (figures === null) return null;
      standing = nextLine(standing, wordOfFigures(figures));
      return { callId: current, word: standing.word, figures, desk };
    },
    pause: () => {
      before = null;
    },
  };
};
