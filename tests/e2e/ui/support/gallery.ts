import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Page } from 'playwright';
import { expect, test as base } from 'playwright/test';
import { build, preview } from 'vite';
import { hasScreen } from '../../../../scripts/display/screen.ts';
import { startDisplay } from '../../../../scripts/display/xvfb.ts';
import { driveElectron } from '../../../../scripts/platform/drive-electron.ts';
import { ensureElectron } from '../../../../scripts/platform/electron.ts';
import { cacheDirectory, repositoryDirectory } from '../../../../scripts/platform/paths.ts';
import { windowNeeds } from '../../../../scripts/platform/test-needs.ts';
import type { MemoryBridge } from '../../../../src/renderer/ui/gallery/memory-bridge.ts';
import type { SceneName } from '../../../../src/renderer/ui/gallery/scenes.ts';
import { type NeedsFixture, needsFixture } from '../../../support/needs-fixture.ts';

/** The UI over a bridge in memory, in a real Electron. */

export type Size = { readonly width: number; readonly height: number };
export const large: Size = { width: 1280, height: 800 };
export const small: Size = { width: 960, height: 640 };
/** What 1280×800 leaves when everything is twice as large. */
export const zoomed: Size = { width: 640, height: 400 };

export type Look = {
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'es' | 'pt';
};

type Browser = {
  readonly newPage: (size: Size) => Promise<Page>;
  readonly close: () => Promise<void>;
};

type GalleryWindow = Window & { readonly gallery: MemoryBridge };

const openElectron = async (executablePath: string, folder: string): Promise<Browser> => {
  const display = hasScreen() ? null : await startDisplay({ logDir: folder });
  const app = await driveElectron({
    executablePath,
    args: [
      '--no-sandbox',
      '--lang=en-GB',
      join(import.meta.dirname, 'window-host.mjs'),
      `--user-data-dir=${join(folder, 'profile')}`,
    ],
    env: {
      // Every value of an environment is text.
      ...(process.env as Record<string, string>),
      ...(display === null ? {} : { DISPLAY: display.display }),
    },
  });
  return {
    newPage: async (size) => {
      const opened = app.waitForEvent('window');
      await app.evaluate(({ BrowserWindow }, { width, height }) => {
        const window = new BrowserWindow({
          width,
          height,
          useContentSize: true,
          webPreferences: { backgroundThrottling: false },
        });
        window.setMenu(null);
        void window.loadURL('about:blank');
      }, size);
      const page = await opened;
      // Without a window manager nobody gives a new window the focus, and what is typed would go nowhere.
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
      return page;
    },
    close: async () => {
      await app.close();
      await display?.stop();
    },
  };
};

const openBrowser = async (folder: string): Promise<Browser> =>
  openElectron((await ensureElectron(cacheDirectory())).executable, folder);

/** A scene of the gallery on screen. */
export class Scene {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Acts on the bridge behind the page; `work` runs there and sees nothing of the test but its argument. */
  async act<Argument>(
    work: (gallery: MemoryBridge, argument: Argument) => unknown,
    argument: Argument,
  ): Promise<unknown> {
    const bridge = await this.page.evaluateHandle(
      () => (window as unknown as GalleryWindow).gallery,
    );
    // Playwright's own type of a sent function is wider than what is sent here.
    return bridge.evaluate(work as (gallery: MemoryBridge, argument: unknown) => unknown, argument);
  }

  /** The payloads of the requests of this name so far. */
  async asked(name: string): Promise<readonly unknown[]> {
    const requests = await this.page.evaluate(() =>
      (window as unknown as GalleryWindow).gallery.requests.map((request) => ({ ...request })),
    );
    return requests.filter((request) => request.name === name).map((request) => request.payload);
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  region(name: string) {
    return this.page.getByRole('region', { name, exact: true });
  }
}

export type Gallery = (scene: SceneName, look?: Look, size?: Size) => Promise<Scene>;

/** The same window for all scenes of a size, since opening one costs more than most tests. */
type Site = { readonly url: string; readonly pageOf: (size: Size) => Promise<Page> };

type WorkerFixtures = { readonly site: Site };
type TestFixtures = { readonly gallery: Gallery };

const startMs = 120_000;

export const test = base.extend<TestFixtures & NeedsFixture, WorkerFixtures>({
  needs: needsFixture(windowNeeds),
  site: [
    // Playwright reads the names of fixtures from the pattern, and this one needs none.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'ringside-gallery-'));
      const common = {
        configFile: false,
        root: join(repositoryDirectory, 'src/renderer'),
        logLevel: 'error',
      } as const;
      await build({
        ...common,
        plugins: [react()],
        build: {
          outDir: join(folder, 'site'),
          target: 'chrome130',
          minify: false,
          rolldownOptions: { input: join(common.root, 'ui/gallery/index.html') },
        },
      });
      const server = await preview({
        ...common,
        build: { outDir: join(folder, 'site') },
        // Built once: a page asks for none of its 160 parts again, which takes longer than showing them.
        preview: {
          host: '127.0.0.1',
          port: 0,
          headers: { 'cache-control': 'max-age=86400, immutable' },
        },
      });
      const address = server.httpServer.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const browser = await openBrowser(folder);
      let open: { readonly size: Size; readonly page: Page } | null = null;
      await use({
        url: `http://127.0.0.1:${address.port}/ui/gallery/`,
        pageOf: async (size) => {
          if (open?.size === size) return open.page;
          const page = await browser.newPage(size);
          // One window at a time: what is typed goes to the window in front.
          await open?.page.close();
          open = { size, page };
          return page;
        },
      });
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: startMs },
  ],
  gallery: async ({ site }, use) => {
    await use(async (scene, look = {}, size = large) => {
      const page = await site.pageOf(size);
      const query = new URLSearchParams({
        scene,
        theme: look.theme ?? 'light',
        lang: look.language ?? 'en',
      });
      await page.goto(`${site.url}?${query.toString()}`);
      await page.locator('h1, [data-agent-state]').first().waitFor();
      return new Scene(page);
    });
  },
});

export { expect };
