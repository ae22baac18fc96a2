import type { DeskApp } from './desk-app.ts';

/** Runs in each new page, before its own scripts: notes when a call is first shown (epoch ms), without the driver's delays. */
const noteFirstCall = (): void => {
  const look = (): void => {
    if (document.querySelector('[data-call-id]') === null) return;
    watch.disconnect();
    // After the frame in which it is painted.
    requestAnimationFrame(() => {
      Object.assign(window, { callShownAt: performance.timeOrigin + performance.now() });
    });
  };
  const watch = new MutationObserver(look);
  watch.observe(document, { subtree: true, childList: true });
};

/** Before a window dies: the next one notes when its call stands there. */
export const noteWhenShown = ({ app }: DeskApp): Promise<unknown> =>
  app.context().addInitScript(noteFirstCall);

/** Epoch ms; in a window that was opened after `noteWhenShown`. */
export const callShownAt = async ({ desk }: DeskApp): Promise<number> => {
  await desk.page.waitForFunction(() => 'callShownAt' in window);
  return desk.page.evaluate(() => (window as unknown as { callShownAt: number }).callShownAt);
};
