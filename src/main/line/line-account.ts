import type { LineFact } from '../../shared/api/evidence.ts';
import {
  noNotes,
  withNote,
  type CallNote,
  type CallNotes,
} from '../../shared/domain/line-quality/call-notes.ts';
import { withDeskSecond, type DeskSound } from '../../shared/domain/line-quality/desk-sound.ts';
import {
  stretchSeconds,
  summedUp,
  wordOfFigures,
  type LineFigures,
  type LineSummary,
} from '../../shared/domain/line-quality/line-quality.ts';
import type { LineReading } from '../../shared/ipc/phone.ts';

/** What is known of the sound of one call so far. */
export type LineAccount = {
  readonly line: LineSummary | null;
  /** The latest seconds, which are judged together. */
  readonly stretch: readonly LineFigures[];
  readonly desk: DeskSound | null;
  readonly notes: CallNotes | null;
};

export const noAccount: LineAccount = { line: null, stretch: [], desk: null, notes: null };

export const withReading = (
  account: LineAccount,
  { figures, desk }: Pick<LineReading, 'figures' | 'desk'>,
): LineAccount => {
  const stretch = [...account.stretch, figures].slice(-stretchSeconds);
  return {
    ...account,
    line: summedUp(account.line, figures, wordOfFigures(figures), stretch),
    stretch,
    desk: desk === undefined ? account.desk : withDeskSecond(account.desk, desk),
  };
};

export const noted = (account: LineAccount, note: CallNote): LineAccount => ({
  ...account,
  notes: withNote(account.notes ?? noNotes, note),
});

/** Of a call that was over sooner nothing is worth keeping. */
const shortestSeconds = 3;

/** A hundredth is more than anybody can hear. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

const withRounded = <Kept extends object>(kept: Kept): Kept =>
  // Each value keeps its kind: numbers are rounded, everything else stays.
  Object.fromEntries(
    Object.entries(kept).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'number' ? rounded(value) : value,
    ]),
  ) as Kept;

/** What is kept of it; null: nothing. */
export const keptOf = ({
  line,
  desk,
  notes,
}: LineAccount): Omit<LineFact, 'kind' | 'id' | 'callId' | 'callKey' | 'at'> | null => {
  if (line === null || line.seconds < shortestSeconds) return null;
  return {
    ...withRounded(line),
    ...(desk === null ? {} : { desk: withRounded(desk) }),
    ...(notes === null ? {} : { notes: { ...notes, seconds: withRounded(notes.seconds) } }),
  };
};
