import type { BadLine } from '../../../../shared/api/shifts.ts';
import type { Bounds } from '../recurrence.ts';
import type { ScheduleEntry, Zone } from '../schedule-entry.ts';

/** Whom a line of a file is for, in the file's own words. */
export type Person =
  | { readonly kind: 'agent'; readonly username: string }
  | { readonly kind: 'team'; readonly team: string };

/** An entry as a file has it; `person` null: the file does not say. */
export type Draft = {
  readonly line: number;
  readonly person: Person | null;
  readonly entry: ScheduleEntry;
};

/** With the instants between which it lies. */
export type BoundedDraft = Draft & { readonly bounds: Bounds };

export type ReadFile = {
  readonly drafts: readonly Draft[];
  readonly bad: readonly BadLine[];
};

/** What one file may hold; a floor of 300 people over a quarter has less than a third of it. */
export const maximumEntries = 20_000;
/** As many wrong lines are told as anybody reads. */
export const maximumBad = 100;
export const maximumLabel = 128;
const hourMs = 3_600_000;
/** Nobody works longer; an absence lasts as long as it likes. */
const longestMs = { off: 400 * 24 * hourMs, other: 36 * hourMs } as const;

export type ReadOptions = {
  /** Where a file names no zone. */
  readonly zone: Zone;
};

/** What is wrong with an entry whatever file it stands in; null: nothing. */
export const problemOf = ({
  startsLocal,
  endsLocal,
  kind,
  label,
}: {
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly kind: string;
  readonly label: string;
}): string | null => {
  const lengthMs = Date.parse(`${endsLocal}Z`) - Date.parse(`${startsLocal}Z`);
  if (!(lengthMs > 0)) return 'it ends before it begins';
  if (lengthMs > (kind === 'off' ? longestMs.off : longestMs.other)) return 'it is too long';
  if (startsLocal < '1990' || endsLocal > '2100')
    return 'it lies outside of the years 1990 to 2099';
  return label.length > maximumLabel ? `its label is longer than ${String(maximumLabel)}` : null;
};
