import type { Page } from 'playwright';

/** Times (epoch ms, this machine's clock) taken inside the page, free of the driver's own delays. */
export type ProbeReading = {
  /** The last press of each button, by accessible name. */
  readonly pressed: Readonly<Record<string, number>>;
  /** When each watched selector first fitted. */
  readonly appeared: Readonly<Record<string, number>>;
};

/** Reads what the probe has seen so far. */
export type ReadProbe = () => Promise<ProbeReading>;

/** Runs in the page; it must not refer to anything outside itself. */
const install = (watched: Readonly<Record<string, readonly string[]>>): void => {
  const reading = {
    pressed: {} as Record<string, number>,
    appeared: {} as Record<string, number>,
  };
  const now = (): number => performance.timeOrigin + performance.now();
  const look = (): void => {
    for (const [name, selectors] of Object.entries(watched)) {
      if (name in reading.appeared) continue;
      if (selectors.every((selector) => document.querySelector(selector) !== null)) {
        reading.appeared[name] = now();
      }
    }
  };
  document.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      const name = button?.getAttribute('aria-label') ?? button?.textContent ?? '';
      reading.pressed[name.trim()] = now();
    },
    { capture: true },
  );
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-call-state', 'data-match'],
  });
  look();
  Object.assign(window, { timingProbe: reading });
};

/** Watches for sets of selectors that have to be there together, and for presses of buttons. */
export const probePage = async (
  page: Page,
  watched: Readonly<Record<string, readonly string[]>>,
): Promise<ReadProbe> => {
  await page.evaluate(install, watched);
  return () =>
    page.evaluate(() => (window as unknown as { timingProbe: ProbeReading }).timingProbe);
};
