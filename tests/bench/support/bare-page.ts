import { join } from 'node:path';
import type { Page } from 'playwright';
import { build } from 'vite';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import type { SipAccount } from '../../../src/shared/api/routes.ts';
import type { HungUp } from './app-phone.ts';
import { serveFolder } from '../../support/serve-folder.ts';

/** The bare phone's page, built and served from this machine. */
export type ServedPage = { readonly url: string; readonly close: () => void };

const pagePath = 'tests/bench/support/bare-jssip/index.html';

export const serveBarePage = async (scratch: string): Promise<ServedPage> => {
  const folder = join(scratch, 'bare');
  await build({
    configFile: false,
    logLevel: 'error',
    root: repositoryDirectory,
    build: {
      outDir: folder,
      target: 'chrome130',
      rolldownOptions: { input: join(repositoryDirectory, pagePath) },
    },
  });
  const { origin, close } = await serveFolder(folder);
  return { url: `${origin}/${pagePath}`, close };
};

type Bare = {
  readonly registered: boolean;
  readonly shownAt: number;
  readonly answeredAt: number;
  readonly pressedAt: number;
  readonly idleAt: number;
  readonly endShownAt: number;
  readonly start: (account: { uri: string; password: string; url: string }) => void;
  readonly answer: (audio: object) => void;
  readonly end: () => void;
};
type BareWindow = { readonly bare: Bare };

/** The bare phone, driven. */
export type BarePhone = {
  readonly register: (account: SipAccount) => Promise<void>;
  /** Waits for a call that rings; epoch ms of the frame that shows it. */
  readonly shownAt: (since: number) => Promise<number>;
  /** Answers; epoch ms of the moment before. */
  readonly answer: () => Promise<number>;
  /** Hangs up; epoch ms of the moment before, of the end, and of the frame that shows it. */
  readonly end: () => Promise<Pick<HungUp, 'pressedAt' | 'idleAt' | 'shownAt'>>;
};

export const barePhone = (page: Page): BarePhone => ({
  register: async ({ uri, password, edges }) => {
    const url = edges[0]?.url ?? '';
    await page.evaluate(
      (account) => {
        (window as unknown as BareWindow).bare.start(account);
      },
      { uri, password, url },
    );
    await page.waitForFunction(() => (window as unknown as BareWindow).bare.registered);
  },
  shownAt: (since) =>
    page.evaluate(
      (after) =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const { shownAt } = (window as unknown as BareWindow).bare;
            if (shownAt > after) resolve(shownAt);
            else setTimeout(look, 20);
          };
          look();
        }),
      since,
    ),
  answer: () =>
    page.evaluate(() => {
      const { bare } = window as unknown as BareWindow;
      // Chromium's own defaults, as anybody gets them who asks for audio.
      bare.answer({});
      return bare.answeredAt;
    }),
  end: () =>
    page.evaluate(async () => {
      const { bare } = window as unknown as BareWindow;
      bare.end();
      while (bare.endShownAt < bare.pressedAt) await new Promise((next) => setTimeout(next, 5));
      const { pressedAt, idleAt, endShownAt } = bare;
      return { pressedAt, idleAt, shownAt: endShownAt };
    }),
});
