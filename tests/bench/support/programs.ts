import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeAppLaunch } from '../../../scripts/platform/electron-launch.ts';
import type { Centre } from './centre.ts';
import { launchElectron, type LaunchedElectron } from './launched-electron.ts';

const plainDir = join(import.meta.dirname, 'plain-electron');

/** The page of the window that is shown. */
export const helloAddress = `${pathToFileURL(join(plainDir, 'hello.html')).href}#0`;

const profileOf = (centre: Centre, name: string): string => {
  const folder = join(centre.scratch, 'profiles', name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

const describe = (centre: Centre, profileDir: string) =>
  describeAppLaunch({
    electron: centre.electron,
    backendUrl: centre.services.backendUrl,
    profileDir,
    language: 'en',
    env: centre.screen.env,
  });

/** Where the app of this profile writes its log. */
export const appLog = (centre: Centre, profile: string): string =>
  join(profileOf(centre, profile), 'logs/ringside.log');

export const launchApp = (centre: Centre, profile: string): Promise<LaunchedElectron> => {
  const launch = describe(centre, profileOf(centre, profile));
  return launchElectron({
    name: 'The app',
    executable: launch.executablePath,
    args: launch.args,
    env: { ...launch.env, ELECTRON_RUN_AS_NODE: undefined, NODE_OPTIONS: undefined },
    logFile: join(centre.scratch, `${profile}.log`),
  });
};

/** The same Electron with nothing in it but this page, or "Hello, world". */
export const launchPlain = (
  centre: Centre,
  profile: string,
  options: { readonly windows: number; readonly pageUrl?: string },
): Promise<LaunchedElectron> => {
  const { executablePath, env, isSandboxed } = describe(centre, '');
  return launchElectron({
    name: 'The plain Electron',
    executable: executablePath,
    args: [
      ...(isSandboxed ? [] : ['--no-sandbox']),
      plainDir,
      `--profile=${profileOf(centre, profile)}`,
      `--windows=${options.windows}`,
      ...(options.pageUrl === undefined ? [] : [`--page=${options.pageUrl}`]),
    ],
    env: { ...env, ELECTRON_RUN_AS_NODE: undefined, NODE_OPTIONS: undefined },
    logFile: join(centre.scratch, `${profile}.log`),
  });
};
