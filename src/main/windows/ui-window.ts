import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import { createLogger } from '../log/logger.ts';
import { originOf } from '../protocol/page-file.ts';
import { pagePreferences } from './page-preferences.ts';
import { createRebirth } from './rebirth.ts';
import { placeOnScreens, smallest, type WindowPlace } from './window-place.ts';

const log = createLogger('ui-window');
/** Shown by then, painted or not: a page that hangs must not leave the user with nothing. */
const shownAtLatestMs = 1_500;
const placeKeptAfterMs = 500;
/** A browser that runs shows a page by then. Whoever goes there by themselves meanwhile has to do so twice. */
const focusKeptMs = 3_000;

export type UiWindowPorts = {
  readonly preload: string;
  readonly icon: string;
  readonly place: () => WindowPlace | null;
  readonly keepPlace: (place: WindowPlace) => void;
  readonly serve: (contents: WebContents) => void;
  /** The user closed it. The window stays until the program quits. */
  readonly onClose: () => void;
  readonly onShown: () => void;
};

export type UiWindow = {
  readonly contents: () => WebContents;
  readonly window: () => BrowserWindow;
  /** The page asked for its state: it lives. */
  readonly pageLives: () => void;
  /** Brings it to the front; only the user's own wish is a reason to take the focus. */
  readonly show: () => void;
  /** Beside what is in front, without the focus. */
  readonly showInactive: () => void;
  readonly hide: () => void;
  readonly isFocused: () => boolean;
  /** What opens in the next moment takes the focus from this window no longer than for a blink. */
  readonly keepFocus: () => void;
};

const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#141517' : '#ffffff');

const placeOf = (window: BrowserWindow): WindowPlace => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
});

/** The desk's window. When its page dies another one takes its place, where it was and as it was. */
export const openUiWindow = (ports: UiWindowPorts): UiWindow => {
  const rebirth = createRebirth();

  const create = (before: BrowserWindow | null): BrowserWindow => {
    const kept = before === null ? ports.place() : placeOf(before);
    const screens = screen.getAllDisplays().map((display) => display.workArea);
    const window = new BrowserWindow({
      ...placeOnScreens(kept, screens),
      minWidth: smallest.width,
      minHeight: smallest.height,
      title: 'Ringside',
      icon: ports.icon,
      backgroundColor: backgroundColor(),
      autoHideMenuBar: true,
      show: false,
      webPreferences: pagePreferences(ports.preload),
    });
    ports.serve(window.webContents);

    const show = (): void => {
      clearTimeout(latest);
      if (window.isDestroyed() || window.isVisible()) return;
      if (kept?.maximized === true) window.maximize();
      if (before === null || before.isDestroyed()) window.show();
      else if (before.isMinimized()) window.minimize();
      else if (before.isFocused()) window.show();
      else if (before.isVisible()) window.showInactive();
      if (before !== null && !before.isDestroyed()) before.destroy();
      ports.onShown();
    };
    const latest = setTimeout(show, shownAtLatestMs);
    window.once('ready-to-show', show);

    let keeping: ReturnType<typeof setTimeout> | null = null;
    const keepPlace = (): void => {
      if (keeping !== null) clearTimeout(keeping);
      keeping = setTimeout(() => {
        if (!window.isDestroyed()) ports.keepPlace(placeOf(window));
      }, placeKeptAfterMs);
    };
    window.on('resize', keepPlace);
    window.on('move', keepPlace);
    window.on('close', (event) => {
      event.preventDefault();
      ports.onClose();
    });
    window.on('page-title-updated', (event) => {
      event.preventDefault();
    });
    window.on('unresponsive', () => {
      log.error('The page hangs; another one takes its place');
      window.webContents.forcefullyCrashRenderer();
    });
    window.webContents.once('render-process-gone', (_event, details) => {
      clearTimeout(latest);
      if (details.reason === 'clean-exit') return;
      const delayMs = rebirth.nextDelayMs();
      log.error('The page died; another one takes its place', { why: details.reason, delayMs });
      const replace = (): void => {
        if (!window.isDestroyed()) current = create(window);
      };
      if (delayMs === 0) replace();
      else setTimeout(replace, delayMs);
    });
    void window.loadURL(`${originOf('ui')}/index.html`).catch((thrown: unknown) => {
      log.error('The page did not load', { why: String(thrown) });
    });
    return window;
  };

  let current = create(null);
  nativeTheme.on('updated', () => {
    current.setBackgroundColor(backgroundColor());
  });

  return {
    contents: () => current.webContents,
    window: () => current,
    pageLives: rebirth.useful,
    show: () => {
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
    },
    showInactive: () => current.showInactive(),
    hide: () => current.hide(),
    isFocused: () => current.isFocused(),
    keepFocus: () => {
      const window = current;
      if (!window.isFocused()) return;
      const back = (): void => {
        if (!window.isDestroyed()) window.focus();
      };
      window.once('blur', back);
      setTimeout(() => window.off('blur', back), focusKeptMs);
    },
  };
};
