import type { JournalProblem } from '../../shared/ipc/desk.ts';

/** What SQLite and the file system say, in the words that the desk has for it. */
const words: readonly (readonly [RegExp, JournalProblem])[] = [
  [/disk is full|ENOSPC|EDQUOT/iu, 'disk_full'],
  [/locked|busy/iu, 'in_use'],
  [/readonly|read-only|permission|EACCES|EROFS/iu, 'read_only'],
  [/journal's key/iu, 'no_key'],
];

export const journalProblemOf = (why: string): JournalProblem =>
  words.find(([pattern]) => pattern.test(why))?.[1] ?? 'failed';
