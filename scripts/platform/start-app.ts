import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from '../services/child.ts';
import { type AppOptions, describeAppLaunch } from './electron-launch.ts';

export type RunningApp = { readonly child: Child; readonly isSandboxed: boolean };

/** Starts the app as a program of its own. */
export const startApp = async (
  options: AppOptions & { readonly logDir: string },
): Promise<RunningApp> => {
  mkdirSync(options.profileDir, { recursive: true });
  const launch = describeAppLaunch(options);
  const child = await startChild({
    name: 'The app',
    command: launch.executablePath,
    args: launch.args,
    env: { ...launch.env, ELECTRON_RUN_AS_NODE: undefined, NODE_OPTIONS: undefined },
    logFile: join(options.logDir, 'app.log'),
    stopTimeoutMs: 6000,
  });
  return { child, isSandboxed: launch.isSandboxed };
};
