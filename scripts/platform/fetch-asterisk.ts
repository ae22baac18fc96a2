import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openDraft } from './drafts.ts';
import { findProgram } from './find-program.ts';
import { resourcesDirectory } from './paths.ts';
import { messageOf, Problem } from './problem.ts';
import { runProgram } from './run-program.ts';

/** Debian releases that carry Asterisk 22; the first one that answers is taken. */
const SUITES = ['forky', 'sid'];
const MIRROR = 'http://deb.debian.org/debian';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Asterisk and the libraries that the modules of resources/pbx/etc/modules.conf need, and nothing else. */
const PACKAGES = [
  ...['asterisk', 'asterisk-modules'],
  ...['libc6', 'libgcc-s1', 'libstdc++6', 'libcap2', 'libcrypt1', 'libedit2', 'libbsd0', 'libmd0'],
  ...['libtinfo6', 'libjansson4', 'libpopt0', 'libsqlite3-0', 'libssl3t64', 'libzstd1', 'zlib1g'],
  ...['libsystemd0', 'liburiparser1', 'libuuid1', 'libxml2-16', 'libxslt1.1', 'libsrtp2-1'],
  ...['libnss3', 'libnspr4', 'libopus0', 'libopusenc0', 'libopusfile0', 'libogg0', 'libresample1'],
];

const platforms: Readonly<
  Record<string, { readonly debian: string; readonly triplet: string; readonly loader: string }>
> = {
  x64: { debian: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { debian: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

type Workshop = {
  /** Becomes the prefix when all is well. */
  readonly root: string;
  readonly apt: string;
  readonly env: { readonly APT_CONFIG: string };
  readonly platform: { readonly debian: string; readonly triplet: string; readonly loader: string };
};

const must = async (command: string, args: readonly string[], env?: Record<string, string>) => {
  const { code, output } = await runProgram(command, args, env ? { env } : {});
  if (code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')}\n${output.trim().split('\n').slice(-6).join('\n')}`,
    );
  }
  return output;
};

/** Debian's keys, from the system or else from its package. */
const findKeyring = async (apt: string): Promise<string> => {
  if (existsSync(KEYRING)) return KEYRING;
  const folder = join(apt, 'keyring');
  await mkdir(folder, { recursive: true });
  await runProgram('apt-get', ['-q', 'download', 'debian-archive-keyring'], { cwd: folder });
  const archive = (await readdir(folder)).find((name) => name.endsWith('.deb'));
  if (!archive)
    throw new Error('The keys of Debian are missing: apt-get install debian-archive-keyring');
  await must('dpkg-deb', ['-x', join(folder, archive), folder]);
  return join(folder, KEYRING);
};

/** The system's proxy holds here too; nothing else of its configuration does. */
const proxySettings = async (): Promise<string> => {
  const { output } = await runProgram('apt-config', ['dump']);
  return output
    .split('\n')
    .filter((line) => /^Acquire::(?:https?)::proxy/i.test(line))
    .join('\n');
};

/** An apt of its own: its state, its cache and its sources live in a folder that is thrown away. */
const openWorkshop = async (root: string, suite: string): Promise<Workshop> => {
  const platform = platforms[process.arch];
  if (!platform) throw new Error(`There are no packages for ${process.arch}.`);
  const apt = join(root, '.apt');
  for (const folder of [
    ...['state/lists/partial', 'cache/archives/partial', 'debs'],
    ...['apt.conf.d', 'preferences.d', 'sources.list.d', 'trusted.gpg.d'].map(
      (name) => `etc/${name}`,
    ),
  ]) {
    await mkdir(join(apt, folder), { recursive: true });
  }
  const keyring = await findKeyring(apt);
  const mirror = process.env['RINGSIDE_DEBIAN_MIRROR'] ?? MIRROR;
  await writeFile(join(apt, 'status'), '');
  await writeFile(
    join(apt, 'etc/sources.list'),
    `deb [arch=${platform.debian} signed-by=${keyring}] ${mirror} ${suite} main\n`,
  );
  await writeFile(
    join(apt, 'apt.conf'),
    [
      `Dir::State "${apt}/state";`,
      `Dir::State::status "${apt}/status";`,
      `Dir::Cache "${apt}/cache";`,
      `Dir::Etc "${apt}/etc";`,
      `Dir::Etc::sourcelist "${apt}/etc/sources.list";`,
      `Dir::Etc::sourceparts "${apt}/etc/sources.list.d";`,
      `Dir::Etc::parts "${apt}/etc/apt.conf.d";`,
      `Dir::Etc::preferencesparts "${apt}/etc/preferences.d";`,
      `Dir::Etc::trustedparts "${apt}/etc/trusted.gpg.d";`,
      `APT::Architecture "${platform.debian}";`,
      `APT::Architectures "${platform.debian}";`,
      'APT::Install-Recommends "0";',
      'APT::Sandbox::User "";',
      'Acquire::Languages "none";',
      'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
      // A mirror that stands still is past its date; the signatures are checked all the same.
      'Acquire::Check-Valid-Until "false";',
      'Acquire::Retries "3";',
      'Acquire::http::Timeout "20";',
      await proxySettings(),
      '',
    ].join('\n'),
  );
  const env = { APT_CONFIG: join(apt, 'apt.conf') };
  await must('apt-get', ['-q', 'update', '--error-on=any'], env);
  return { root, apt, env, platform };
};

const take = async ({ root, apt, env }: Workshop, packages: readonly string[]): Promise<void> => {
  const debs = join(apt, 'debs');
  const { code, output } = await runProgram('apt-get', ['-q', 'download', ...packages], {
    cwd: debs,
    env,
  });
  if (code !== 0) throw new Error(output.trim().split('\n').slice(-6).join('\n'));
  for (const deb of await readdir(debs)) await must('dpkg-deb', ['-x', join(debs, deb), root]);
};

const libraryFolder = ({ platform }: Workshop): string => join('usr/lib', platform.triplet);

const libraryPath = (libraries: string): string =>
  [libraries, join(libraries, 'asterisk'), join(libraries, 'nss')].join(':');

/** The modules that our configuration loads. */
const wantedModules = (): readonly string[] => {
  const text = readFileSync(join(resourcesDirectory, 'pbx/etc/modules.conf'), 'utf8');
  return [...text.matchAll(/^load\s*=>?\s*(\S+\.so)/gm)].map(([, name = '']) => name);
};

/** Libraries that are missing, or would come from the host: those would work here and fail on the next machine. */
const findUnresolved = async (workshop: Workshop): Promise<readonly string[]> => {
  const libraries = join(workshop.root, libraryFolder(workshop));
  const modules = join(libraries, 'asterisk/modules');
  const files = [
    join(workshop.root, 'usr/sbin/asterisk'),
    ...wantedModules().map((name) => join(modules, name)),
  ];
  const unresolved = new Set<string>();
  for (const file of files) {
    const { output } = await runProgram(join(libraries, workshop.platform.loader), [
      '--inhibit-cache',
      '--library-path',
      libraryPath(libraries),
      '--list',
      file,
    ]);
    for (const line of output.split('\n')) {
      const target = /=> (\S+)/.exec(line)?.[1];
      if (/not found|cannot open|error/.test(line)) unresolved.add(line.trim());
      else if (target && !target.startsWith(`${workshop.root}/`))
        unresolved.add(`${line.trim()} (host)`);
    }
  }
  return [...unresolved];
};

/** All that Asterisk's packages ask for: three times the size, for when a library has changed its name. */
const takeWholeClosure = async (workshop: Workshop): Promise<void> => {
  const { output } = await runProgram(
    'apt-get',
    ['install', '-y', '--print-uris', 'asterisk', 'asterisk-modules'],
    { env: workshop.env },
  );
  const names = [...output.matchAll(/^'[^']*' ([^_]+)_/gm)].map(([, name = '']) => name);
  await take(workshop, [...new Set(names)]);
};

const LAUNCHER = (platform: Workshop['platform']): string => `#!/bin/sh
# Runs this private Asterisk with its own loader and libraries; what it starts gets a clean environment.
P=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
L=$P/usr/lib/${platform.triplet}
exec "$L/${platform.loader}" --inhibit-cache --library-path "$L:$L/asterisk:$L/nss" --argv0 asterisk "$P/usr/sbin/asterisk" "$@"
`;

/** What nobody reads at run time. */
const SURPLUS = ['doc', 'man', 'locale', 'lintian', 'bug', 'perl5', 'icu'];

const finish = async (workshop: Workshop, suite: string): Promise<void> => {
  const { root, apt, platform } = workshop;
  const debs = await readdir(join(apt, 'debs'));
  const asterisk = debs.find((name) => name.startsWith('asterisk_'));
  if (!asterisk) throw new Error('The package "asterisk" is missing.');
  const version = (await must('dpkg-deb', ['-f', join(apt, 'debs', asterisk), 'Version'])).trim();
  const libraries = libraryFolder(workshop);
  const surplus = (await readdir(join(root, libraries))).filter((name) =>
    /^(?:gconv|engines-3|perl|libicu)/.test(name),
  );
  for (const path of [
    apt,
    ...SURPLUS.map((name) => join(root, 'usr/share', name)),
    ...surplus.map((name) => join(root, libraries, name)),
  ]) {
    await rm(path, { recursive: true, force: true });
  }
  await mkdir(join(root, 'bin'), { recursive: true });
  await writeFile(join(root, 'bin/asterisk'), LAUNCHER(platform), { mode: 0o755 });
  const banner = await must(join(root, 'bin/asterisk'), ['-V']);
  if (!banner.includes('Asterisk')) throw new Error(`The unpacked Asterisk says: ${banner}`);
  const stamp = {
    version: /Asterisk (\S+)/.exec(banner)?.[1] ?? version,
    debian: version,
    suite,
    libraries,
  };
  await writeFile(join(root, 'ringside.json'), `${JSON.stringify(stamp)}\n`);
};

const fetchFrom = async (suite: string, draft: string): Promise<void> => {
  const workshop = await openWorkshop(draft, suite);
  await take(workshop, PACKAGES).catch(() => takeWholeClosure(workshop));
  if ((await findUnresolved(workshop)).length > 0) await takeWholeClosure(workshop);
  const unresolved = await findUnresolved(workshop);
  if (unresolved.length > 0) throw new Error(`Libraries are missing: ${unresolved.join('; ')}`);
  await finish(workshop, suite);
};

/** Unpacks a private Asterisk into the prefix. No root, no maintainer scripts, nothing outside of the prefix. */
export const fetchAsterisk = async (prefix: string, advice: readonly string[]): Promise<void> => {
  const hasTools = findProgram('apt-get') && findProgram('dpkg-deb');
  if (process.platform !== 'linux' || !platforms[process.arch] || !hasTools) {
    throw new Problem(
      `The embedded Asterisk comes from Debian's packages, which cannot be used on ${
        process.platform === 'linux' ? 'this Linux (no apt)' : process.platform
      }.`,
      ...advice,
    );
  }
  const configured = process.env['RINGSIDE_DEBIAN_SUITE'];
  const failures: string[] = [];
  for (const suite of configured ? [configured] : SUITES) {
    const draft = openDraft(dirname(prefix), 'asterisk');
    try {
      await fetchFrom(suite, draft);
      await rm(prefix, { recursive: true, force: true });
      await rename(draft, prefix);
      return;
    } catch (error) {
      failures.push(`${suite}: ${messageOf(error)}`);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  throw new Problem(
    'The embedded Asterisk could not be fetched.',
    ...failures,
    'Check the network, or name a mirror: RINGSIDE_DEBIAN_MIRROR=http://mirror/debian RINGSIDE_DEBIAN_SUITE=forky',
    ...advice,
  );
};
