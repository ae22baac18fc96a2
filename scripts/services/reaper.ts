/**
 * Ends what its parent began when the parent is gone without a word (kill -9, a crash).
 *
 * The parent tells by lines of JSON on stdin which processes it runs. When stdin ends, those still listed are ended,
 * last one first.
 */
import { createInterface } from 'node:readline';
import { endProcess } from './end-process.ts';

type Entry = { readonly pid: number; readonly signal: NodeJS.Signals; readonly timeoutMs: number };
type Line = { readonly add: Entry } | { readonly remove: number };

const entries: Entry[] = [];

const lines = createInterface({ input: process.stdin });
lines.on('line', (text) => {
  // The only writer is our own parent (see child.ts).
  const line = JSON.parse(text) as Line;
  if ('add' in line) {
    entries.push(line.add);
    return;
  }
  const at = entries.findIndex(({ pid }) => pid === line.remove);
  if (at >= 0) entries.splice(at, 1);
});

const endAll = async (): Promise<void> => {
  for (const { pid, signal, timeoutMs } of entries.reverse()) {
    await endProcess(pid, signal, timeoutMs);
  }
  process.exit(0);
};

lines.on('close', () => void endAll());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
