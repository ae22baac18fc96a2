import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type DeskOrder = {
  readonly path: string;
  readonly url: string;
  readonly token: string;
  readonly agentId: string;
  readonly seed: number;
  readonly length: number;
  readonly startAt: number;
  /** The first fact that is not known to be on the disk. */
  readonly from: number;
  /** How many processes this desk had before. */
  readonly life: number;
};

export type DeskLife = {
  /** The first fact that is not known to be on the disk now. */
  readonly from: number;
  /** It ended by itself: the backend has everything. */
  readonly isDone: boolean;
};

const program = join(import.meta.dirname, 'desk-process.ts');

/** Runs a desk until it is done, or kills it (-9) `killAfterMs` after it has said index `killAt`. */
export const liveAsDesk = async (
  order: DeskOrder,
  kill: { readonly at: number; readonly afterMs: number } | null,
): Promise<DeskLife> => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, JSON.stringify(order)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let from = order.from;
  let isDone = false;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line === 'done') isDone = true;
    else if (line.startsWith('refused')) said += line;
    else from = Number(line) + 1;
    if (kill !== null && from > kill.at) setTimeout(() => child.kill('SIGKILL'), kill.afterMs);
  });
  const linesEnd = once(lines, 'close');
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  await linesEnd;
  if (said !== '' || (code !== 0 && signal !== 'SIGKILL')) {
    throw new Error(`the desk of seed ${String(order.seed)} failed (${String(code)}): ${said}`);
  }
  return { from, isDone };
};
