import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Push } from '../../src/shared/api/push.ts';
import type { Session } from '../../src/shared/api/routes.ts';
import { buildApp, type Backend } from '../../src/backend/app.ts';
import type { Config } from '../../src/backend/config.ts';
import type { Database } from '../../src/backend/database/database.ts';
import type { Log } from '../../src/backend/log.ts';
import { password } from './centre.ts';
import { quietLog } from './database.ts';
import { createScriptedPbx, type ScriptedPbx } from './scripted-pbx.ts';

export const testConfig: Config = {
  databaseUrl: 'postgres://unused',
  host: '127.0.0.1',
  port: 0,
  pbx: { kind: 'none', sipAccountsPath: null },
  sipEdges: [{ url: 'ws://127.0.0.1:8088/ws', priority: 0, weight: 1 }],
  sipDomain: 'pbx.example',
  relay: null,
  voicemailNumber: '*97',
  country: 'US',
  updates: null,
  recordingsPath: '/nowhere',
  pbxRecordingsPath: '/nowhere',
  dataPath: '/nowhere',
  chainKey: null,
  recordingKey: Buffer.alloc(32, 2),
  recordingKeysBefore: [],
  surveyKey: Buffer.alloc(32, 3),
  // Of each backend its own.
  recordingStore: { kind: 'folder', path: '/nowhere' },
  connectionKeys: [],
  publicUrl: '',
  vendorOrigins: new Map(),
  mail: null,
  summariesPath: '/nowhere',
  demo: false,
  // Tests speak to the backend without a desk's line for as long as they like.
  deskGraceMs: 3_600_000,
  timeZone: 'UTC',
  logLevel: 'silent',
  stopsWithParent: false,
};

export type Answered = {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
};

/** Somebody who is signed in, with an open line. */
export type Client = {
  readonly session: Session;
  readonly pushes: readonly Push[];
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answered>;
  /** The first push, past or to come, that fits. */
  readonly next: <Kind extends Push['kind']>(
    kind: Kind,
    fits?: (push: Extract<Push, { kind: Kind }>) => boolean,
  ) => Promise<Extract<Push, { kind: Kind }>>;
  readonly forgetPushes: () => void;
  readonly closed: Promise<number>;
  readonly close: () => void;
};

export type TestBackend = {
  readonly url: string;
  readonly pbx: ScriptedPbx;
  readonly backend: Backend;
  readonly ask: (method: string, path: string, body?: unknown, token?: string) => Promise<Answered>;
  readonly signIn: (username: string, deviceId?: string) => Promise<Client>;
  /** Stops it and closes its database. */
  readonly stop: () => Promise<void>;
};

/** Only what fails waits so long. */
const patienceMs = 15_000;

const openLine = async (
  url: string,
  session: Session,
): Promise<Omit<Client, 'session' | 'ask'>> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/push`, {
    headers: { authorization: `Bearer ${session.token}` },
  });
  const pushes: Push[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    pushes.push(JSON.parse(data.toString()) as Push);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((done) => socket.on('close', done));
  await new Promise((done, fail) => {
    socket.on('open', done);
    socket.on('error', fail);
  });
  return {
    pushes,
    closed,
    close: () => socket.close(),
    forgetPushes: () => {
      pushes.length = 0;
    },
    next: (kind, fits = () => true) =>
      new Promise((done, fail) => {
        const look = () => {
          const found = pushes.find((push) => push.kind === kind && fits(push as never));
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          done(found as never);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          fail(
            new Error(
              `no push "${kind}"; there were ${pushes.map((push) => push.kind).join(', ')}`,
            ),
          );
        }, patienceMs);
        waiting.add(look);
        look();
      }),
  };
};

export const startBackend = async (
  database: Database,
  options: {
    readonly config?: Partial<Config>;
    readonly log?: Log;
    readonly pbx?: ScriptedPbx;
  } = {},
): Promise<TestBackend> => {
  const pbx = options.pbx ?? createScriptedPbx();
  const dataPath = await mkdtemp(join(tmpdir(), 'ringside-backend-'));
  const backend = await buildApp({
    config: {
      ...testConfig,
      dataPath,
      recordingsPath: join(dataPath, 'recordings'),
      recordingStore: { kind: 'folder', path: join(dataPath, 'kept') },
      ...options.config,
    },
    database,
    pbx,
    now: Date.now,
    log: options.log ?? quietLog,
    version: '0.0.0',
  });
  backend.start();
  pbx.start();
  const address = await backend.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `${address}/api/v1`;

  const ask: TestBackend['ask'] = async (method, path, body, token) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      body: isJson ? (JSON.parse(text) as unknown) : text,
      headers: response.headers,
    };
  };

  return {
    url,
    pbx,
    backend,
    ask,
    signIn: async (username, deviceId = randomUUID()) => {
      const answered = await ask('POST', '/session', { username, password, deviceId });
      if (answered.status !== 200) throw new Error(JSON.stringify(answered.body));
      const session = answered.body as Session;
      const line = await openLine(url, session);
      await line.next('desk');
      return {
        session,
        ...line,
        ask: (method, path, body) => ask(method, path, body, session.token),
      };
    },
    stop: async () => {
      await backend.idle();
      await backend.app.close();
      await database.close();
      await rm(dataPath, { recursive: true, force: true });
    },
  };
};

/** Waits until something holds. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const giveUpAt = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error('it never came to be');
    await new Promise((done) => setTimeout(done, 10));
  }
};
