import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

/** A disk for one profile, in memory, that can be filled to its last byte. Linux, as root. */
export type SmallDisk = {
  readonly folder: string;
  /** Nothing can be written any more, not even to the journal of this profile in the folder. */
  readonly fill: (profile: string) => void;
  readonly free: () => void;
  readonly close: () => void;
};

/** Several times what a profile holds after some hours. */
const sizeMb = 160;
const blockBytes = 4_096;
const busyTries = 20;

const run = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
};

/** What was written ahead goes to its place: the room it had would be written over, on a disk however full. */
const emptyWriteAhead = (journal: string): void => {
  const database = new DatabaseSync(journal);
  try {
    for (let tries = 0; tries < busyTries; tries += 1) {
      const done = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
      if (done.busy === 0) return;
    }
    throw new Error('the journal is never at rest');
  } finally {
    database.close();
  }
};

const fillUp = (path: string): void => {
  const file = openSync(path, 'w');
  try {
    for (const bytes of [1_048_576, blockBytes]) {
      const block = Buffer.alloc(bytes);
      try {
        for (;;) if (writeSync(file, block) < bytes) break;
      } catch {
        // There is no room for as much.
      }
    }
  } finally {
    closeSync(file);
  }
};

export const openSmallDisk = (): SmallDisk => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-small-'));
  run('mount', '-t', 'tmpfs', '-o', `size=${String(sizeMb)}m`, 'ringside-small', folder);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (profile) => {
      emptyWriteAhead(join(profile, 'journal.sqlite'));
      fillUp(ballast);
    },
    free: () => rmSync(ballast, { force: true }),
    close: () => {
      // The program may let go of it a moment later.
      run('umount', '--lazy', folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
