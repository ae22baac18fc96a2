import { join } from 'node:path';
import { type ElectronApplication } from 'playwright';
import { expect, test as base, type TestInfo } from 'playwright/test';
import {
  type DeskApp,
  type DeskAppOptions,
  keepEvidence,
  launchDeskApp,
  signOutAtBackend,
} from './desk-app.ts';
import { channels, signedIn } from './far-end.ts';
import { finishWrapUps } from './finish-wrap-ups.ts';
import { type NeedsFixture, needsFixture } from './needs-fixture.ts';
import { type Stack, startStack } from './stack.ts';

type WorkerFixtures = { readonly stack: Stack };
type TestFixtures = {
  /** Launches the app and signs in; it is closed, and the agent offline, when the test is over. */
  readonly deskApp: (options: DeskAppOptions) => Promise<DeskApp>;
  /** An agent of support and sales: signed in, not ready, and the phone is registered. */
  readonly alice: DeskApp;
};

const hasFailed = (testInfo: TestInfo): boolean => testInfo.status !== testInfo.expectedStatus;

const stackReadyMs = 180_000;
const serviceLogs = ['backend.log', 'asterisk.log', 'postgres.log'] as const;

const startTrace = async (app: ElectronApplication): Promise<void> => {
  await app.context().tracing.start({ snapshots: true, screenshots: false });
};

const endTrace = async (app: ElectronApplication, testInfo: TestInfo, name: string) => {
  const path = hasFailed(testInfo) ? testInfo.outputPath(`${name}.trace.zip`) : undefined;
  await app.context().tracing.stop(path === undefined ? {} : { path });
};

export const test = base.extend<TestFixtures & NeedsFixture, WorkerFixtures>({
  needs: needsFixture(['Electron', 'virtual desk', 'Asterisk']),
  stack: [
    // Playwright reads the names of fixtures from the pattern, and this one needs none.
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: stackReadyMs },
  ],
  deskApp: async ({ stack }, use, testInfo) => {
    const launched: DeskApp[] = [];
    await use(async (options) => {
      const deskApp = await launchDeskApp(stack, options);
      launched.push(deskApp);
      await startTrace(deskApp.app);
      return deskApp;
    });
    for (const [index, deskApp] of launched.entries()) {
      if (hasFailed(testInfo)) await keepEvidence(deskApp, testInfo);
      await endTrace(deskApp.app, testInfo, `${deskApp.user.username}-${index}`).catch(
        () => undefined, // the app was killed by the test, and its trace with it
      );
      await deskApp.close();
    }
    if (hasFailed(testInfo)) {
      for (const name of serviceLogs) {
        const path = join(stack.services.dataDir, 'logs', name);
        await testInfo.attach(name, { path }).catch(() => undefined); // it may not have said a word
      }
    }
    await stack.pbx.cli('channel request hangup all');
    for (const { user } of launched) {
      if ((await signedIn(stack)).includes(user.username)) await signOutAtBackend(stack, user);
    }
    await expect.poll(() => channels(stack), { message: 'channels at the PBX' }).toEqual([]);
    await expect
      .poll(() => signedIn(stack), { message: 'people signed in' })
      .toEqual([stack.administrator.session.desk.user.username]);
    await finishWrapUps(stack);
  },
  alice: async ({ deskApp }, use) => {
    const alice = await deskApp({ username: 'alice' });
    await expect(alice.desk.statusLine).toContainText('Registered');
    await use(alice);
  },
});

export { expect };
