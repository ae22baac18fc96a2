import type { Figure } from '../../../scripts/platform/figures.ts';
import { progress } from '../../../scripts/platform/figures.ts';
import { appPhone, uiAddress } from '../support/app-phone.ts';
import type { Centre } from '../support/centre.ts';
import type { LaunchedElectron } from '../support/launched-electron.ts';
import { attachBare, openBare } from './bare-call.ts';
import { measureCallCpu } from './in-call-cpu.ts';
import type { Plan } from './plan.ts';
import { measureRounds, roundFigures } from './rounds.ts';

/** Beside the bare phone: the processor's work in a call, then calls in turns. */
export const measureBesideBare = async (
  centre: Centre,
  plan: Plan,
  program: LaunchedElectron,
  pageUrl: string,
): Promise<readonly Figure[]> => {
  const opened = await openBare(centre, pageUrl);
  try {
    progress(`in a call for ${plan.inCallSeconds} s, beside the bare phone`);
    const cpu = await measureCallCpu(centre, program.pid, opened, plan.inCallSeconds);
    const bare = await attachBare(opened.program, pageUrl);
    await bare.phone.end();
    const attached = await program.attach();
    const app = appPhone(centre, await attached.page(uiAddress));
    await app.endCall();
    progress(`${plan.calls} queue calls, direct calls and calls of the bare phone in turns`);
    const rounds = await measureRounds(centre, app, bare.phone, plan.calls);
    await attached.detach();
    return [...cpu, ...roundFigures(rounds)];
  } finally {
    await opened.program.stop();
  }
};
