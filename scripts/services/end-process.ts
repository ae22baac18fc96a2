import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 20;

/** `id` below zero means the whole process group. */
const signalled = (id: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(id, signal);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** A zombie still answers to signals; nobody waits for it but its parent. */
const isZombie = (pid: number): boolean => {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true; // gone since
  }
};

export const isAlive = (pid: number): boolean => signalled(pid, 0) && !isZombie(pid);

const waitUntilGone = async (pid: number, timeoutMs: number): Promise<boolean> => {
  const giveUpAt = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() > giveUpAt) return false;
    await pause(POLL_MS);
  }
  return true;
};

/**
 * Asks a process to end, waits, then ends it and its whole group by force. The process must lead its own group.
 */
export const endProcess = async (
  pid: number,
  signal: NodeJS.Signals,
  timeoutMs: number,
): Promise<void> => {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  if (isAlive(pid)) {
    signalled(pid, signal);
    await waitUntilGone(pid, timeoutMs);
  }
  // Helpers that outlived their leader (Chromium's, PostgreSQL's) go with the group.
  signalled(-pid, 'SIGKILL');
  await waitUntilGone(pid, 2000);
};

/** The command line of a living process, or '' when it cannot be known. */
export const commandLineOf = (pid: number): string => {
  if (!isAlive(pid)) return '';
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return ''; // gone since
    }
  }
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
};

/** Ends what an earlier run left behind, if the process with this id really is what it is taken for. */
export const endLeftover = async (
  pidFile: string,
  belongs: (commandLine: string) => boolean,
  signal: NodeJS.Signals,
): Promise<boolean> => {
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  } catch {
    return false; // no file: nothing was left behind
  }
  if (!Number.isInteger(pid) || pid <= 1 || !belongs(commandLineOf(pid))) return false;
  await endProcess(pid, signal, 10_000);
  return true;
};
