import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import type { TestInfo } from 'playwright/test';
import { type DeskPage, deskPage } from '../../scripts/headless/desk-page.ts';
import { uiPage } from '../../scripts/headless/ui-page.ts';
import { driveElectron } from '../../scripts/platform/drive-electron.ts';
import { describeAppLaunch } from '../../scripts/platform/electron-launch.ts';
import type { DemoUser } from '../../scripts/services/demo-users.ts';
import type { UiBridge } from '../../src/shared/ipc/bridge.ts';
import type { DeskSnapshot } from '../../src/shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../src/shared/ipc/phone.ts';
import { signInToApi } from './api-user.ts';
import type { Stack } from './stack.ts';

export type DeskAppOptions = {
  readonly username: string;
  /** A profile of an earlier app; a fresh one unless said otherwise. */
  readonly profile?: string;
  readonly language?: 'en' | 'es' | 'pt';
  /** False: it stays at the sign-in screen. */
  readonly signIn?: boolean;
  /** Above the screen's, such as a bed of headsets. */
  readonly env?: Readonly<Record<string, string>>;
};

/** One running app and the agent who works with it. */
export type DeskApp = {
  readonly stack: Stack;
  readonly user: DemoUser;
  readonly app: ElectronApplication;
  readonly profile: string;
  /** The window as it is now: after a crash of its page it is another. */
  readonly desk: DeskPage;
  /** Presses a combination such as `Control+Shift+KeyA`. */
  readonly press: (keys: string) => Promise<void>;
  readonly deskSnapshot: () => Promise<DeskSnapshot>;
  readonly phoneSnapshot: () => Promise<PhoneSnapshot>;
  /** Waits for the window that took the place of a dead one. */
  readonly windowIsBack: (deadPage: Page) => Promise<void>;
  /** Ends the program as a power cut would. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** In the page: the preload's bridge is there on every page of the UI. */
type WithBridge = { readonly ringside: UiBridge };

/** A press or a wait on the page fails after this, and names what it waited for, before the test's own time is up. */
const actionMs = 15_000;

export const launchDeskApp = async (stack: Stack, options: DeskAppOptions): Promise<DeskApp> => {
  const user = stack.user(options.username);
  const profile = options.profile ?? mkdtempSync(join(stack.scratch, `${user.username}-`));
  const app = await driveElectron(
    describeAppLaunch({
      electron: stack.electron,
      backendUrl: stack.services.backendUrl,
      profileDir: profile,
      language: options.language ?? 'en',
      env: { ...stack.screen.env, ...options.env },
    }),
  );
  let page = await uiPage(app);
  page.setDefaultTimeout(actionMs);
  let isOpen = true;
  app.on('close', () => (isOpen = false));
  const deskApp: DeskApp = {
    stack,
    user,
    app,
    profile,
    get desk() {
      return deskPage(page);
    },
    press: (keys) => page.keyboard.press(keys),
    deskSnapshot: () =>
      page.evaluate(() =>
        (window as unknown as WithBridge).ringside.request('desk.snapshot', null),
      ),
    phoneSnapshot: () =>
      page.evaluate(() =>
        (window as unknown as WithBridge).ringside.request('phone.snapshot', null),
      ),
    windowIsBack: async (deadPage) => {
      page = await uiPage(app, deadPage);
      page.setDefaultTimeout(actionMs);
    },
    kill: async () => {
      const gone = new Promise((resolve) => app.process().once('exit', resolve));
      app.process().kill('SIGKILL');
      await gone;
      isOpen = false;
    },
    close: async () => {
      if (isOpen) await app.close();
      isOpen = false;
    },
  };
  if (options.signIn !== false) await signInHere(deskApp);
  return deskApp;
};

/** Signs in whatever the language: by the form's own fields. */
export const signInHere = async ({ desk: { page }, user }: DeskApp): Promise<void> => {
  await page.locator('input[autocomplete="username"]').fill(user.username);
  await page.locator('input[autocomplete="current-password"]').fill(user.password);
  await page.locator('button[type="submit"]').click();
  await page.locator('[data-agent-state]').waitFor();
  await page.locator('[data-agent-state="not_ready"]').waitFor();
};

/** Whatever a test left: nobody may stay signed in, and the app that was killed cannot sign out by itself. */
export const signOutAtBackend = async (stack: Stack, user: DemoUser): Promise<void> => {
  const session = await signInToApi(stack.services.backendUrl, user);
  await session.signOut();
};

/** What tells why a test failed. */
export const keepEvidence = async (deskApp: DeskApp, testInfo: TestInfo): Promise<void> => {
  const { desk, user, profile } = deskApp;
  if (!desk.page.isClosed()) {
    const path = testInfo.outputPath(`${user.username}.png`);
    mkdirSync(testInfo.outputDir, { recursive: true });
    const shown = await desk.page.screenshot({ path, timeout: 3_000 }).catch(() => null);
    if (shown !== null) await testInfo.attach(`${user.username}.png`, { path });
    const body = await desk.page
      .locator('body')
      .ariaSnapshot({ timeout: 3_000 })
      .catch(() => '');
    await testInfo.attach(`${user.username}.aria.yml`, { body });
  }
  const logs = join(profile, 'logs');
  if (!existsSync(logs)) return;
  for (const name of readdirSync(logs)) {
    await testInfo.attach(`${user.username}-${name}`, { path: join(logs, name) });
  }
};
