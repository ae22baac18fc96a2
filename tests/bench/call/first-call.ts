import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf } from '../../../scripts/platform/figures.ts';
import { appPhone, uiAddress } from '../support/app-phone.ts';
import type { Centre } from '../support/centre.ts';
import type { LaunchedElectron } from '../support/launched-electron.ts';
import { memoryMb } from '../support/process-tree.ts';
import { ringMs, settleMs } from './plan.ts';

/** The first call of a fresh app; it is left alone in it. */
export const measureFirstCall = async (
  centre: Centre,
  program: LaunchedElectron,
  helloMb: number,
): Promise<readonly Figure[]> => {
  const attached = await program.attach();
  const app = appPhone(centre, await attached.page(uiAddress));
  const ringing = await app.ring(centre.numbers[0] ?? '', 'queue');
  await pause(ringMs);
  const call = await app.answer(ringing);
  await attached.detach();
  await pause(settleMs);
  const memory = memoryMb(program.pid);
  return [
    figureOf('first call, INVITE to record', call.paintedAt - call.invitedAt, 'ms', 1),
    figureOf('first call, Answer to first audio', call.heardAt - call.pressedAt, 'ms', 1),
    figureOf('memory, in a call', memory, 'MB', 1),
    figureOf('memory, hello-world with two windows', helloMb, 'MB', 1),
    figureOf('memory in a call / hello-world', memory / helloMb, '', 1, { atMost: 1.45 }),
  ];
};
