import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf } from '../../../scripts/platform/figures.ts';
import { appPhone, uiAddress } from '../support/app-phone.ts';
import type { Centre } from '../support/centre.ts';
import type { AttachedElectron, LaunchedElectron } from '../support/launched-electron.ts';
import { renderersOf } from '../support/process-tree.ts';
import { largest, median } from '../support/statistics.ts';
import { killUiInCall } from '../support/ui-kills.ts';

const killsPerCall = 5;

/** The screen's process dies again and again while calls are on. */
export const measureScreenKills = async (
  centre: Centre,
  program: LaunchedElectron,
  attached: AttachedElectron,
  kills: number,
): Promise<readonly Figure[]> => {
  // Until the first kill: the desk's process, then the phone's.
  const enginePid = renderersOf(program.pid)[1];
  if (enginePid === undefined) throw new Error('the app has no phone');
  const backMs: number[] = [];
  let lost = 0;
  for (let done = 0; done < kills; done += killsPerCall) {
    const page = await attached.page(uiAddress);
    const app = appPhone(centre, page);
    const call = await app.answer(
      await app.ring(centre.numbers[done % centre.numbers.length] ?? '', 'extension'),
    );
    const killed = await killUiInCall(
      { pbx: centre.pbx, attached, rootPid: program.pid, enginePid },
      page,
      call,
      Math.min(killsPerCall, kills - done),
    );
    backMs.push(...killed.backMs);
    if (killed.isLost) lost += 1;
    const after = appPhone(centre, killed.page);
    if (!killed.isLost) {
      await after.hangUp(call);
      await after.completeWrapUp();
    }
  }
  const n = backMs.length;
  return [
    figureOf('calls lost by UI kills', lost, '', n, { exactly: 0 }),
    figureOf('UI kill to the same call on screen, median', median(backMs), 'ms', n),
    figureOf('UI kill to the same call on screen, slowest', largest(backMs), 'ms', n, {
      atMost: 2_000,
    }),
  ];
};
