import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureAsterisk } from '../../../scripts/platform/asterisk.ts';
import { cacheDirectory, resourcesDirectory } from '../../../scripts/platform/paths.ts';
import { createAsteriskPbx } from '../../../src/backend/pbx/asterisk/asterisk-pbx.ts';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';

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
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const READY_WITHIN_MS = 15_000;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
};

/** Endpoints with plain RTP, so that a test can send and hear tones. */
const plainEndpoints = (sipPort: number): string =>
  [
    `[transport-test]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:${String(sipPort)}`,
    '[plain](!)\ntype=endpoint\ntransport=transport-test\ncontext=agents\ndisallow=all\nallow=ulaw',
    'direct_media=no\nmedia_address=127.0.0.1\nbind_rtp_to_media_address=yes\ndtmf_mode=rfc4733',
    ...['1091', '1092', '1093', '1094'].map(
      (name) => `[${name}](plain)\naors=${name}\nauth=${name}\n[${name}](agent-aor)`,
    ),
    '',
  ].join('\n');

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** A private Asterisk with the product's own configuration, on free loopback ports. */
export const startAsteriskUnderTest = async (): Promise<AsteriskUnderTest> => {
  const asterisk = await ensureAsterisk(cacheDirectory());
  const run = await mkdtemp(join(tmpdir(), 'ringside-pbx-'));
  const resources = join(resourcesDirectory, 'pbx');
  const recordings = join(run, 'recordings');
  const folders = ['etc', 'lib/keys', 'data/agi-bin', 'spool', 'run', 'log', 'recordings'];
  for (const folder of folders) await mkdir(join(run, folder), { recursive: true });
  for (const folder of ['documentation', 'rest-api'])
    await symlink(join(asterisk.shareDir, folder), join(run, 'data', folder));
  const [http, ami, sip] = [await freePort(), await freePort(), await freePort()];
  const amiSecret = randomBytes(18).toString('base64url');
  const ariSecret = randomBytes(18).toString('base64url');
  const rtpStart = 24_000 + 2 * Math.floor(Math.random() * 3_000);
  const values: Readonly<Record<string, string>> = {
    PREFIX: join(asterisk.executable, '../..'),
    MODULES: asterisk.modulesDir,
    RUN: run,
    HTTP_PORT: String(http),
    AMI_PORT: String(ami),
    SIP_PORT: String(sip),
    RTP_START: String(rtpStart),
    RTP_END: String(rtpStart + 198),
    ICE_MAP: '',
    AMI_SECRET: amiSecret,
    ARI_SECRET: ariSecret,
    RECORDINGS: recordings,
    RESOURCES: resources,
  };
  await cp(join(resources, 'etc'), join(run, 'etc'), { recursive: true });
  for (const name of await readdir(join(run, 'etc'))) {
    const path = join(run, 'etc', name);
    const template = await readFile(path, 'utf8');
    await writeFile(
      path,
      template.replace(/@([A-Z_]+)@/g, (all, key: string) => values[key] ?? all),
    );
  }
  await writeFile(join(run, 'etc/pjsip_local.conf'), plainEndpoints(sip));

  const configuration = ['-C', join(run, 'etc/asterisk.conf')];
  let child: ChildProcess | null = null;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };

  const start = async (): Promise<void> => {
    child = spawn(asterisk.executable, ['-f', '-n', ...configuration], { stdio: 'ignore' });
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!(await answers(ami))) {
      if (performance.now() > deadline) throw new Error('Asterisk did not start');
      await wait(20);
    }
  };
  await start();

  return {
    webSocketUrl: `ws://127.0.0.1:${String(http)}/ws`,
    sipPort: sip,
    recordings,
    adapter: () =>
      createAsteriskPbx({
        ami: { host: '127.0.0.1', port: ami, username: 'ringside', secret: amiSecret },
        ari: { url: `http://127.0.0.1:${String(http)}`, username: 'ringside', secret: ariSecret },
        recordings: { asPbx: recordings, asBackend: recordings },
        hasDemoCustomers: true,
      }),
    cli: async (command) => {
      const console = spawn(asterisk.executable, [...configuration, '-rx', command]);
      let text = '';
      console.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      await once(console, 'close');
      return text;
    },
    filesContaining: async (text) => {
      const found: string[] = [];
      for (const entry of await readdir(run, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && (await readFile(path)).includes(text)) found.push(path);
      }
      return found;
    },
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGTERM');
      await rm(run, { recursive: true, force: true });
    },
  };
};
