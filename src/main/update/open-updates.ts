import { app, powerMonitor } from 'electron';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import { deskAtWork } from './desk-at-work.ts';
import { createUpdates, type Updates } from './updates.ts';

/** Linux: the file that this program was started from, where it is one that can be replaced. */
export const appImage = (): string | null => {
  const path = process.env['APPIMAGE'];
  return process.platform === 'linux' && path?.startsWith('/') === true ? path : null;
};

/** New versions, tied to Electron. What downloads them is loaded when there is a feed, and not before. */
export const openUpdates = (ports: {
  readonly store: DeskStore;
  readonly phone: () => PhoneSnapshot;
  readonly feed: string | null;
  readonly restart: () => void;
}): Updates =>
  createUpdates({
    store: ports.store,
    atWork: () => deskAtWork(ports.store.snapshot(), ports.phone()),
    feed: ports.feed,
    // What a system's own packages installed is kept up to date by the system.
    isReplaceable: process.platform === 'linux' ? appImage() !== null : app.isPackaged,
    load: async (feed) => (await import('./updater.ts')).openUpdater(feed, appImage()),
    unusedMs: () => powerMonitor.getSystemIdleTime() * 1_000,
    restart: ports.restart,
    wallNow: Date.now,
    random: Math.random,
    setTimer: (run, afterMs) => {
      const timer = setTimeout(run, afterMs);
      timer.unref();
      return () => clearTimeout(timer);
    },
  });
