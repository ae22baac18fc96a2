import type { Figure, Measure } from '../../scripts/platform/figures.ts';
import { measureDiskFull } from './ledger/disk-full.ts';
import { measureExactlyOnce } from './ledger/exactly-once.ts';
import { measureJournalKills } from './ledger/journal-kills.ts';

/** What is proven of journal, ledger and what is counted from them: one file each in tests/soak/ledger. */
const measures: readonly Measure[] = [measureDiskFull, measureJournalKills, measureExactlyOnce];

export const measure: Measure = async (options) => {
  const figures: Figure[] = [];
  for (const each of measures) figures.push(...(await each(options)));
  return figures;
};
