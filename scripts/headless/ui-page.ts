import type { ElectronApplication, Page } from 'playwright';
import { eventually } from './timeline.ts';

const isUi = (page: Page): boolean => page.url().startsWith('app://ui') && !page.isClosed();

/**
 * The window that the agent sees, among the app's windows; not `except`, which is dead. It is looked for again and
 * again: a window is reported before it has its address.
 */
export const uiPage = async (app: ElectronApplication, except?: Page): Promise<Page> => {
  const page = await eventually(
    "the app's window",
    () => app.windows().find((candidate) => candidate !== except && isUi(candidate)) ?? null,
    { timeoutMs: 30_000, everyMs: 20 },
  );
  await page.waitForLoadState('domcontentloaded');
  return page;
};
