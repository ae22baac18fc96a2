import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchAsterisk } from './fetch-asterisk.ts';
import { Problem } from './problem.ts';
import { runProgram } from './run-program.ts';

export type Asterisk = {
  readonly executable: string;
  readonly modulesDir: string;
  /** Holds `documentation/` and `rest-api/`, which Asterisk reads at its start. */
  readonly shareDir: string;
  readonly version: string;
  readonly provenance: 'fetched' | 'own';
};

const OLDEST_VERSION = 20;

export const otherWaysToAPbx: readonly string[] = [
  'You can point at a PBX instead:',
  '  RINGSIDE_PBX=/path/to/asterisk   an Asterisk 20 or newer of your own, run with the configuration of the demo',
  '                                   (macOS: brew install asterisk; Debian trixie/sid and Fedora carry packages)',
  '  RINGSIDE_PBX=asterisk RINGSIDE_AMI_URL=ami://user:secret@host:5038 RINGSIDE_SIP_URL=wss://host:8089/ws',
  '                                   one that runs already, with the contexts of resources/pbx/etc/extensions.conf',
  '  RINGSIDE_PBX=none                no PBX at all: sign in and look around, without calls',
];

const versionOf = async (executable: string): Promise<string> => {
  const { code, output } = await runProgram(executable, ['-V']);
  const version = /Asterisk (?:certified[/-])?(\S+)/.exec(output)?.[1];
  if (code !== 0 || version === undefined) {
    throw new Problem(`${executable} is no Asterisk: ${output.trim()}`, ...otherWaysToAPbx);
  }
  return version;
};

/** Where the binary's modules are: beside it, or where distributions put them. */
const findModules = (executable: string): string => {
  const prefix = dirname(dirname(executable));
  const candidates = [
    process.env['RINGSIDE_PBX_MODULES'],
    join(prefix, 'lib/asterisk/modules'),
    join(prefix, 'lib64/asterisk/modules'),
    '/usr/lib/x86_64-linux-gnu/asterisk/modules',
    '/usr/lib/aarch64-linux-gnu/asterisk/modules',
    '/usr/lib64/asterisk/modules',
    '/usr/lib/asterisk/modules',
  ].filter((path) => path !== undefined);
  const found = candidates.find((path) => existsSync(join(path, 'res_pjsip.so')));
  if (found) return found;
  throw new Problem(
    `The modules of ${executable} (res_pjsip.so and others) were not found.`,
    'Say where they are: RINGSIDE_PBX_MODULES=/path/to/asterisk/modules',
  );
};

/** An Asterisk of the user's own, to be run with our configuration. */
export const useOwnAsterisk = async (executable: string): Promise<Asterisk> => {
  if (!existsSync(executable)) {
    throw new Problem(
      `RINGSIDE_PBX names ${executable}, which does not exist.`,
      ...otherWaysToAPbx,
    );
  }
  const version = await versionOf(executable);
  if (Number.parseInt(version, 10) < OLDEST_VERSION) {
    throw new Problem(
      `${executable} is Asterisk ${version}; ${OLDEST_VERSION} or newer is needed.`,
      ...otherWaysToAPbx,
    );
  }
  const prefix = dirname(dirname(executable));
  const shareDirs = [join(prefix, 'share/asterisk'), '/usr/share/asterisk', '/var/lib/asterisk'];
  return {
    executable,
    modulesDir: findModules(executable),
    shareDir: shareDirs.find((path) => existsSync(path)) ?? '/var/lib/asterisk',
    version,
    provenance: 'own',
  };
};

const prefixIn = (cacheDir: string): string => join(cacheDir, 'asterisk');

/** The fetched Asterisk, if it is there and whole. */
export const findAsterisk = (cacheDir: string): Asterisk | undefined => {
  const prefix = prefixIn(cacheDir);
  try {
    // Written last by fetchAsterisk.
    const stamp = JSON.parse(readFileSync(join(prefix, 'ringside.json'), 'utf8')) as {
      readonly version: string;
      readonly libraries: string;
    };
    return {
      executable: join(prefix, 'bin/asterisk'),
      modulesDir: join(prefix, stamp.libraries, 'asterisk/modules'),
      shareDir: join(prefix, 'usr/share/asterisk'),
      version: stamp.version,
      provenance: 'fetched',
    };
  } catch {
    return undefined; // not fetched yet
  }
};

/** The Asterisk of the demo and the tests: unpacked from Debian's packages into the cache, without root. */
export const ensureAsterisk = async (cacheDir: string): Promise<Asterisk> => {
  const found = findAsterisk(cacheDir);
  if (found) return found;
  await fetchAsterisk(prefixIn(cacheDir), otherWaysToAPbx);
  const asterisk = findAsterisk(cacheDir);
  if (!asterisk) throw new Problem('Asterisk was unpacked and is not where it should be.');
  return { ...asterisk, version: await versionOf(asterisk.executable) };
};
