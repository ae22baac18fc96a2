import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findAsterisk } from '../../../scripts/platform/asterisk.ts';
import { cacheDirectory, resourcesDirectory } from '../../../scripts/platform/paths.ts';

/** A real Asterisk with our own configuration and, beside it, customers whose audio is a TCP stream to the test. */

const secret = 'test-only';

export type TestPbx = {
  readonly sipUrl: string;
  readonly runDir: string;
  /** Makes the extension able to register. */
  readonly setPassword: (extension: string, password: string) => Promise<void>;
  /** A customer calls: queue-NAME or an extension. `audioId` names the stream. */
  readonly callFrom: (call: {
    readonly audioId: string;
    readonly target: string;
    readonly number?: string;
    readonly name?: string;
  }) => Promise<void>;
  /** Sends an AMI action; rejects when the PBX does. */
  readonly action: (
    fields: Readonly<Record<string, string>>,
  ) => Promise<Readonly<Record<string, string>>>;
  readonly cli: (command: string) => Promise<string>;
  readonly kill: () => Promise<void>;
  /** Same ports and configuration. */
  readonly startAgain: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const freeTcpPort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });

const freeUdpPort = () =>
  new Promise<number>((resolve) => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });

/** The folder that `usr/` and `bin/` of the fetched Asterisk lie in. */
export const asteriskPrefix = (): string | null => {
  const found = findAsterisk(cacheDirectory());
  return found === undefined ? null : dirname(dirname(found.executable));
};

const dialplan = (audioPort: number) => `
OUTBOUND_RING_SECONDS = 3

[test-entry]
exten => s,1,Set(CALLERID(num)=\${URIDECODE(\${TEST_NUMBER})})
 same => n,Set(CALLERID(name)=\${URIDECODE(\${TEST_NAME})})
 same => n,Goto(ringside-entry,\${TEST_TARGET},1)

[test-customer]
exten => _[0-9a-f].,1,Answer()
 same => n,AudioSocket(\${EXTEN},127.0.0.1:${audioPort})
 same => n,Hangup(16)

; two phones ring at once
[ringside-entry]
exten => both,1,Set(__RINGSIDE_CALL=\${CHANNEL(linkedid)})
 same => n,Dial(PJSIP/1001&PJSIP/1002,20,b(ringside-offer^s^1))

[demo-pstn]
; early media before the answer
exten => +12025550183,1,Progress()
 same => n,Playtones(1000)
 same => n,Wait(1.5)
 same => n,Answer()
 same => n,AudioSocket(00000000-0000-4000-8000-000000000183,127.0.0.1:${audioPort})
 same => n,Hangup(16)
exten => +12025550199,1,Ringing()
 same => n,Wait(0.3)
 same => n,Answer()
 same => n,AudioSocket(00000000-0000-4000-8000-000000000199,127.0.0.1:${audioPort})
 same => n,Hangup(16)
`;

const iceMap = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `${address} => 127.0.0.1`)
    .join('\n');

const fieldsOf = (block: string): Record<string, string> =>
  Object.fromEntries(
    block.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );

const createAmi = (port: number) => {
  let socket: Socket | null = null;
  let counter = 0;
  const waiting = new Map<string, (fields: Record<string, string>) => void>();

  const action = (fields: Readonly<Record<string, string>>) =>
    new Promise<Record<string, string>>((resolve, reject) => {
      counter += 1;
      const id = `test-${counter}`;
      waiting.set(id, (answer) => {
        if (answer['Response'] === 'Error') reject(new Error(answer['Message'] ?? 'AMI error'));
        else resolve(answer);
      });
      const lines = Object.entries({ ...fields, ActionID: id }).flatMap(([name, value]) =>
        value.split('\n').map((line) => `${name}: ${line}`),
      );
      socket?.write(`${lines.join('\r\n')}\r\n\r\n`);
    });

  const open = async () => {
    socket?.destroy();
    const opened = connect(port, '127.0.0.1');
    let text = '';
    opened.on('data', (data) => {
      text += data.toString('utf8');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const fields = fieldsOf(text.slice(0, end));
        text = text.slice(end + 4);
        const id = fields['ActionID'] ?? '';
        if (fields['Response'] !== undefined) {
          waiting.get(id)?.(fields);
          waiting.delete(id);
        }
      }
    });
    opened.on('error', () => undefined);
    await new Promise((resolve, reject) => {
      opened.once('connect', resolve);
      opened.once('error', reject);
    });
    socket = opened;
    await action({ Action: 'Login', Username: 'ringside', Secret: secret, Events: 'off' });
  };
  return { action, open, close: () => socket?.destroy() };
};

export const startTestPbx = async (audioPort: number): Promise<TestPbx> => {
  const prefix = asteriskPrefix();
  if (prefix === null) throw new Error('no Asterisk in the cache');
  const runDir = await mkdtemp(join(tmpdir(), 'ringside-pbx-'));
  const httpPort = await freeTcpPort();
  const amiPort = await freeTcpPort();
  const rtpStart = (await freeUdpPort()) & ~1;
  for (const folder of ['etc', 'lib/keys', 'data/sounds/en', 'data/agi-bin', 'run', 'log'])
    await mkdir(join(runDir, folder), { recursive: true });
  for (const folder of ['spool/monitor', 'spool/recording'])
    await mkdir(join(runDir, folder), { recursive: true });
  for (const folder of ['documentation', 'rest-api'])
    await symlink(join(prefix, 'usr/share/asterisk', folder), join(runDir, 'data', folder));
  await cp(join(resourcesDirectory, 'pbx/moh'), join(runDir, 'data/moh'), { recursive: true });

  const values: Readonly<Record<string, string>> = {
    PREFIX: prefix,
    RUN: runDir,
    RESOURCES: join(resourcesDirectory, 'pbx'),
    HTTP_PORT: String(httpPort),
    AMI_PORT: String(amiPort),
    AMI_SECRET: secret,
    ARI_SECRET: secret,
    RTP_START: String(rtpStart),
    RTP_END: String(rtpStart + 400),
    ICE_MAP: iceMap(),
  };
  const templates = join(resourcesDirectory, 'pbx/etc');
  for (const name of await readdir(templates)) {
    const text = await readFile(join(templates, name), 'utf8');
    const extra =
      name === 'modules.conf'
        ? '\nload = res_audiosocket.so\nload = app_audiosocket.so\nload = func_callerid.so\n'
        : '';
    await writeFile(
      join(runDir, 'etc', name),
      text.replaceAll(/@([A-Z_]+)@/gu, (all, key: string) => values[key] ?? all) + extra,
    );
  }
  await writeFile(join(runDir, 'etc/extensions_local.conf'), dialplan(audioPort));

  const binary = join(prefix, 'bin/asterisk');
  const configuration = join(runDir, 'etc/asterisk.conf');
  const ami = createAmi(amiPort);
  const passwords = new Map<string, string>();
  let running: ChildProcess | null = null;

  const pushPassword = async (extension: string, password: string) => {
    const response = await fetch(
      `http://127.0.0.1:${httpPort}/ari/asterisk/config/dynamic/res_pjsip/auth/${extension}`,
      {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Basic ${Buffer.from(`ringside:${secret}`).toString('base64')}`,
        },
        body: JSON.stringify({
          fields: [
            { attribute: 'auth_type', value: 'digest' },
            { attribute: 'username', value: extension },
            { attribute: 'password', value: password },
          ],
        }),
      },
    );
    if (!response.ok) throw new Error(`ARI ${response.status}: ${await response.text()}`);
  };

  const start = async () => {
    running = spawn(binary, ['-f', '-n', '-C', configuration], { stdio: 'ignore' });
    for (let tries = 0; ; tries += 1) {
      try {
        await ami.open();
        for (const [extension, password] of passwords) await pushPassword(extension, password);
        return;
      } catch (error) {
        if (tries > 100) throw error;
        await pause(100);
      }
    }
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = running;
    if (ending?.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  };
  await start();

  return {
    sipUrl: `ws://127.0.0.1:${httpPort}/ws`,
    runDir,
    setPassword: async (extension, password) => {
      passwords.set(extension, password);
      await pushPassword(extension, password);
    },
    callFrom: async ({ audioId, target, number = '+12025550123', name = 'Carol Customer' }) => {
      const variables = {
        __TEST_TARGET: target,
        __TEST_NUMBER: encodeURIComponent(number),
        __TEST_NAME: encodeURIComponent(name),
      };
      await ami.action({
        Action: 'Originate',
        Channel: `Local/${audioId}@test-customer/n`,
        Context: 'test-entry',
        Exten: 's',
        Priority: '1',
        Async: 'true',
        Variable: Object.entries(variables)
          .map(([key, value]) => `${key}=${value}`)
          .join('\nVariable: ')
          .replaceAll('Variable: ', ''),
      });
    },
    action: ami.action,
    cli: (command) =>
      new Promise((resolve) => {
        const child = spawn(binary, ['-C', configuration, '-rx', command]);
        let text = '';
        child.stdout.on('data', (data: Buffer) => {
          text += data.toString('utf8');
        });
        child.once('close', () => resolve(text));
      }),
    kill: () => end('SIGKILL'),
    startAgain: start,
    stop: async () => {
      ami.close();
      await end('SIGTERM');
      await rm(runDir, { recursive: true, force: true });
    },
  };
};
