import type { Measure } from '../../scripts/platform/figures.ts';
import { measureJournalAppend } from '../bench/ledger/journal-append.ts';
import { measureClocks } from './ledger/clocks.ts';
import { measureDiskFull } from './ledger/disk-full.ts';
import { measureExactlyOnce } from './ledger/exactly-once.ts';
import { measureJournalKills } from './ledger/journal-kills.ts';

/** What is proven of journal, ledger and what is counted from them: one file each in tests/soak/ledger. */
export const measures: readonly Measure[] = [
  measureDiskFull,
  measureClocks,
  measureJournalKills,
  // A promise of reliability as well as a figure of the desk's speed.
  measureJournalAppend,
  measureExactlyOnce,
];
