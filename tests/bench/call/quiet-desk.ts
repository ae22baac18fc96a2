import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf, progress } from '../../../scripts/platform/figures.ts';
import type { Centre } from '../support/centre.ts';
import type { LaunchedElectron } from '../support/launched-electron.ts';
import { memoryMb } from '../support/process-tree.ts';
import { nowMs } from '../support/sip-tap.ts';
import { cpuPerMinute } from './cpu-per-minute.ts';
import type { Plan } from './plan.ts';
import { settleMs } from './plan.ts';
import { measureStarts } from './starts.ts';

const quietAfterMs = 62_000;

/** An agent who is ready and has nothing to do, with nobody attached; starts are timed while the desk grows quiet. */
export const measureQuietDesk = async (
  centre: Centre,
  plan: Plan,
  program: LaunchedElectron,
): Promise<readonly Figure[]> => {
  const readyAt = nowMs();
  await pause(settleMs);
  const memory = memoryMb(program.pid);
  // Meanwhile the desk grows quiet: its clocks count seconds in the first minute.
  progress(`${plan.starts} starts, in turns with hello-world`);
  const starts = await measureStarts(centre, plan.starts);
  await pause(Math.max(0, readyAt + quietAfterMs - nowMs()));
  progress(`idle for ${plan.idleSeconds} s`);
  const cpu = await cpuPerMinute(program.pid, plan.idleSeconds);
  return [
    ...starts,
    figureOf('memory, signed in and idle', memory, 'MB', 1),
    figureOf(
      plan.idleSeconds < 60 ? `CPU idle (from ${plan.idleSeconds} s)` : 'CPU idle',
      cpu,
      's/min',
      1,
      { atMost: 0.5 },
    ),
  ];
};
