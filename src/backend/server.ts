import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from './app.ts';
import { createClock } from './clock.ts';
import { readConfig, type Config } from './config.ts';
import { createDatabase, isDatabaseAway, type Database } from './database/database.ts';
import { migrate, migrationsFolder, readMigrations } from './database/migrate.ts';
import { createMintId } from './identifiers.ts';
import { keptKey } from './keys.ts';
import { createLog, type Log } from './log.ts';
import { withChain } from './modules/chain/chain.ts';
import { chainKeyOf } from './modules/chain/chain-key.ts';
import { chainWitnessPath, createFileWitness } from './modules/chain/chain-witness.ts';
import { listExtensions } from './modules/accounts/accounts-repository.ts';
import { seedDemo } from './modules/demo/seed.ts';
import { seedDemoShifts } from './modules/demo/seed-shifts.ts';
import { createAsteriskPbx } from './pbx/asterisk/asterisk-pbx.ts';
import { startRecordingGuard } from './pbx/asterisk/start-recording-guard.ts';
import { createNoPbx } from './pbx/no-pbx.ts';
import type { Pbx } from './pbx/pbx.ts';
import { readSipAccounts, type SipAccounts } from './pbx/sip-accounts.ts';

/** The backend as a process: reads the environment, listens, and stops cleanly. */

const databaseRetryMs = 1_000;
const stopWithinMs = 8_000;

/** null: no list is named. */
const accountsReader = (
  { pbx }: Config,
  database: Database,
): (() => Promise<SipAccounts>) | null => {
  const path = pbx.kind === 'none' ? pbx.sipAccountsPath : null;
  if (path === null) return null;
  return async () => readSipAccounts(path, await listExtensions(database));
};

const createPbx = (
  config: Config,
  database: Database,
  now: () => number,
  recordingOwner: string,
): Pbx =>
  config.pbx.kind === 'none'
    ? createNoPbx({ readAccounts: accountsReader(config, database), now })
    : createAsteriskPbx({
        ami: config.pbx.ami,
        ari: config.pbx.ari,
        recordings: { asPbx: config.pbxRecordingsPath, asBackend: config.recordingsPath },
        recordingOwner,
        hasDemoCustomers: config.pbx.isOurs,
        now,
      });

/** Told as the settings' own problems are. */
class UnusableSettings extends Error {}

const endWithProblems = (problems: readonly string[]): never => {
  process.stderr.write(
    `The backend's settings are not usable:\n${problems.map((line) => `  ${line}\n`).join('')}`,
  );
  process.exit(2);
};

const readVersion = async (): Promise<string> => {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
};

const prepareDatabase = async (
  database: Database,
  config: Config,
  now: () => number,
  log: Log,
): Promise<void> => {
  const run = await migrate(database, await readMigrations(migrationsFolder));
  if (run > 0) log.info({ migrations: run }, 'the schema is up to date');
  if (config.demo && (await seedDemo(database, now, createMintId(now)))) {
    log.info('the demo contact centre was made');
  }
  if (config.demo) await seedDemoShifts(database, now, createMintId(now), config.timeZone);
  // A mistake in the list shows at the start, not at somebody's sign-in.
  const accounts = await accountsReader(config, database)?.();
  if (accounts?.ok === false) throw new UnusableSettings(accounts.why);
};

const run = async (config: Config): Promise<void> => {
  const log = createLog(config.logLevel);
  const now = createClock();
  const database = withChain(
    createDatabase(config.databaseUrl, log),
    chainKeyOf(config.chainKey ?? keptKey(config.dataPath, 'chain')),
    now,
    createFileWitness(chainWitnessPath(config.dataPath), (error) => {
      log.warn({ error }, 'the end of the chain was not noted outside of the database');
    }),
  );
  const recordingOwner = randomUUID();
  const pbx = createPbx(config, database, now, recordingOwner);
  let startProblem = 'the database has not been reached yet';
  const backend = await buildApp({
    config,
    database,
    pbx,
    now,
    log,
    version: await readVersion(),
    startProblem: () => startProblem,
  });

  const life = { isStopping: false, isListening: false };
  const stop = (why: string): void => {
    if (life.isStopping) return;
    life.isStopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    void backend.app
      .close()
      .then(() => pbx.stop())
      .then(() => database.close())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        log.error({ error }, 'stopping failed');
        process.exit(1);
      });
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  if (config.stopsWithParent) {
    process.stdin.resume();
    process.stdin.on('close', () => stop('the parent is gone'));
    process.stdin.on('error', () => stop('the parent is gone'));
  }
  process.on('unhandledRejection', (error) => log.error({ error }, 'a promise was left alone'));

  const listen = async (): Promise<void> => {
    if (life.isListening) return;
    life.isListening = true;
    const address = await backend.app.listen({ host: config.host, port: config.port });
    process.stdout.write(`${JSON.stringify({ listening: address })}\n`);
  };

  while (!life.isStopping) {
    try {
      await prepareDatabase(database, config, now, log);
      startProblem = '';
      break;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      startProblem = 'the database cannot be reached';
      log.warn({ error }, 'the database is away; trying again');
      // Whoever asks is told what is missing meanwhile.
      await listen();
      await new Promise((done) => setTimeout(done, databaseRetryMs));
    }
  }
  if (life.isStopping) return;
  // Before anything can be recorded.
  if (config.pbx.kind !== 'none') startRecordingGuard(config.pbx.ami, recordingOwner, log);
  backend.start();
  pbx.start();
  await listen();
  log.info({ pbx: config.pbx.kind, demo: config.demo }, 'ready');
};

const config = readConfig(process.env);
if (config.ok) {
  await run(config.value).catch((error: unknown) => {
    if (error instanceof UnusableSettings) endWithProblems([error.message]);
    createLog(config.value.logLevel).fatal({ error }, 'the backend cannot start');
    process.exit(1);
  });
} else {
  endWithProblems(config.why);
}
