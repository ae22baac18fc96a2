import type { Page } from 'playwright';
import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';

/** What one call did on the screen; epoch ms. */
export type ShownCall = {
  readonly callId: string;
  /** The call rings and the customer's record is there: in the document. */
  readonly poppedAt: number;
  /** The first frame after that. */
  readonly paintedAt: number;
};

type Probe = {
  readonly nextCall: () => Promise<ShownCall>;
  readonly pressedAt: Record<string, number>;
  /** When the phone said that the call has ended, and the frame that shows it. */
  readonly idleAt: Record<string, number>;
  readonly endShownAt: Record<string, number>;
};
type ProbedWindow = { readonly deskProbe: Probe; readonly ringside: UiBridge };

/** Runs in the page; it must not refer to anything outside itself. */
const install = (): void => {
  const now = (): number => performance.timeOrigin + performance.now();
  const seen = new Set<string>();
  const found: ShownCall[] = [];
  const waiting: ((call: ShownCall) => void)[] = [];
  const pressedAt: Record<string, number> = {};
  const idleAt: Record<string, number> = {};
  const endShownAt: Record<string, number> = {};
  const lookForEnds = (): void => {
    for (const call of document.querySelectorAll<HTMLElement>('[data-call-state="ended"]')) {
      const { callId = '' } = call.dataset;
      if (callId in endShownAt) continue;
      endShownAt[callId] = Number.NaN;
      requestAnimationFrame(() => {
        endShownAt[callId] = now();
      });
    }
  };
  const look = (): void => {
    lookForEnds();
    const pane = document.querySelector<HTMLElement>('[aria-label="Customer"][data-for-call]');
    const callId = pane?.dataset['forCall'];
    if (pane === null || callId === undefined || seen.has(callId)) return;
    if (pane.dataset['match'] === 'looking' || pane.querySelector('h2') === null) return;
    if (document.querySelector(`[data-call-id="${callId}"][data-call-state="offered"]`) === null)
      return;
    seen.add(callId);
    const poppedAt = now();
    requestAnimationFrame(() => {
      const call = { callId, poppedAt, paintedAt: now() };
      const next = waiting.shift();
      if (next === undefined) found.push(call);
      else next(call);
    });
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-call-state', 'data-match', 'data-for-call'],
  });
  document.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      const name = button?.getAttribute('aria-label') ?? button?.textContent ?? '';
      pressedAt[name.trim()] = now();
    },
    { capture: true },
  );
  (window as unknown as ProbedWindow).ringside.on('phone.changed', ({ calls }) => {
    for (const { callId, state } of calls) if (state === 'ended') idleAt[callId] ??= now();
  });
  const deskProbe: Probe = {
    pressedAt,
    idleAt,
    endShownAt,
    nextCall: () =>
      new Promise((resolve) => {
        const call = found.shift();
        if (call === undefined) waiting.push(resolve);
        else resolve(call);
      }),
  };
  Object.assign(window, { deskProbe });
};

export type DeskProbe = {
  /** The next call that rings on the screen with its customer's record. */
  readonly nextCall: () => Promise<ShownCall>;
  /** When this button was pressed last, by its accessible name. */
  readonly pressedAt: (button: string) => Promise<number>;
  /** Epoch ms: the phone says that the call has ended; the frame that shows it. */
  readonly ended: (
    callId: string,
  ) => Promise<{ readonly idleAt: number; readonly shownAt: number }>;
};

/** Watches the desk from within its page, free of the driver's own delays. */
export const probeDesk = async (page: Page): Promise<DeskProbe> => {
  await page.evaluate(install);
  return {
    nextCall: () => page.evaluate(() => (window as unknown as ProbedWindow).deskProbe.nextCall()),
    pressedAt: (button) =>
      page.evaluate(
        (name) => (window as unknown as ProbedWindow).deskProbe.pressedAt[name] ?? Number.NaN,
        button,
      ),
    ended: async (callId) => {
      await page.waitForFunction(
        (id) => ((window as unknown as ProbedWindow).deskProbe.endShownAt[id] ?? 0) > 0,
        callId,
      );
      return page.evaluate((id) => {
        const { idleAt, endShownAt } = (window as unknown as ProbedWindow).deskProbe;
        return { idleAt: idleAt[id] ?? Number.NaN, shownAt: endShownAt[id] ?? Number.NaN };
      }, callId);
    },
  };
};
