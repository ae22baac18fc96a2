import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../../scripts/platform/problem.ts';

const run = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Why this system cannot mount a file as a disk; null when it can. */
export const powerCutObstacle = (): string | null => {
  if (process.platform !== 'linux') return 'only Linux mounts a file as a disk';
  if (process.getuid?.() !== 0) return 'mounting a file as a disk takes root';
  if (!existsSync('/dev/loop-control')) return 'there is no loop device here';
  return null;
};

/** Whatever needs a disk of its own must not pass by being left out. */
export const needsOwnDisk = (): void => {
  const obstacle = powerCutObstacle();
  if (obstacle !== null) {
    throw new Problem(`Power cuts cannot be tried: ${obstacle}.`, 'Run it as root on Linux.');
  }
};

/** A disk whose power can be cut: ext4 in a file. */
export type CuttableDisk = {
  readonly folder: string;
  /** What the disk holds at this instant, mounted anew as after a power cut. */
  readonly cut: () => { readonly folder: string; readonly close: () => void };
  readonly close: () => void;
};

export const openCuttableDisk = (sizeMb = 48): CuttableDisk => {
  // In memory where there is room: the disk's own caches are what is tried, not this machine's.
  const scratch = mkdtempSync(
    join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'ringside-disk-'),
  );
  const [image, copy] = [join(scratch, 'disk.img'), join(scratch, 'after.img')];
  const [folder, after] = [join(scratch, 'disk'), join(scratch, 'after')];
  mkdirSync(folder);
  mkdirSync(after);
  run('truncate', '-s', `${String(sizeMb)}M`, image);
  run('mkfs.ext4', '-q', '-F', '-J', 'size=4', image);
  run('mount', '-o', 'loop', image, folder);
  return {
    folder,
    cut: () => {
      run('cp', '--sparse=always', image, copy);
      run('mount', '-o', 'loop', copy, after);
      return {
        folder: after,
        close: () => {
          run('umount', after);
        },
      };
    },
    close: () => {
      run('umount', folder);
      rmSync(scratch, { recursive: true, force: true });
    },
  };
};
