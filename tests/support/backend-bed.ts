import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Database } from '../../src/backend/database/database.ts';
import { startBackend, type TestBackend } from './backend.ts';
import { makeCentre } from './centre.ts';
import { startDatabaseServer, type DatabaseServer, type FreshDatabase } from './database.ts';

/** The backend of the test that runs. Its parts are read when they are used: each test has others. */
export type BackendBed = Omit<TestBackend, 'stop'> & {
  readonly database: Database;
  readonly server: DatabaseServer;
  readonly databaseUrl: string;
};

/**
 * Gives each test of the calling file a backend over a fresh database, with the people and queues of `makeCentre`; `options` are
 * read when it starts.
 */
export const backendForEachTest = (
  options: () => Parameters<typeof startBackend>[1] = () => ({}),
): BackendBed => {
  let server: DatabaseServer;
  let fresh: FreshDatabase;
  let started: TestBackend;
  beforeAll(async () => {
    server = await startDatabaseServer(makeCentre);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    fresh = await server.fresh();
    started = await startBackend(fresh.database, options());
  });
  afterEach(() => started.stop());
  return {
    get server() {
      return server;
    },
    get database() {
      return fresh.database;
    },
    get databaseUrl() {
      return fresh.url;
    },
    get url() {
      return started.url;
    },
    get pbx() {
      return started.pbx;
    },
    get backend() {
      return started.backend;
    },
    ask: (...question) => started.ask(...question),
    signIn: (...who) => started.signIn(...who),
  };
};
