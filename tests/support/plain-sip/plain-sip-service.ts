import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureAsterisk } from '../../../scripts/platform/asterisk.ts';
import { cacheDirectory, resourcesDirectory } from '../../../scripts/platform/paths.ts';
import { type RunningAsterisk, startAsterisk } from '../../../scripts/services/asterisk.ts';

/** An exchange that is not ours and knows nothing of us: phones register there, and that is all that the backend is told. */
export type PlainSipService = {
  readonly running: RunningAsterisk;
  /** For RINGSIDE_SIP_ACCOUNTS: the agents whose account is in the list. */
  readonly accountsPath: string;
  readonly stop: () => Promise<void>;
};

/** Of our own configuration: what says where things are on this machine, and the test's own ear (AMI). */
const ours = ['asterisk', 'http', 'logger', 'manager', 'musiconhold', 'rtp', 'stasis'];
const theirs = ['extensions', 'modules', 'pjsip'];

export const startPlainSipService = async (): Promise<PlainSipService> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ringside-plain-sip-'));
  const resourcesDir = join(dataDir, 'resources');
  const original = join(resourcesDirectory, 'pbx');
  mkdirSync(join(resourcesDir, 'etc'), { recursive: true });
  for (const name of ours) {
    cpSync(join(original, 'etc', `${name}.conf`), join(resourcesDir, 'etc', `${name}.conf`));
  }
  for (const name of theirs) {
    cpSync(join(import.meta.dirname, `${name}.conf`), join(resourcesDir, 'etc', `${name}.conf`));
  }
  for (const folder of ['voices', 'moh'])
    symlinkSync(join(original, folder), join(resourcesDir, folder));
  const asterisk = await ensureAsterisk(cacheDirectory());
  const running = await startAsterisk({ asterisk, dataDir, resourcesDir });
  const accountsPath = join(dataDir, 'accounts.json');
  const accounts = ['1001'].map((extension) => ({
    extension,
    username: `desk-${extension}`,
    password: `canary-${extension}`,
    uri: `sip:${extension}@service.invalid`,
  }));
  writeFileSync(accountsPath, JSON.stringify(accounts), { mode: 0o600 });
  return {
    running,
    accountsPath,
    stop: async () => {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
