import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Which program opens a scheme on a Linux desktop, by xdg-utils. Electron asks the same program, but makes everything
 * wait for it, and it takes its time.
 */

const answersWithinMs = 15_000;

const filled = (value: string | undefined, otherwise: string): string =>
  value === undefined || value === '' ? otherwise : value;

/** Freedesktop's base directories: the user's own first. */
const dataFolders = (): readonly string[] => [
  filled(process.env['XDG_DATA_HOME'], join(homedir(), '.local/share')),
  ...filled(process.env['XDG_DATA_DIRS'], '/usr/local/share:/usr/share').split(delimiter),
];

/** Where the user's own `.desktop` files belong. */
export const desktopFilePath = (name: string): string =>
  join(dataFolders()[0] ?? '', 'applications', name);

export const hasDesktopFile = (name: string): boolean =>
  dataFolders().some((folder) => existsSync(join(folder, 'applications', name)));

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const program = 'xdg-settings';
const property = 'default-url-scheme-handler';

export const hasXdgSettings = (): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => isProgram(join(folder, program)));

/** What it printed; empty where it failed. */
const run = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: answersWithinMs }, (error, stdout) => {
      resolve(error === null ? stdout.trim() : '');
    });
  });

export const isHandler = async (scheme: string, desktopName: string): Promise<boolean> =>
  (await run('check', property, scheme, desktopName)) === 'yes';

export const makeHandler = async (scheme: string, desktopName: string): Promise<void> => {
  await run('set', property, scheme, desktopName);
};
