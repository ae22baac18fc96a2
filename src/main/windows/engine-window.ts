import { BrowserWindow, type WebContents } from 'electron';
import { createLogger } from '../log/logger.ts';
import { originOf } from '../protocol/page-file.ts';
import { pagePreferences } from './page-preferences.ts';
import { createRebirth } from './rebirth.ts';

const log = createLogger('engine-window');

export type EngineWindowPorts = {
  readonly preload: string;
  readonly serve: (contents: WebContents) => void;
  /** Its process is gone, and its calls with it. */
  readonly onLost: () => void;
};

export type EngineWindow = {
  /** null while there is none. */
  readonly contents: () => WebContents | null;
  /** The engine asked for its setup: it lives. */
  readonly lives: () => void;
};

/** The phone engine's hidden window: never shown, never throttled. When it dies another one is born. */
export const openEngineWindow = (ports: EngineWindowPorts): EngineWindow => {
  const rebirth = createRebirth();
  let current: BrowserWindow | null = null;

  const create = (): void => {
    const window = new BrowserWindow({
      show: false,
      paintWhenInitiallyHidden: false,
      focusable: false,
      skipTaskbar: true,
      title: 'Ringside phone',
      webPreferences: {
        ...pagePreferences(ports.preload),
        // A hidden page's timers would run about once a second.
        backgroundThrottling: false,
        // It rings without having been clicked.
        autoplayPolicy: 'no-user-gesture-required',
      },
    });
    current = window;
    ports.serve(window.webContents);
    window.webContents.once('render-process-gone', (_event, details) => {
      current = null;
      window.destroy();
      if (details.reason === 'clean-exit') return;
      const delayMs = rebirth.nextDelayMs();
      log.error('The engine died; another one is born', { why: details.reason, delayMs });
      if (delayMs === 0) create();
      else setTimeout(create, delayMs);
      ports.onLost();
    });
    void window.loadURL(`${originOf('phone')}/index.html`).catch((thrown: unknown) => {
      log.error('The engine did not load', { why: String(thrown) });
    });
  };

  create();
  return {
    contents: () => (current === null || current.isDestroyed() ? null : current.webContents),
    lives: rebirth.useful,
  };
};
