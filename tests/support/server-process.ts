import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The backend as its own process, to be killed. */
export type ServerProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it wrote to its log so far. */
  readonly log: () => string;
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
};

const server = join(import.meta.dirname, '../../src/backend/server.ts');

export const spawnServer = async (
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', server], {
    env: {
      PATH: process.env['PATH'] ?? '',
      RINGSIDE_PBX: 'none',
      RINGSIDE_PARENT: 'stdin',
      RINGSIDE_DATA: join(tmpdir(), 'ringside-server-of-tests'),
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => null);
  const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), ended]);
  if (line === null) throw new Error(`the backend ended while starting: ${log}`);
  const { listening } = JSON.parse(line) as { readonly listening: string };
  return {
    url: `${listening}/api/v1`,
    child,
    log: () => log,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exit = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exit) as [number | null];
      return code;
    },
  };
};
