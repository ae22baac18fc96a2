import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureAsterisk } from '../../../scripts/platform/asterisk.ts';
import { cacheDirectory, resourcesDirectory } from '../../../scripts/platform/paths.ts';
import { startAsterisk } from '../../../scripts/services/asterisk.ts';
import { parseAmiUrl } from '../../../src/backend/pbx/ami/ami-address.ts';
import { parseAriUrl } from '../../../src/backend/pbx/asterisk/ari-client.ts';
import { createAsteriskPbx } from '../../../src/backend/pbx/asterisk/asterisk-pbx.ts';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import type { Result } from '../../../src/shared/result.ts';

export type AsteriskUnderTest = {
  readonly webSocketUrl: string;
  /** Plain SIP over UDP, for the test endpoints 1091 to 1094 (never in the product's configuration). */
  readonly sipPort: number;
  readonly recordings: string;
  /** A new adapter to this Asterisk, as a backend makes it at its start. */
  readonly adapter: () => Pbx;
  readonly cli: (command: string) => Promise<string>;
  /** Files of Asterisk's own folders that contain this text. */
  readonly filesContaining: (text: string) => Promise<readonly string[]>;
  /** As a crash: at once and without a goodbye. */
  readonly kill: () => Promise<void>;
  /** After a kill, on the same ports and with the same accounts. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Endpoints with plain RTP, so that a test can send and hear tones. */
const PLAIN_ENDPOINTS = [
  '[transport-test]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:@SIP_PORT@',
  '[plain](!)\ntype=endpoint\ntransport=transport-test\ncontext=agents\ndisallow=all\nallow=ulaw',
  'direct_media=no\nmedia_address=127.0.0.1\nbind_rtp_to_media_address=yes\ndtmf_mode=rfc4733',
  ...['1091', '1092', '1093', '1094'].map(
    (name) => `[${name}](plain)\naors=${name}\nauth=${name}\n[${name}](agent-aor)`,
  ),
  '',
].join('\n');

const known = <Value>(result: Result<Value, string>): Value => {
  if (!result.ok) throw new Error(result.why);
  return result.value;
};

const runFile = promisify(execFile);

/** A private Asterisk with the product's own configuration and the test endpoints. */
export const startAsteriskUnderTest = async (): Promise<AsteriskUnderTest> => {
  const asterisk = await ensureAsterisk(cacheDirectory());
  const dataDir = await mkdtemp(join(tmpdir(), 'ringside-pbx-'));
  const resourcesDir = join(dataDir, 'resources');
  const original = join(resourcesDirectory, 'pbx');
  await cp(join(original, 'etc'), join(resourcesDir, 'etc'), { recursive: true });
  await writeFile(join(resourcesDir, 'etc/pjsip_local.conf'), PLAIN_ENDPOINTS);
  for (const folder of ['voices', 'moh'])
    await symlink(join(original, folder), join(resourcesDir, folder));

  const start = () => startAsterisk({ asterisk, dataDir, resourcesDir });
  let running = await start();
  const recordings = { asPbx: running.recordingsDir, asBackend: running.recordingsDir };

  return {
    webSocketUrl: running.sipUrl,
    sipPort: running.ports.sip,
    recordings: running.recordingsDir,
    adapter: () =>
      createAsteriskPbx({
        ami: known(parseAmiUrl(running.amiUrl)),
        ari: known(parseAriUrl(running.ariUrl)),
        recordings,
        hasDemoCustomers: true,
      }),
    cli: async (command) => {
      const configuration = ['-C', join(running.configDir, 'asterisk.conf')];
      const { stdout } = await runFile(asterisk.executable, [...configuration, '-rx', command]);
      return stdout;
    },
    filesContaining: async (text) => {
      const found: string[] = [];
      for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && (await readFile(path)).includes(text)) found.push(path);
      }
      return found;
    },
    kill: async () => {
      process.kill(running.child.pid, 'SIGKILL');
      await running.child.exited;
    },
    start: async () => {
      running = await start();
    },
    stop: async () => {
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
