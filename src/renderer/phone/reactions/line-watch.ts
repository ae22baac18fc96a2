import {
  figuresBetween,
  nextLine,
  noLine,
  wordOfFigures,
  type LineCounters,
  type LineStanding,
} from '../../../shared/domain/line-quality/line-quality.ts';
import type { LineReading } from '../../../shared/ipc/phone.ts';

/** Makes of each second of a call how well it was heard. */
export type LineWatch = {
  /** null: nothing can be told of this second. */
  readonly second: (callId: string, counters: LineCounters | null) => LineReading | null;
  /** Nothing is heard for now: what comes next is another stretch. */
  readonly pause: () => void;
};

export const createLineWatch = (): LineWatch => {
  let callId: string | null = null;
  let before: LineCounters | null = null;
  let standing: LineStanding = noLine;
  return {
    second: (current, counters) => {
      if (current !== callId) {
        callId = current;
        before = null;
        standing = noLine;
      }
      const figures =
        before === null || counters === null ? null : figuresBetween(before, counters);
      before = counters;
      if (figures === null) return null;
      standing = nextLine(standing, wordOfFigures(figures));
      return { callId: current, word: standing.word, figures };
    },
    pause: () => {
      before = null;
    },
  };
};
