import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { createBodyCipher } from '../../../src/main/journal/body-cipher.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import { factAt, flawsOfJournal, writerAgentId } from '../../support/ledger/journal-writing.ts';
import { needsOwnDisk } from '../../support/ledger/power-cut.ts';

const run = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
};

/** A disk without an inch of room: what was promised before stays, nothing is promised meanwhile, then it goes on. */
const fillDisk = (folder: string): readonly string[] => {
  const path = join(folder, 'j.sqlite');
  const promised = { written: new Set<number>(), settled: new Set<number>() };
  const journal = openJournal(path, createBodyCipher(new Uint8Array(32).fill(7)), Date.now());
  const flaws: string[] = [];
  let index = 0;
  const append = (count: number): number => {
    let refused = 0;
    for (const last = index + count; index < last;) {
      index += 1;
      const entry = { agentId: writerAgentId, drafts: [], writtenAt: index, offsetMs: 0 };
      if (journal.append({ ...entry, facts: [factAt(index)] }).ok) promised.written.add(index);
      else refused += 1;
    }
    return refused;
  };
  append(200);
  const ballast = join(folder, 'ballast');
  try {
    writeFileSync(ballast, Buffer.alloc(64 * 1024 * 1024));
  } catch {
    // As much of it as there is room for.
  }
  const refused = append(2_000);
  if (refused === 0) flaws.push('a full disk refused nothing');
  if (journal.problem() !== 'disk_full') flaws.push(`the word is ${String(journal.problem())}`);
  if (journal.waitingOf(writerAgentId, 5).length !== 5) flaws.push('it cannot be read meanwhile');
  rmSync(ballast);
  journal.probe();
  if (journal.problem() !== null) flaws.push('it does not recover by itself');
  if (append(200) > 0) flaws.push('it does not go on');
  journal.close();
  return [...flaws, ...flawsOfJournal(path, promised)];
};

/** The journal on a disk that is full. */
export const measureDiskFull: Measure = () => {
  needsOwnDisk();
  progress('a full disk');
  const folder = mkdtempSync(join(tmpdir(), 'ringside-full-'));
  run('mount', '-t', 'tmpfs', '-o', 'size=16m', 'ringside-full', folder);
  try {
    const flaws = fillDisk(folder);
    for (const flaw of flaws) progress(flaw);
    const figure = figureOf('what goes wrong on a full disk', flaws.length, '', 1, { exactly: 0 });
    return Promise.resolve([figure]);
  } finally {
    // The database may be let go of a moment later.
    run('umount', '--lazy', folder);
    rmSync(folder, { recursive: true, force: true });
  }
};
