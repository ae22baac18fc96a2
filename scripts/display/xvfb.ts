import { join } from 'node:path';
import { Problem } from '../platform/problem.ts';
import type { Child } from '../services/child.ts';
import { startChild, tailOf } from '../services/child.ts';

export type Display = {
  /** To be set as DISPLAY. */
  readonly display: string;
  readonly child: Child;
  readonly stop: () => Promise<void>;
};

export type DisplayOptions = {
  readonly logDir: string;
  readonly width?: number;
  readonly height?: number;
};

const READY_TIMEOUT_MS = 10_000;

/** Starts an X server of its own without a screen, on a free display. */
export const startDisplay = async ({
  logDir,
  width = 1600,
  height = 1000,
}: DisplayOptions): Promise<Display> => {
  const logFile = join(logDir, 'xvfb.log');
  let tellNumber: (line: string) => void = () => undefined;
  const number = new Promise<string>((resolve) => (tellNumber = resolve));
  const child = await startChild({
    name: 'Xvfb',
    command: 'Xvfb',
    // It chooses the display itself and prints its number on the given descriptor.
    args: [
      '-displayfd',
      '1',
      '-screen',
      '0',
      `${width}x${height}x24`,
      '-nolisten',
      'tcp',
      '-noreset',
    ],
    logFile,
    stopTimeoutMs: 3000,
    onLine: (line) => tellNumber(line),
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), READY_TIMEOUT_MS);
  });
  const found = await Promise.race([number, child.exited.then(() => undefined), tooLate]);
  clearTimeout(timer);
  if (found === undefined) {
    await child.stop();
    throw new Problem('The X server (Xvfb) did not start.', tailOf(logFile));
  }
  return { display: `:${found.trim()}`, child, stop: child.stop };
};
