import { useSyncExternalStore } from 'react';
import { serverNow } from '../bridge/clock.ts';

/** One timer for all clocks of a period; it stands still while nobody looks. */
const createTicker = (periodMs: number) => {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let now = serverNow();

  const tick = (): void => {
    now = serverNow();
    for (const listener of listeners) listener();
    schedule();
  };
  const schedule = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (listeners.size === 0 || document.hidden) return;
    timer = setTimeout(tick, periodMs - (serverNow() % periodMs) + 2);
  };
  document.addEventListener('visibilitychange', () => {
    if (listeners.size > 0 && !document.hidden) tick();
    else schedule();
  });

  return {
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      if (listeners.size === 1) {
        now = serverNow();
        schedule();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) schedule();
      };
    },
    now: (): number => now,
  };
};

const seconds = createTicker(1_000);
const minutes = createTicker(60_000);
const stopped = { subscribe: () => () => undefined, now: () => 0 };

/** Epoch ms of the server's clock, renewed at the turn of each second or minute while the window is visible. */
export const useNow = (every: 'second' | 'minute'): number => {
  const ticker = every === 'second' ? seconds : minutes;
  return useSyncExternalStore(ticker.subscribe, ticker.now);
};

/** As `useNow`, for a clock that may have stopped. */
export const useNowWhile = (running: boolean): number => {
  const ticker = running ? seconds : stopped;
  return useSyncExternalStore(ticker.subscribe, ticker.now);
};
