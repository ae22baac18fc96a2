import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { killPage } from '../../../support/kill-page.ts';
import { driveElectron } from '../../../../scripts/platform/drive-electron.ts';
import { describeAppLaunch } from '../../../../scripts/platform/electron-launch.ts';
import { ensureElectron } from '../../../../scripts/platform/electron.ts';
import { cacheDirectory } from '../../../../scripts/platform/paths.ts';
import type { DeskSnapshot } from '../../../../src/shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../../src/shared/ipc/phone.ts';

export type AppUnderTest = {
  readonly electron: ElectronApplication;
  readonly profileDir: string;
  /** The page of the desk, or of the engine, that lives now. */
  readonly page: (host: 'ui' | 'phone') => Promise<Page>;
  readonly desk: () => Promise<DeskSnapshot>;
  readonly phone: () => Promise<PhoneSnapshot>;
  /** Kills the process of a page, as a crash would. */
  readonly kill: (host: 'ui' | 'phone') => Promise<void>;
  /** Ends the whole program as a power cut would. */
  readonly killProgram: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const newProfile = (): string => mkdtempSync(join(tmpdir(), 'ringside-profile-'));

/** An address at which nothing listens. */
export const nobody = 'http://127.0.0.1:9';

export const waitFor = async <Value>(
  what: string,
  look: () => Promise<Value | null | undefined | false> | Value | null | undefined | false,
  withinMs = 10_000,
): Promise<Value> => {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

export const launchApp = async (
  options: {
    readonly backendUrl?: string;
    readonly profileDir?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<AppUnderTest> => {
  const profileDir = options.profileDir ?? newProfile();
  const launch = describeAppLaunch({
    electron: await ensureElectron(cacheDirectory()),
    backendUrl: options.backendUrl ?? nobody,
    profileDir,
    language: 'en',
    // Without --use-fake-ui-for-media-stream: that would grant past the program's own handlers.
    chromiumFlags: ['--use-fake-device-for-media-stream'],
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  const electron = await driveElectron(launch);

  const page = (host: 'ui' | 'phone'): Promise<Page> =>
    waitFor(`a living page of app://${host}`, async () => {
      for (const candidate of [...electron.windows()].reverse()) {
        if (!candidate.url().startsWith(`app://${host}/`)) continue;
        // A page whose process is dead answers nothing.
        const ready = candidate.evaluate(() => document.readyState === 'complete');
        const late = new Promise<boolean>((resolve) => setTimeout(resolve, 500, false));
        if (await Promise.race([ready.catch(() => false), late])) return candidate;
      }
      return null;
    });

  return {
    electron,
    profileDir,
    page,
    desk: async () =>
      (await page('ui')).evaluate(() => window.ringside.request('desk.snapshot', null)),
    phone: async () =>
      (await page('ui')).evaluate(() => window.ringside.request('phone.snapshot', null)),
    kill: (host) => killPage(electron, host),
    killProgram: async () => {
      const gone = new Promise((resolve) => electron.process().once('exit', resolve));
      electron.process().kill('SIGKILL');
      await gone;
    },
    close: () => electron.close(),
  };
};

/** Everything that a profile holds, as one text: to look for what must not be there. */
export const contentOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');

export const forget = (profileDir: string): void => {
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
};
