import { statfs, unlink, writeFile } from 'node:fs/promises';
import { cpus, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { MachineMeasured } from '../../shared/domain/shift-check/measured.ts';
import { vpnNames } from '../../shared/domain/shift-check/vpn.ts';
import { createLogger, reasonOf } from '../log/logger.ts';

const log = createLogger('check');

/** Looks at the machine from now on; what it found is answered when the check is over. */
export type MachineLook = {
  readonly end: () => Promise<MachineMeasured>;
  readonly stop: () => void;
};

type Times = { readonly idle: number; readonly all: number };

const processorTimes = (): Times => {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { idle, all };
};

const busyBetween = (before: Times, after: Times): number | null => {
  const all = after.all - before.all;
  if (all <= 0) return null;
  return Math.min(100, Math.max(0, 100 * (1 - (after.idle - before.idle) / all)));
};

const lookEveryMs = 250;
const megabyte = 1_048_576;

const freeMegabytesOf = async (folder: string): Promise<number | null> => {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / megabyte);
  } catch (error) {
    log.warn('Free space is not known', { why: reasonOf(error) });
    return null;
  }
};

/** A file of its own is written, made safe and taken away again. */
const isWritable = async (folder: string): Promise<boolean> => {
  const path = join(folder, 'shift-check.tmp');
  try {
    await writeFile(path, 'written by the check of a shift\n', { mode: 0o600, flush: true });
    await unlink(path);
    return true;
  } catch (error) {
    log.warn('The profile cannot be written', { why: reasonOf(error) });
    return false;
  }
};

export const lookAtMachine = (ports: {
  readonly folder: string;
  /** The journal says so itself. */
  readonly journalWorks: () => boolean;
  /** This machine's clock from the server's, ms; null: not known. */
  readonly clockOffMs: () => number | null;
  readonly monotonicMs: () => number;
}): MachineLook => {
  const { folder, monotonicMs } = ports;
  const before = processorTimes();
  let lateMs = 0;
  let lookedAt = monotonicMs();
  const timer = setInterval(() => {
    const now = monotonicMs();
    lateMs = Math.max(lateMs, now - lookedAt - lookEveryMs);
    lookedAt = now;
  }, lookEveryMs);
  const stop = (): void => clearInterval(timer);
  return {
    stop,
    end: async () => {
      stop();
      const [freeMegabytes, writable] = await Promise.all([
        freeMegabytesOf(folder),
        isWritable(folder),
      ]);
      return {
        busyPercent: busyBetween(before, processorTimes()),
        lateMs: Math.min(3_600_000, Math.round(lateMs)),
        freeMegabytes,
        writable: writable && ports.journalWorks(),
        clockOffMs: ports.clockOffMs(),
        vpn: [...vpnNames(networkInterfaces())],
      };
    },
  };
};
