import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { eventually } from '../../../scripts/headless/timeline.ts';
import { uiAddress } from './app-phone.ts';
import type { Centre } from './centre.ts';
import type { LaunchedElectron } from './launched-electron.ts';
import { appLog, helloAddress, launchApp, launchPlain } from './programs.ts';

/** From the start of the process to the first frame with content, ms. */
const firstContentMs = async (page: Page, { startedAt }: LaunchedElectron): Promise<number> => {
  const paintedAt = await page.evaluate(async () => {
    for (;;) {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      if (paint !== undefined) return performance.timeOrigin + paint.startTime;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  return paintedAt - startedAt;
};

/** Epoch ms at which the app showed its window, read from its log. */
const shownAt = async (logPath: string, since: number): Promise<number> =>
  eventually(
    'the app showing its window',
    () => {
      const lines = existsSync(logPath) ? readFileSync(logPath, 'utf8').trim().split('\n') : [];
      const last = lines.findLast((line) => line.includes('"message":"Shown"'));
      const at = last === undefined ? 0 : Date.parse((JSON.parse(last) as { at: string }).at);
      return at >= since - 1 ? at : null;
    },
    { timeoutMs: 20_000 },
  );

/**
 * Until the sign-in form is on screen and takes input: its first frame is painted (the page paints nothing before the
 * form) and its window is shown, whichever is later. Nobody is attached while it starts.
 */
export const timeAppStart = async (centre: Centre): Promise<number> => {
  const started = await launchApp(centre, 'start-up');
  try {
    const shown = await shownAt(appLog(centre, 'start-up'), started.startedAt);
    await pause(200);
    const attached = await started.attach();
    const page = await attached.page(uiAddress);
    const painted = await firstContentMs(page, started);
    const isUsable = await page.getByRole('button', { name: 'Sign in', exact: true }).isEnabled();
    await attached.detach();
    if (!isUsable) throw new Error('the sign-in form takes no input');
    return Math.max(painted, shown - started.startedAt);
  } finally {
    await started.stop();
  }
};

export const timePlainStart = async (centre: Centre): Promise<number> => {
  const started = await launchPlain(centre, 'hello', { windows: 2 });
  try {
    await pause(800);
    const attached = await started.attach();
    const painted = await firstContentMs(await attached.page(helloAddress), started);
    await attached.detach();
    return painted;
  } finally {
    await started.stop();
  }
};
