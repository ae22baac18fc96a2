import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { messageOf, Problem } from '../platform/problem.ts';
import { endProcess } from './end-process.ts';

export type ChildOptions = {
  /** As people call it: "PostgreSQL". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** What it prints is appended here. */
  readonly logFile: string;
  /** The signal that lets it end well. */
  readonly stopSignal?: NodeJS.Signals;
  readonly stopTimeoutMs?: number;
  /** Each line of its stdout; without this, stdout goes to the log. */
  readonly onLine?: (line: string) => void;
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type Child = {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  readonly hasExited: () => boolean;
  /** Ends it; safe to call more than once. */
  readonly stop: () => Promise<void>;
};

let reaper: ChildProcess | undefined;

/** One small process that outlives us for as long as it takes to end our children. See reaper.ts. */
const tellReaper = (line: object): void => {
  if (!reaper) {
    reaper = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'reaper.ts')],
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true },
    );
    reaper.unref();
    reaper.stdin?.on('error', () => undefined);
    // The pipe must not keep this process alive. It is a socket, though its type does not say so.
    (reaper.stdin as unknown as { unref(): void }).unref();
  }
  reaper.stdin?.write(`${JSON.stringify(line)}\n`);
};

export const tailOf = (logFile: string, lines = 12): string => {
  try {
    return readFileSync(logFile, 'utf8').trim().split('\n').slice(-lines).join('\n');
  } catch (error) {
    return messageOf(error);
  }
};

/** Starts a process of its own group, which ends with this one whatever happens to this one. */
export const startChild = async (options: ChildOptions): Promise<Child> => {
  const { name, logFile, onLine, stopSignal = 'SIGTERM', stopTimeoutMs = 8000 } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: process.platform !== 'win32',
    windowsHide: true,
    // A child that watches its stdin notices the end of this process by itself.
    stdio: ['pipe', onLine ? 'pipe' : log, log],
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  closeSync(log);
  child.stdin?.on('error', () => undefined);
  if (onLine && child.stdout) createInterface({ input: child.stdout }).on('line', onLine);

  let ended = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      if (child.pid !== undefined) tellReaper({ remove: child.pid });
      resolve({ code, signal });
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(new Problem(`${name} could not be started (${options.command}).`, error.message));
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Problem(`${name} could not be started (${options.command}).`);
  tellReaper({ add: { pid, signal: stopSignal, timeoutMs: stopTimeoutMs } });

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await endProcess(pid, stopSignal, stopTimeoutMs);
    await exited;
  };
  return { name, pid, exited, hasExited: () => ended, stop: () => (stopping ??= stop()) };
};
