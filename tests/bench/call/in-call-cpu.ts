import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf } from '../../../scripts/platform/figures.ts';
import type { Centre } from '../support/centre.ts';
import { type OpenBare, ringBare } from './bare-call.ts';
import { cpuPerMinute } from './cpu-per-minute.ts';
import { settleMs } from './plan.ts';

/** Both in a call with nobody attached, at the same time: whatever else this machine does slows both down. */
export const measureCallCpu = async (
  centre: Centre,
  appPid: number,
  bare: OpenBare,
  seconds: number,
): Promise<readonly Figure[]> => {
  await ringBare(centre, bare.phone, centre.numbers.at(-1) ?? '');
  await bare.attached.detach();
  await pause(settleMs);
  const [ours, theirs] = await Promise.all([
    cpuPerMinute(appPid, seconds),
    cpuPerMinute(bare.program.pid, seconds),
  ]);
  return [
    figureOf('CPU in a call', ours, 's/min', 1),
    figureOf('CPU in a call, bare', theirs, 's/min', 1),
    figureOf('CPU in a call / bare', ours / theirs, '', 1, { atMost: 1.3 }),
  ];
};
