import type { ElectronApplication } from 'playwright';

/** The process of one of the app's two pages. */
export const pageProcessId = async (
  app: ElectronApplication,
  page: 'ui' | 'phone',
): Promise<number> => {
  const pid = await app.evaluate(
    ({ webContents }, host) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith(`app://${host}/`))
        ?.getOSProcessId() ?? 0,
    page,
  );
  // To `kill`, 0 and below are whole groups of processes.
  if (pid <= 1) throw new Error(`app://${page} has no process`);
  return pid;
};

/** Kills the process of one of the app's two pages, as a crash would. */
export const killPage = async (app: ElectronApplication, page: 'ui' | 'phone'): Promise<void> => {
  process.kill(await pageProcessId(app, page), 'SIGKILL');
};
