import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Asterisk, ensureAsterisk, useOwnAsterisk } from '../platform/asterisk.ts';
import { cacheDirectory } from '../platform/paths.ts';
import { messageOf, Problem } from '../platform/problem.ts';
import { type RunningAsterisk, startAsterisk } from './asterisk.ts';
import { type RunningBackend, startBackend } from './backend.ts';
import { lockData } from './data-lock.ts';
import { fetchDemoUsers, type DemoUser } from './demo-users.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { removeServicesFile } from './services-file.ts';
import { type ServiceReport, supervise, type Supervised } from './supervise.ts';

export type Step = <Value>(
  title: string,
  work: () => Promise<Value>,
  detail?: (value: Value) => string,
) => Promise<Value>;

export type ServicesOptions = {
  readonly dataDir: string;
  /** Where Asterisk is kept; RINGSIDE_CACHE unless said otherwise. */
  readonly cacheDir?: string;
  /** Seeds the demo contact centre; on unless the database is the user's own. */
  readonly demo?: boolean;
  /** Wraps each step of the start, to show it. */
  readonly step?: Step;
  /** Told when a service ended by itself and when it runs again. */
  readonly report?: ServiceReport;
  /** Where the embedded PBX offers media, when not on loopback. */
  readonly mediaAddress?: string;
  /** Settings for the backend beyond its usual ones. */
  readonly backendEnv?: Readonly<Record<string, string>>;
};

export type PbxDescription = {
  readonly kind: 'asterisk' | 'none';
  /** null: the user's own, which says it to the backend. */
  readonly version: string | null;
  /** A command line to which a command for Asterisk is appended. */
  readonly cli: string | null;
  /** The folder of recordings. */
  readonly recordings: string;
};

export type RunningServices = {
  readonly dataDir: string;
  readonly backendUrl: string;
  readonly sipUrl: string;
  readonly databaseUrl: string;
  readonly pbx: PbxDescription;
  /** Empty outside of the demo. */
  readonly users: readonly DemoUser[];
  readonly postgresVersion: string | null;
  /** The embedded ones; undefined where the user's own are used. */
  readonly postgres: Supervised<RunningPostgres> | undefined;
  readonly asterisk: Supervised<RunningAsterisk> | undefined;
  readonly backend: Supervised<RunningBackend>;
  /** Ends everything in reverse order, and lets go of the data folder. */
  readonly stop: () => Promise<void>;
};

type PbxChoice =
  { readonly kind: 'run'; readonly asterisk: Asterisk } | { readonly kind: 'reach' | 'none' };

const choosePbx = async (cacheDir: string, step: Step): Promise<PbxChoice> => {
  const wish = process.env['RINGSIDE_PBX'] ?? 'embedded';
  if (wish === 'none') return { kind: 'none' };
  if (wish === 'asterisk') {
    const missing = ['RINGSIDE_AMI_URL', 'RINGSIDE_SIP_URL'].filter((name) => !process.env[name]);
    if (missing.length === 0) return { kind: 'reach' };
    throw new Problem(
      `RINGSIDE_PBX=asterisk needs ${missing.join(' and ')} as well.`,
      'RINGSIDE_AMI_URL=ami://user:secret@host:5038   where the backend reaches it',
      'RINGSIDE_SIP_URL=wss://host:8089/ws            the address that phones are told',
    );
  }
  const asterisk =
    wish === 'embedded'
      ? await step(
          'Asterisk fetched',
          () => ensureAsterisk(cacheDir),
          ({ version }) => version,
        )
      : await useOwnAsterisk(wish);
  return { kind: 'run', asterisk };
};

const plainStep: Step = (_title, work) => work();

/** What was started, to be ended in reverse order. */
const createStack = (report: ServiceReport) => {
  const started: { readonly name: string; readonly stop: () => Promise<void> }[] = [];
  return {
    add: <Service extends { readonly name: string; readonly stop: () => Promise<void> }>(
      service: Service,
    ): Service => {
      started.push(service);
      return service;
    },
    stop: async (): Promise<void> => {
      for (const service of started.splice(0).reverse()) {
        try {
          await service.stop();
        } catch (error) {
          report(`${service.name} did not end well: ${messageOf(error)}`);
        }
      }
    },
  };
};

const describePbx = (
  choice: PbxChoice,
  asterisk: RunningAsterisk | undefined,
  recordings: string,
): PbxDescription => ({
  kind: choice.kind === 'none' ? 'none' : 'asterisk',
  version: asterisk?.version ?? null,
  cli: asterisk?.cli ?? null,
  recordings,
});

/** What the backend is told, beside what the environment says already. */
const backendEnvironment = (
  databaseUrl: string,
  asterisk: RunningAsterisk | undefined,
  recordings: string,
  demo: boolean,
): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  RINGSIDE_RECORDINGS: recordings,
  RINGSIDE_DEMO: demo ? '1' : '0',
  ...(asterisk
    ? {
        RINGSIDE_PBX: 'embedded',
        RINGSIDE_AMI_URL: asterisk.amiUrl,
        RINGSIDE_ARI_URL: asterisk.ariUrl,
        // A proxy may stand between the phones and the PBX: what the environment says wins.
        RINGSIDE_SIP_URL: process.env['RINGSIDE_SIP_URL'] ?? asterisk.sipUrl,
      }
    : {}),
});

/** Starts database, PBX and backend on a data folder. The demo, the tests and the benches all do it by this. */
export const startServices = async (options: ServicesOptions): Promise<RunningServices> => {
  const { dataDir, cacheDir = cacheDirectory(), step = plainStep } = options;
  const report = options.report ?? (() => undefined);
  const choice = await choosePbx(cacheDir, step);
  const media = options.mediaAddress === undefined ? {} : { mediaAddress: options.mediaAddress };
  const unlock = lockData(dataDir);
  // Left there by a run that was killed.
  removeServicesFile(dataDir);
  const stack = createStack(report);
  const stop = async () => {
    removeServicesFile(dataDir);
    await stack.stop();
    unlock();
  };
  try {
    const ownDatabaseUrl = process.env['DATABASE_URL'];
    const demo =
      options.demo ?? (process.env['RINGSIDE_DEMO'] ?? (ownDatabaseUrl ? '0' : '1')) === '1';
    const postgres = ownDatabaseUrl
      ? undefined
      : stack.add(
          await step(
            'PostgreSQL started',
            () =>
              supervise({ name: 'PostgreSQL', report, start: () => startPostgres({ dataDir }) }),
            (service) => service.current().version,
          ),
        );
    const asterisk =
      choice.kind === 'run'
        ? stack.add(
            await step(
              'Asterisk started',
              () =>
                supervise({
                  name: 'Asterisk',
                  report,
                  start: () => startAsterisk({ asterisk: choice.asterisk, dataDir, ...media }),
                }),
              (service) => service.current().version,
            ),
          )
        : undefined;
    const recordings =
      process.env['RINGSIDE_RECORDINGS'] ??
      asterisk?.current().recordingsDir ??
      join(dataDir, 'recordings');
    mkdirSync(recordings, { recursive: true });
    const databaseUrl = () => ownDatabaseUrl ?? postgres?.current().databaseUrl ?? '';
    const backend = stack.add(
      await step(
        'Backend started',
        () =>
          supervise({
            name: 'The backend',
            report,
            start: () =>
              startBackend({
                dataDir,
                env: {
                  ...backendEnvironment(databaseUrl(), asterisk?.current(), recordings, demo),
                  ...options.backendEnv,
                },
              }),
          }),
        (service) => service.current().backendUrl,
      ),
    );
    const { backendUrl } = backend.current();
    return {
      dataDir,
      backendUrl,
      sipUrl: process.env['RINGSIDE_SIP_URL'] ?? asterisk?.current().sipUrl ?? '',
      databaseUrl: databaseUrl(),
      pbx: describePbx(choice, asterisk?.current(), recordings),
      users: demo ? await fetchDemoUsers(backendUrl) : [],
      postgresVersion: postgres?.current().version ?? null,
      postgres,
      asterisk,
      backend,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
