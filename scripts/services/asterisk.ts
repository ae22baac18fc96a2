import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emergencyNumbersOf } from '../../src/shared/domain/phone-number/emergency-numbers.ts';
import { type Asterisk, otherWaysToAPbx } from '../platform/asterisk.ts';
import { resourcesDirectory } from '../platform/paths.ts';
import { Problem } from '../platform/problem.ts';
import { type Child, startChild, tailOf } from './child.ts';
import { endLeftover } from './end-process.ts';
import { ensureMediaAddress, mediaAddresses } from './media-address.ts';
import { choosePorts, chooseRtpBlock } from './ports.ts';
import { keepSecrets } from './private-files.ts';
import { waitForAmi } from './wait-for-ami.ts';

/** The name of our account for AMI and for ARI (resources/pbx/etc/manager.conf, ari.conf). */
const ACCOUNT = 'ringside';
const RTP_PORTS = 400;
const READY_TIMEOUT_MS = 20_000;
/** Linux: sun_path holds 108 bytes, and Asterisk appends /run/asterisk.ctl. */
const LONGEST_RUN_PATH = 80;

export type AsteriskOptions = {
  readonly asterisk: Asterisk;
  /** Holds `pbx/` (configuration and state), `recordings/` and `logs/`. Created when missing. */
  readonly dataDir: string;
  /** The folder of templates, when not resources/pbx. */
  readonly resourcesDir?: string;
  /** The one of this machine's addresses at which media is offered: loopback, unless said otherwise. */
  readonly mediaAddress?: string;
};

export type RunningAsterisk = {
  readonly version: string;
  readonly amiUrl: string;
  readonly ariUrl: string;
  readonly sipUrl: string;
  readonly ports: {
    readonly http: number;
    readonly ami: number;
    readonly sip: number;
    readonly rtpStart: number;
    readonly rtpEnd: number;
  };
  readonly recordingsDir: string;
  readonly configDir: string;
  /** A command line that takes one more argument, a command for Asterisk. */
  readonly cli: string;
  readonly child: Child;
  readonly stop: () => Promise<void>;
};

/** `address => advertised` lines for rtp.conf: Asterisk never offers loopback by itself. */
const iceMap = (mediaAddress: string): string =>
  mediaAddresses()
    .map((address) => `${address} => ${mediaAddress}`)
    .join('\n');

/** Asterisk puts its control socket into the run folder, and the path of a socket is short. */
const shortRunDir = (runDir: string): string => {
  if (runDir.length <= LONGEST_RUN_PATH || process.platform === 'win32') return runDir;
  const name = createHash('sha256').update(runDir).digest('hex').slice(0, 12);
  const link = join(tmpdir(), `ringside-pbx-${process.getuid?.() ?? 0}-${name}`);
  rmSync(link, { force: true });
  symlinkSync(runDir, link);
  return link;
};

const prepareFolders = (runDir: string, shareDir: string, resourcesDir: string): void => {
  for (const folder of [
    'etc',
    'lib/keys',
    'data/agi-bin',
    'data/moh',
    'spool/monitor',
    'spool/voicemail',
    'spool/recording',
    'run',
    'log/cdr-csv',
  ]) {
    mkdirSync(join(runDir, folder), { recursive: true, mode: 0o700 });
  }
  const sounds = join(runDir, 'data/sounds');
  rmSync(sounds, { recursive: true, force: true });
  symlinkSync(join(resourcesDir, 'prompts'), sounds);
  // Asterisk reads its own descriptions from the data folder.
  for (const name of ['documentation', 'rest-api']) {
    const link = join(runDir, 'data', name);
    rmSync(link, { force: true });
    const target = join(shareDir, name);
    if (existsSync(target)) symlinkSync(target, link);
  }
};

/** The language of the mailbox's prompts: of most people in the country whose numbers are dialled. */
const promptLanguage = (country = 'US'): 'en' | 'es' | 'pt' => {
  const spanish = /^(?:ES|MX|AR|CO|CL|PE|VE|EC|GT|CU|BO|DO|HN|PY|SV|NI|CR|PA|UY|PR|GQ)$/iu;
  if (spanish.test(country)) return 'es';
  return /^(?:PT|BR|AO|MZ|CV|GW|ST|TL)$/iu.test(country) ? 'pt' : 'en';
};

/** Each as it is dialled; before what the dialplan's patterns would make of it. */
const emergencyLines = (country = ''): string =>
  emergencyNumbersOf(country === '' ? 'US' : country.toUpperCase())
    .map((number) => `exten => ${number},1,Goto(ringside-emergency,\${EXTEN},1)`)
    .join('\n');

/** Fills the templates in. Every start writes them anew, so that nobody's edits of the copies survive by surprise. */
const writeConfiguration = (
  templateDir: string,
  configDir: string,
  values: Readonly<Record<string, string>>,
  modulesDir: string,
): void => {
  rmSync(configDir, { recursive: true, force: true });
  mkdirSync(configDir, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(templateDir).filter((file) => file.endsWith('.conf'))) {
    const template = readFileSync(join(templateDir, name), 'utf8');
    const filled = template.replaceAll(/@([A-Z_]+)@/g, (placeholder, key: string) => {
      const value = values[key];
      if (value === undefined) throw new Error(`${name}: ${placeholder} has no value`);
      return value;
    });
    // An Asterisk of the user's own keeps its modules elsewhere.
    const text = filled.replace(/^astmoddir => .*$/m, () => `astmoddir => ${modulesDir}`);
    writeFileSync(join(configDir, name), text, { mode: 0o600 });
  }
};

const quote = (text: string): string =>
  /^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Starts an Asterisk with the configuration of resources/pbx, on free loopback ports. */
export const startAsterisk = async (options: AsteriskOptions): Promise<RunningAsterisk> => {
  const { asterisk, dataDir, resourcesDir = join(resourcesDirectory, 'pbx') } = options;
  const pbxDir = join(dataDir, 'pbx');
  mkdirSync(pbxDir, { recursive: true, mode: 0o700 });
  const runDir = shortRunDir(pbxDir);
  const configDir = join(runDir, 'etc');
  const configFile = join(configDir, 'asterisk.conf');
  const recordingsDir = join(dataDir, 'recordings');
  const logFile = join(dataDir, 'logs/asterisk.log');
  mkdirSync(recordingsDir, { recursive: true, mode: 0o700 });

  await endLeftover(
    join(runDir, 'run/asterisk.pid'),
    (commandLine) => commandLine.includes(configFile),
    'SIGTERM',
  );
  prepareFolders(runDir, asterisk.shareDir, resourcesDir);
  const secrets = keepSecrets(join(pbxDir, 'secrets.json'), ['ami', 'ari']);
  const ports = await choosePorts(
    { http: 'tcp', ami: 'tcp', sip: 'udp' },
    join(dataDir, 'ports.json'),
  );
  const giveBackAddress = await ensureMediaAddress();
  const rtp = chooseRtpBlock(RTP_PORTS);
  const { mediaAddress = '127.0.0.1' } = options;
  writeConfiguration(
    join(resourcesDir, 'etc'),
    configDir,
    {
      // The folder above bin/asterisk.
      PREFIX: join(asterisk.executable, '../..'),
      RUN: runDir,
      RESOURCES: resourcesDir,
      RECORDINGS: recordingsDir,
      EMERGENCY: emergencyLines(process.env['RINGSIDE_COUNTRY']?.trim()),
      LANGUAGE: promptLanguage(process.env['RINGSIDE_COUNTRY']?.trim()),
      HTTP_PORT: String(ports.http),
      AMI_PORT: String(ports.ami),
      SIP_PORT: String(ports.sip),
      RTP_START: String(rtp.start),
      RTP_END: String(rtp.end),
      ICE_MAP: iceMap(mediaAddress),
      MEDIA_ADDRESS: mediaAddress,
      AMI_SECRET: secrets.ami,
      ARI_SECRET: secrets.ari,
    },
    asterisk.modulesDir,
  );

  const child = await startChild({
    name: 'Asterisk',
    command: asterisk.executable,
    args: ['-f', '-n', '-C', configFile],
    // Asterisk reads the time zone and its own settings from here.
    env: { ASTERISK_PROMPT: undefined },
    logFile,
    stopTimeoutMs: 8000,
  });
  const isReady = await waitForAmi(
    { port: ports.ami, user: ACCOUNT, secret: secrets.ami },
    READY_TIMEOUT_MS,
    child.hasExited,
  );
  if (!isReady) {
    await child.stop();
    await giveBackAddress();
    throw new Problem(
      child.hasExited() ? 'Asterisk ended while starting.' : 'Asterisk does not answer.',
      `Its last words (${logFile}):`,
      tailOf(logFile),
      ...(asterisk.provenance === 'own' ? otherWaysToAPbx : []),
    );
  }
  return {
    version: asterisk.version,
    amiUrl: `ami://${ACCOUNT}:${secrets.ami}@127.0.0.1:${ports.ami}`,
    ariUrl: `http://${ACCOUNT}:${secrets.ari}@127.0.0.1:${ports.http}`,
    sipUrl: `ws://127.0.0.1:${ports.http}/ws`,
    ports: { ...ports, rtpStart: rtp.start, rtpEnd: rtp.end },
    recordingsDir,
    configDir,
    cli: `${quote(asterisk.executable)} -C ${quote(configFile)} -rx`,
    child,
    stop: async () => {
      await child.stop();
      await giveBackAddress();
    },
  };
};
