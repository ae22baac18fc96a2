import { app, dialog } from 'electron';
import { createLogger, reasonOf } from './log/logger.ts';
import type { Say } from './text/texts.ts';
import type { UiWindow } from './windows/ui-window.ts';

const log = createLogger('quit');
const farewellAtMostMs = 3_000;

/** What would suffer if the program ended now. */
export type Unfinished = 'call' | 'wrap_up' | 'nothing';

export type QuitPorts = {
  readonly unfinished: () => Unfinished;
  readonly say: () => Promise<Say>;
  readonly ui: () => UiWindow;
  readonly farewell: () => Promise<void>;
  /** The last thing of all: a new version takes this one's place. */
  readonly leaving: (restart: boolean) => Promise<void>;
};

export type Quit = {
  /** The user wants to: asked once more while something is unfinished. */
  readonly request: () => void;
  /** For a new version; whoever asks has seen to it that nothing suffers. */
  readonly restart: () => void;
};

/**
 * The two ways out. The user's own (window, menu, tray) asks first where there is something to lose; the system's
 * (log-off, a signal, `app.quit`) does not. Both say good-bye to the backend, within some seconds.
 */
export const holdQuit = (ports: QuitPorts): Quit => {
  let asking = false;
  let leaving = false;
  let restarts = false;

  const leave = async (): Promise<void> => {
    const enough = new Promise<void>((resolve) => setTimeout(resolve, farewellAtMostMs));
    try {
      await Promise.race([ports.farewell(), enough]);
    } catch (thrown) {
      log.error('The farewell failed', { why: reasonOf(thrown) });
    }
    try {
      await ports.leaving(restarts);
    } catch (thrown) {
      log.error('The new version was not put in place', { why: reasonOf(thrown) });
    }
    app.exit(0);
  };

  app.on('before-quit', (event) => {
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    void leave();
  });

  const confirmed = async (unfinished: Unfinished): Promise<boolean> => {
    const say = await ports.say();
    const inCall = unfinished === 'call';
    const stay = 0;
    const ui = ports.ui();
    // In compact mode the desk is put away: it is there for the question only.
    const wasHidden = !ui.window().isVisible() && !ui.window().isMinimized();
    ui.show();
    const { response } = await dialog.showMessageBox(ui.window(), {
      type: 'warning',
      message: say(inCall ? 'quit.inCall' : 'quit.inWrapUp'),
      detail: say(inCall ? 'quit.inCallDetail' : 'quit.inWrapUpDetail'),
      buttons: [say('quit.stay'), say('quit.quit')],
      defaultId: stay,
      cancelId: stay,
      noLink: true,
    });
    if (response === stay && wasHidden) ui.hide();
    return response !== stay;
  };

  const request = async (): Promise<void> => {
    const unfinished = ports.unfinished();
    if (unfinished === 'nothing') {
      app.quit();
      return;
    }
    if (asking) return;
    asking = true;
    const goes = await confirmed(unfinished);
    asking = false;
    if (goes) app.quit();
  };

  return {
    restart: () => {
      restarts = true;
      app.quit();
    },
    request: () => {
      request().catch((thrown: unknown) => log.error('Asking failed', { why: reasonOf(thrown) }));
    },
  };
};
