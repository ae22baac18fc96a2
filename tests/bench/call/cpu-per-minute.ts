import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds } from '../support/process-tree.ts';
import { nowMs } from '../support/sip-tap.ts';

/** Processor seconds per minute that this program and its children use. */
export const cpuPerMinute = async (pid: number, seconds: number): Promise<number> => {
  const before = cpuSeconds(pid);
  const startedAt = nowMs();
  await pause(seconds * 1_000);
  return ((cpuSeconds(pid) - before) * 60_000) / (nowMs() - startedAt);
};
