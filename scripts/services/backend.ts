import { join } from 'node:path';
import { repositoryDirectory } from '../platform/paths.ts';
import { Problem } from '../platform/problem.ts';
import { type Child, startChild, tailOf } from './child.ts';
import { choosePorts } from './ports.ts';

const READY_TIMEOUT_MS = 30_000;

export type BackendOptions = {
  readonly dataDir: string;
  /** The operators' interface: DATABASE_URL, RINGSIDE_AMI_URL and so on. */
  readonly env: Readonly<Record<string, string | undefined>>;
};

export type RunningBackend = {
  readonly backendUrl: string;
  readonly child: Child;
  readonly stop: () => Promise<void>;
};

/** The one line that the backend prints when it listens: `{"listening":"http://127.0.0.1:1234"}`. */
const readListening = (line: string): string | undefined => {
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message !== 'object' || message === null || !('listening' in message)) {
      return undefined;
    }
    return typeof message.listening === 'string' ? message.listening : undefined;
  } catch {
    return undefined; // some other line
  }
};

/** Starts our backend on a loopback port. */
export const startBackend = async ({ dataDir, env }: BackendOptions): Promise<RunningBackend> => {
  const logFile = join(dataDir, 'logs/backend.log');
  const configuredPort = process.env['RINGSIDE_BACKEND_PORT'];
  const { backend: freePort } = await choosePorts({ backend: 'tcp' }, join(dataDir, 'ports.json'));
  let tellUrl: (url: string | undefined) => void = () => undefined;
  const listening = new Promise<string | undefined>((resolve) => (tellUrl = resolve));
  const child = await startChild({
    name: 'The backend',
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      join(repositoryDirectory, 'src/backend/server.ts'),
    ],
    cwd: repositoryDirectory,
    env: {
      RINGSIDE_BACKEND_HOST: process.env['RINGSIDE_BACKEND_HOST'] ?? '127.0.0.1',
      RINGSIDE_BACKEND_PORT: configuredPort ?? String(freePort),
      RINGSIDE_DATA: dataDir,
      // It ends by itself when its standard input does: this process is gone then.
      RINGSIDE_PARENT: 'stdin',
      ...env,
    },
    logFile,
    stopTimeoutMs: 8000,
    onLine: (line) => {
      const url = readListening(line);
      if (url !== undefined) tellUrl(url);
    },
  });
  const timer = setTimeout(() => tellUrl(undefined), READY_TIMEOUT_MS);
  void child.exited.then(() => tellUrl(undefined));
  const backendUrl = await listening;
  clearTimeout(timer);
  if (backendUrl === undefined) {
    const hasEnded = child.hasExited();
    await child.stop();
    throw new Problem(
      hasEnded ? 'The backend ended while starting.' : 'The backend does not get ready.',
      `Its last words (${logFile}):`,
      tailOf(logFile),
    );
  }
  return { backendUrl, child, stop: child.stop };
};
