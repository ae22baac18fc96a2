import { test as base } from 'playwright/test';
import { windowNeeds } from '../../../../scripts/platform/test-needs.ts';
import type { Database } from '../../../../src/backend/database/database.ts';
import { startBackend, type TestBackend } from '../../../support/backend.ts';
import { makeCentre, password, people } from '../../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../../support/database.ts';
import { type NeedsFixture, needsFixture } from '../../../support/needs-fixture.ts';
import { createScriptedPbx } from '../../../support/scripted-pbx.ts';
import { offeredCall, callTransition, type Call } from '../../../../src/shared/domain/call/call.ts';
import type { PbxFailure } from '../../../../src/backend/pbx/pbx.ts';
import { failure } from '../../../../src/shared/result.ts';
import { uuidV7 } from '../../../../src/shared/uuid-v7.ts';
import { launchApp, waitFor, type AppUnderTest } from './app-under-test.ts';

/** A real backend on a real database. Its PBX gives out no phone account, so that the engine keeps still. */
export type Desks = {
  readonly backend: TestBackend;
  readonly database: Database;
  readonly url: string;
  readonly stop: () => Promise<void>;
};

const noAccount: PbxFailure = { code: 'pbx_refused', message: 'no accounts here' };

export const startDesks = async (server: DatabaseServer): Promise<Desks> => {
  const { database } = await server.fresh();
  const pbx = Object.assign(createScriptedPbx(), {
    mintCredentials: () => Promise.resolve(failure(noAccount)),
  });
  const backend = await startBackend(database, { pbx });
  return { backend, database, url: backend.url.replace(/\/api\/v1$/u, ''), stop: backend.stop };
};

type WorkerFixtures = { readonly server: DatabaseServer };
type TestFixtures = { readonly desks: Desks };

/** A test with a backend and a database of its own. */
export const test = base.extend<TestFixtures & NeedsFixture, WorkerFixtures>({
  needs: needsFixture(windowNeeds),
  server: [
    // Playwright reads the names of fixtures from the pattern, and this one needs none.
    async ({}, use) => {
      const server = await startDatabaseServer(makeCentre);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  desks: async ({ server }, use) => {
    const desks = await startDesks(server);
    await use(desks);
    await desks.stop();
  },
});

export const agent = people.alice;

export const signIn = async (app: AppUnderTest): Promise<void> => {
  const answer = await (
    await app.page('ui')
  ).evaluate((credentials) => window.ringside.request('session.signIn', credentials), {
    username: agent.username,
    password,
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.why));
};

export const launchSignedIn = async (desks: Desks, profileDir?: string): Promise<AppUnderTest> => {
  const app = await launchApp({
    backendUrl: desks.url,
    ...(profileDir === undefined ? {} : { profileDir }),
  });
  await app.page('phone');
  await signIn(app);
  return app;
};

const stamp = (at: number) => ({
  id: uuidV7(at, crypto.getRandomValues(new Uint8Array(10))),
  at,
});

/** A call that began to ring and was answered just now. */
export const talkingCall = (): Call => {
  const at = Date.now();
  const offered = offeredCall({
    callId: crypto.randomUUID(),
    callKey: crypto.randomUUID(),
    queue: 'support',
    remote: { number: '+13035550123', name: 'Nora' },
    stamp: stamp(at),
  });
  const answered = callTransition(offered, { kind: 'answered', stamp: stamp(at + 1) });
  if (!answered.ok) throw new Error(answered.why);
  const confirmed = callTransition(answered.value, { kind: 'confirmed' });
  if (!confirmed.ok) throw new Error(confirmed.why);
  return confirmed.value;
};

export const endedCall = (call: Call): Call => {
  const ended = callTransition(call, {
    kind: 'ended',
    end: { side: 'remote', outcome: 'completed', sipCode: null, cause: 16 },
    stamp: stamp(Date.now()),
  });
  if (!ended.ok) throw new Error(ended.why);
  return ended.value;
};

/** Lets the engine's page report these calls, as if its telephone had them. */
export const report = async (app: AppUnderTest, calls: readonly Call[]): Promise<void> => {
  const page = await app.page('phone');
  await waitFor('the report to arrive', async () => {
    // Again until it is seen: the engine's own news may come right after it.
    await page.evaluate((next) => window.ringsidePhone.report('engine.snapshot', next), {
      ...(await app.phone()),
      calls,
    });
    const { calls: shown } = await app.phone();
    return calls.every((call) =>
      shown.some((other) => other.callId === call.callId && other.state === call.state),
    );
  });
};
