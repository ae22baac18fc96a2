import type { ElectronApplication } from 'playwright';

/** Kills the process of one of the app's two pages, as a crash would. */
export const killPage = async (app: ElectronApplication, page: 'ui' | 'phone'): Promise<void> => {
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
  process.kill(pid, 'SIGKILL');
};
