import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../platform/problem.ts';
import { isAlive } from './end-process.ts';

type Owner = { readonly pid: number; readonly startedAt: string; readonly processBirth: string };

/** Tells a process from a later one with the same id; '' where the system does not say. */
const birthOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): field 22 is the start time in clock ticks since boot; the name in field 2 may hold anything.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${ticks}`;
  } catch {
    return ''; // not Linux
  }
};

const readOwner = (file: string): Owner | undefined => {
  try {
    // Written by this file only; anything else counts as stale.
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Owner;
    return Number.isInteger(owner.pid) ? owner : undefined;
  } catch {
    return undefined; // gone, or cut short by a crash
  }
};

const holds = (owner: Owner): boolean =>
  isAlive(owner.pid) && owner.processBirth === birthOf(owner.pid);

/** Makes sure that one process at a time works on a data folder. Returns the way to let go. */
export const lockData = (dataDir: string): (() => void) => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'lock.json');
  const draft = join(dataDir, `.lock-${process.pid}`);
  const mine: Owner = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    processBirth: birthOf(process.pid),
  };
  writeFileSync(draft, `${JSON.stringify(mine)}\n`);
  try {
    for (;;) {
      try {
        linkSync(draft, file);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = readOwner(file);
      if (owner && holds(owner)) {
        throw new Problem(
          `Ringside is already running on ${dataDir} (process ${owner.pid}, since ${owner.startedAt}).`,
          'Stop that one first, or choose another folder: --data DIR',
        );
      }
      // Moved aside under a name of our own, so that two starts cannot both remove what the other has just taken.
      const stale = join(dataDir, `.stale-lock-${process.pid}`);
      try {
        const before = statSync(file).ino;
        renameSync(file, stale);
        if (statSync(stale).ino !== before) linkSync(stale, file);
        unlinkSync(stale);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true });
  };
};
