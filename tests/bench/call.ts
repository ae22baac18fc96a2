import type { Figure, Measure } from '../../scripts/platform/figures.ts';
import { progress } from '../../scripts/platform/figures.ts';
import { measureBackToBack } from './call/back-to-back.ts';
import { measureBesideBare } from './call/beside-bare.ts';
import { measureFirstCall } from './call/first-call.ts';
import { measureHelloMemory } from './call/hello-memory.ts';
import { type Plan, plans } from './call/plan.ts';
import { measureQuietDesk } from './call/quiet-desk.ts';
import { measureScreenKills } from './call/screen-kills.ts';
import { appPhone, uiAddress } from './support/app-phone.ts';
import { serveBarePage } from './support/bare-page.ts';
import { openCentre, type Centre } from './support/centre.ts';
import { launchApp } from './support/programs.ts';

/**
 * One call in all its parts, against an Electron that shows "Hello, world" and against a bare JsSIP page, on the same
 * Electron, the same PBX and the same line.
 */

const measureApp = async (
  centre: Centre,
  plan: Plan,
  bareUrl: string,
  helloMb: number,
): Promise<readonly Figure[]> => {
  const program = await launchApp(centre, 'desk');
  try {
    const first = await program.attach();
    await appPhone(centre, await first.page(uiAddress)).signInReady();
    await first.detach();
    const quiet = await measureQuietDesk(centre, plan, program);
    progress('the first call');
    const firstCall = await measureFirstCall(centre, program, helloMb);
    const besideBare = await measureBesideBare(centre, plan, program, bareUrl);
    const attached = await program.attach();
    const app = appPhone(centre, await attached.page(uiAddress));
    progress(`${plan.backToBack} calls back to back`);
    const backToBack = await measureBackToBack(centre, app, plan.backToBack);
    progress(`${plan.kills} kills of the screen in calls`);
    const kills = await measureScreenKills(centre, program, attached, plan.kills);
    await attached.detach();
    return [...quiet, ...firstCall, ...besideBare, ...backToBack, ...kills];
  } finally {
    await program.stop();
  }
};

const measureCalls: Measure = async ({ quick }) => {
  const plan = plans[quick ? 'quick' : 'full'];
  progress('starting the centre');
  const centre = await openCentre();
  try {
    const bare = await serveBarePage(centre.scratch);
    try {
      const helloMb = await measureHelloMemory(centre);
      return await measureApp(centre, plan, bare.url, helloMb);
    } finally {
      bare.close();
    }
  } finally {
    await centre.stop();
  }
};

export const measures: readonly Measure[] = [measureCalls];
