import type { Measure } from '../../scripts/platform/figures.ts';
import { measureBoard } from './ledger/board.ts';
import { measureIngest } from './ledger/ingest.ts';
import { measureJournalAppend } from './ledger/journal-append.ts';
import { measureReports } from './ledger/reports.ts';

/** What is measured of journal, ledger and what is counted from them: one file each in tests/bench/ledger. */
export const measures: readonly Measure[] = [
  measureJournalAppend,
  measureIngest,
  measureBoard,
  measureReports,
];
