import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import { createLogger } from '../log/logger.ts';
import { originOf } from '../protocol/page-file.ts';
import {
  compactSize,
  movedCompact,
  placeCompact,
  type CompactPlaces,
  type Screen,
} from './compact-place.ts';
import { pagePreferences } from './page-preferences.ts';
import { createRebirth } from './rebirth.ts';

const log = createLogger('compact-window');
const placeKeptAfterMs = 500;
/** A strip that dies so often before it was of any use is given up. */
const fruitlessAtMost = 3;

export type CompactWindowPorts = {
  readonly preload: string;
  readonly places: () => CompactPlaces;
  readonly keepPlaces: (places: CompactPlaces) => void;
  readonly serve: (contents: WebContents) => void;
  /** It is on screen: nothing else need be. */
  readonly onShown: () => void;
  readonly onBroken: () => void;
};

export type CompactWindow = {
  readonly contents: () => WebContents;
  readonly pageLives: () => void;
  readonly move: (x: number, y: number) => void;
  readonly close: () => void;
};

const screens = (): readonly Screen[] => {
  const primary = screen.getPrimaryDisplay();
  return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
};

/** The strip that stands for the desk: on top of everything, and never with the keyboard. It is drawn anew when it dies. */
export const openCompactWindow = (ports: CompactWindowPorts): CompactWindow => {
  const rebirth = createRebirth();
  let fruitless = 0;
  let closed = false;
  let keeping: ReturnType<typeof setTimeout> | null = null;

  const create = (): BrowserWindow => {
    const window = new BrowserWindow({
      ...placeCompact(ports.places(), screens(), compactSize),
      title: 'Ringside',
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      // The system never gives it the keyboard; on X11 the window manager leaves it alone altogether.
      focusable: false,
      alwaysOnTop: true,
      skipTaskbar: true,
      acceptFirstMouse: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#17171c' : '#ffffff',
      show: false,
      webPreferences: pagePreferences(ports.preload),
    });
    // Above full-screen programs too, where the system knows such a level.
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setVisibleOnAllWorkspaces(true, {
      visibleOnFullScreen: true,
      // Else macOS takes the program out of the dock for it.
      skipTransformProcessType: true,
    });
    ports.serve(window.webContents);
    window.webContents.once('dom-ready', () => place(window));
    window.once('ready-to-show', () => {
      window.showInactive();
      ports.onShown();
    });
    window.on('close', (event) => event.preventDefault());
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('unresponsive', () => {
      log.error('The strip hangs; another one takes its place');
      window.webContents.forcefullyCrashRenderer();
    });
    window.webContents.once('render-process-gone', (_event, { reason }) => {
      if (closed || reason === 'clean-exit') return;
      fruitless += 1;
      log.error('The strip died', { why: reason, fruitless });
      if (fruitless >= fruitlessAtMost) {
        ports.onBroken();
        return;
      }
      const replace = (): void => {
        if (closed) return;
        window.destroy();
        current = create();
      };
      const delayMs = rebirth.nextDelayMs();
      if (delayMs === 0) replace();
      else setTimeout(replace, delayMs);
    });
    void window.loadURL(`${originOf('ui')}/compact.html`).catch((thrown: unknown) => {
      log.error('The strip did not load', { why: String(thrown) });
    });
    return window;
  };

  /** The zoom of the desk is the zoom of the strip: the same origin. Larger text needs a larger strip. */
  const place = (window: BrowserWindow): void => {
    if (window.isDestroyed()) return;
    const zoom = window.webContents.getZoomFactor();
    const size = {
      width: Math.round(compactSize.width * zoom),
      height: Math.round(compactSize.height * zoom),
    };
    window.setBounds(placeCompact(ports.places(), screens(), size));
  };

  const placeAgain = (): void => place(current);
  let current = create();
  screen.on('display-removed', placeAgain);
  screen.on('display-metrics-changed', placeAgain);

  return {
    contents: () => current.webContents,
    pageLives: () => {
      fruitless = 0;
      rebirth.useful();
    },
    move: (x, y) => {
      if (current.isDestroyed()) return;
      const wished = { ...current.getBounds(), x, y };
      const { bounds, kept } = movedCompact(
        ports.places(),
        screen.getDisplayMatching(wished),
        wished,
      );
      current.setBounds(bounds);
      if (keeping !== null) clearTimeout(keeping);
      keeping = setTimeout(() => ports.keepPlaces(kept), placeKeptAfterMs);
    },
    close: () => {
      closed = true;
      screen.off('display-removed', placeAgain);
      screen.off('display-metrics-changed', placeAgain);
      if (!current.isDestroyed()) current.destroy();
    },
  };
};
