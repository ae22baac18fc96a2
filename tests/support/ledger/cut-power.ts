import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../seeded-random.ts';
import { flawsOfJournal, type Promised, startWriter } from './journal-writing.ts';
import { openCuttableDisk } from './power-cut.ts';

/** How many events were promised before the journal's writer died, and what of the promise was broken. */
export type Died = { readonly promised: number; readonly flaws: readonly string[] };

export const nothingYet = (): Promised => ({ written: new Set(), settled: new Set() });

/** The disk loses its power while the journal is written: what had reached it is all there is. */
export const cutPower = async (seed: number): Promise<Died> => {
  const random = seededRandom(seed);
  const disk = openCuttableDisk();
  try {
    const promised = nothingYet();
    const { child, heard } = await startWriter(join(disk.folder, 'j.sqlite'), seed, promised);
    await pause(20 + random() * 500);
    child.kill('SIGKILL');
    const after = disk.cut();
    await heard;
    try {
      const flaws = flawsOfJournal(join(after.folder, 'j.sqlite'), promised);
      return { promised: promised.written.size, flaws };
    } finally {
      after.close();
    }
  } finally {
    disk.close();
  }
};
