import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import type { Child } from '../../../scripts/services/child.ts';
import { startChild, tailOf } from '../../../scripts/services/child.ts';
import { nowMs } from './sip-tap.ts';

/** An Electron program as its user starts it: nobody is attached to it until `attach`. */
export type LaunchedElectron = {
  readonly pid: number;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Drives its pages until `detach`. */
  readonly attach: () => Promise<AttachedElectron>;
  readonly stop: () => Promise<void>;
};

export type AttachedElectron = {
  /** The page at this address, as soon as there is one. */
  readonly page: (urlStart: string) => Promise<Page>;
  /** A page at this address that is none of `known`. */
  readonly newPage: (urlStart: string, known: readonly Page[]) => Promise<Page>;
  readonly detach: () => Promise<void>;
};

const attachWithinMs = 20_000;
const pageWithinMs = 20_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no free port'));
        else resolve(address.port);
      });
    });
  });

const connect = async (port: number, child: Child, logFile: string): Promise<Browser> => {
  const giveUpAt = nowMs() + attachWithinMs;
  for (;;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch (error) {
      if (child.hasExited()) throw new Error(`${child.name} ended: ${tailOf(logFile)}`);
      if (nowMs() > giveUpAt) throw error;
      await pause(50);
    }
  }
};

export const launchElectron = async (options: {
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
}): Promise<LaunchedElectron> => {
  const port = await freePort();
  const startedAt = nowMs();
  const child = await startChild({
    name: options.name,
    command: options.executable,
    args: [`--remote-debugging-port=${port}`, ...options.args],
    env: options.env,
    logFile: options.logFile,
    stopTimeoutMs: 6_000,
  });
  const attach = async (): Promise<AttachedElectron> => {
    const browser = await connect(port, child, options.logFile);
    const pages = (): readonly Page[] => browser.contexts().flatMap((context) => context.pages());
    const newPage: AttachedElectron['newPage'] = async (urlStart, known) => {
      const giveUpAt = nowMs() + pageWithinMs;
      for (;;) {
        const found = pages().find(
          (page) => page.url().startsWith(urlStart) && !known.includes(page),
        );
        if (found !== undefined) return found;
        if (nowMs() > giveUpAt) throw new Error(`${options.name} shows no ${urlStart}`);
        await pause(5);
      }
    };
    return {
      newPage,
      page: (urlStart) => newPage(urlStart, []),
      // Lets go of it; the program lives on.
      detach: () => browser.close(),
    };
  };
  return { pid: child.pid, startedAt, attach, stop: child.stop };
};
