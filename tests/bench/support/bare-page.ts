import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Page } from 'playwright';
import { build } from 'vite';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import type { SipAccount } from '../../../src/shared/api/routes.ts';

/** The bare phone's page, built and served from this machine. */
export type ServedPage = { readonly url: string; readonly close: () => void };

const pagePath = 'tests/bench/support/bare-jssip/index.html';
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

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
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    readFile(join(folder, path)).then(
      (body) => {
        response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page has no port');
  return {
    url: `http://127.0.0.1:${address.port}/${pagePath}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

type Bare = {
  readonly registered: boolean;
  readonly shownAt: number;
  readonly answeredAt: number;
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
  readonly end: () => Promise<void>;
};

export const barePhone = (page: Page): BarePhone => ({
  register: async ({ uri, password, url }) => {
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
    page.evaluate(() => {
      (window as unknown as BareWindow).bare.end();
    }),
});
