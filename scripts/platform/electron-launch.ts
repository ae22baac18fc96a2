import { repositoryDirectory } from './paths.ts';
import type { Electron } from './electron.ts';

export type AppOptions = {
  readonly electron: Electron;
  readonly backendUrl: string;
  /** Electron's userData folder: one for each running app. */
  readonly profileDir: string;
  readonly language?: 'en' | 'es' | 'pt';
  /** Chromium flags, such as the fake microphone of a test. They go before the app's own. */
  readonly chromiumFlags?: readonly string[];
  /** Above what the environment holds, such as DISPLAY and PULSE_SERVER. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the built app is, when not in this repository. */
  readonly appDir?: string;
};

/** What both a plain spawn and Playwright's `_electron.launch` want to know. */
type AppLaunch = {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
  /** Chromium's own sandbox cannot be used by root. */
  readonly isSandboxed: boolean;
};

export const describeAppLaunch = (options: AppOptions): AppLaunch => {
  const isSandboxed = process.platform !== 'linux' || process.getuid?.() !== 0;
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      // Left by whoever started us; it would turn the app into a plain Node.
      entry[1] !== undefined && !['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS'].includes(entry[0]),
  );
  return {
    executablePath: options.electron.executable,
    args: [
      ...(isSandboxed ? [] : ['--no-sandbox']),
      ...(options.chromiumFlags ?? []),
      options.appDir ?? repositoryDirectory,
      '--backend',
      options.backendUrl,
      '--profile',
      options.profileDir,
      ...(options.language ? ['--lang', options.language] : []),
    ],
    env: {
      ...Object.fromEntries(inherited),
      ELECTRON_OVERRIDE_DIST_PATH: options.electron.dist,
      RINGSIDE_BACKEND_URL: options.backendUrl,
      ...options.env,
    },
    isSandboxed,
  };
};
