import { boundsOf } from '../recurrence.ts';
import type { BoundedDraft, ReadFile, ReadOptions } from './draft.ts';
import { readCsv } from './read-csv.ts';
import { readIcalendar } from './read-icalendar.ts';

/** Characters; what `POST /shifts/import` takes as well. */
export const maximumFile = 2_000_000;

export type Schedule = Pick<ReadFile, 'bad'> & {
  readonly format: 'csv' | 'icalendar';
  readonly drafts: readonly BoundedDraft[];
};

/** A file of either format, told apart by how it begins. */
export const readSchedule = (content: string, options: ReadOptions): Schedule => {
  const isCalendar = /^\uFEFF?\s*BEGIN:VCALENDAR/iu.test(content);
  const format = isCalendar ? 'icalendar' : 'csv';
  if (content.length > maximumFile) {
    return { format, drafts: [], bad: [{ line: 0, why: 'the file is too large' }] };
  }
  const read = isCalendar
    ? readIcalendar(content.replace(/^\uFEFF?\s*/u, ''), options)
    : readCsv(content, options);
  const drafts = read.drafts.map((draft) => ({ ...draft, bounds: boundsOf(draft.entry) }));
  return { format, drafts, bad: read.bad };
};
