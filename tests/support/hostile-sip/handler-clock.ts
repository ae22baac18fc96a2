import type { Page } from 'playwright';

/** How long the page was busy with each message, as its WebSocket hands them out. */
export type HandlerClock = {
  /** How many messages were handled since the last call, how long the slowest took, and those that took long. */
  readonly read: () => Promise<{
    readonly handled: number;
    readonly longestMs: number;
    readonly slow: readonly string[];
  }>;
  /** Errors that nobody caught. */
  readonly uncaught: () => readonly string[];
};

type ClockWindow = {
  handlerClock: { handled: number; longestMs: number; slow: string[] };
  engineTest: { traffic: { push(): number } };
  engineReport(name: string, report: unknown): Promise<void>;
};

/** Runs in the page. Serialised: it sees nothing of this file. */
const install = (slowMs: number) => {
  const target = window as unknown as ClockWindow;
  const clock = { handled: 0, longestMs: 0, slow: [] as string[] };
  target.handlerClock = clock;
  // What is kept for short tests would fill the memory in long ones.
  target.engineTest.traffic = Object.assign([], { push: () => 0 });
  const report = target.engineReport.bind(window);
  target.engineReport = (name, body) =>
    name === 'engine.log' && (body as { level: string }).level !== 'error'
      ? Promise.resolve()
      : report(name, body);
  const native = Object.getPrototypeOf(window.WebSocket) as typeof WebSocket;
  const original = Object.getOwnPropertyDescriptor(native.prototype, 'onmessage') ?? {};
  const Timed = class extends native {};
  Object.defineProperty(Timed.prototype, 'onmessage', {
    configurable: true,
    set(this: WebSocket, handler: ((event: MessageEvent) => void) | null) {
      const timed = (event: MessageEvent) => {
        const begunAt = performance.now();
        handler?.(event);
        const tookMs = performance.now() - begunAt;
        clock.handled += 1;
        clock.longestMs = Math.max(clock.longestMs, tookMs);
        if (tookMs > slowMs) clock.slow.push(String(event.data));
      };
      original.set?.call(this, handler === null ? null : timed);
    },
  });
  window.WebSocket = Timed;
};

/** From the next connection of the page on. */
export const clockHandlers = async (page: Page, slowMs: number): Promise<HandlerClock> => {
  const uncaught: string[] = [];
  page.on('pageerror', (error) => uncaught.push(String(error)));
  await page.evaluate(install, slowMs);
  return {
    read: () =>
      page.evaluate(() => {
        const { handlerClock } = window as unknown as ClockWindow;
        const read = { ...handlerClock };
        Object.assign(handlerClock, { handled: 0, longestMs: 0, slow: [] });
        return read;
      }),
    uncaught: () => uncaught,
  };
};
