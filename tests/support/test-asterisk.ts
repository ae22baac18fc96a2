import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureAsterisk } from '../../scripts/platform/asterisk.ts';
import { cacheDirectory, resourcesDirectory } from '../../scripts/platform/paths.ts';
import { type RunningAsterisk, startAsterisk } from '../../scripts/services/asterisk.ts';

/** A private Asterisk with the product's own configuration, and what a test adds to it. */
export type TestAsterisk = {
  /** Addresses and folders: the same ones after a kill and a start. */
  readonly running: RunningAsterisk;
  readonly dataDir: string;
  readonly cli: (command: string) => Promise<string>;
  /** As a crash: at once and without a goodbye. */
  readonly kill: () => Promise<void>;
  /** It neither hears nor says anything, and keeps its connections; `false`: goes on where it was. */
  readonly freeze: (frozen: boolean) => void;
  /** After a kill, on the same ports and with the same accounts. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const runFile = promisify(execFile);

/** `additions` by file of configuration: text for its end, or all of it where the product has no such file. */
export const startTestAsterisk = async (
  additions: Readonly<Record<string, string>>,
  mediaAddress?: string,
): Promise<TestAsterisk> => {
  const asterisk = await ensureAsterisk(cacheDirectory());
  const dataDir = await mkdtemp(join(tmpdir(), 'ringside-pbx-'));
  const resourcesDir = join(dataDir, 'resources');
  const original = join(resourcesDirectory, 'pbx');
  await cp(join(original, 'etc'), join(resourcesDir, 'etc'), { recursive: true });
  for (const [name, text] of Object.entries(additions))
    await appendFile(join(resourcesDir, 'etc', name), text);
  for (const folder of ['voices', 'prompts', 'moh'])
    await symlink(join(original, folder), join(resourcesDir, folder));

  const where = mediaAddress === undefined ? {} : { mediaAddress };
  const start = () => startAsterisk({ asterisk, dataDir, resourcesDir, ...where });
  let current = await start();
  return {
    running: current,
    dataDir,
    cli: async (command) => {
      const configuration = ['-C', join(current.configDir, 'asterisk.conf')];
      const { stdout } = await runFile(asterisk.executable, [...configuration, '-rx', command]);
      return stdout;
    },
    kill: async () => {
      process.kill(current.child.pid, 'SIGKILL');
      await current.child.exited;
    },
    freeze: (frozen) => {
      process.kill(current.child.pid, frozen ? 'SIGSTOP' : 'SIGCONT');
    },
    start: async () => {
      current = await start();
    },
    stop: async () => {
      await current.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
