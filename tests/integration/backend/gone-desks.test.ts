import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { forgetSilentBackends, hasLine } from '../../../src/backend/modules/presence/desk-lines.ts';
import { startBackend, until, type Client, type TestBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import {
  startDatabaseServer,
  type DatabaseServer,
  type FreshDatabase,
} from '../../support/database.ts';
import { createScriptedPbx, type ScriptedPbx } from '../../support/scripted-pbx.ts';

const graceMs = 100;
/** Where a line has to be back before it is over. */
const longGraceMs = 2_000;

let server: DatabaseServer;
let fresh: FreshDatabase;
let pbx: ScriptedPbx;
let started: TestBackend[];

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  fresh = await server.fresh();
  pbx = createScriptedPbx();
  started = [];
});
afterEach(async () => {
  for (const { backend } of started) await backend.app.close();
  await fresh.database.close();
});

const start = async (deskGraceMs = graceMs): Promise<TestBackend> => {
  const backend = await startBackend(fresh.database, { config: { deskGraceMs }, pbx });
  started.push(backend);
  return backend;
};

const stop = async (backend: TestBackend): Promise<void> => {
  started = started.filter((other) => other !== backend);
  await backend.backend.app.close();
};

const readyAlice = async (backend: TestBackend): Promise<Client> => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  return alice;
};

const eventsOf = async (agentId: string): Promise<readonly string[]> =>
  (
    await fresh.database.query<{ readonly kind: string }>(
      `SELECT event->>'kind' AS kind FROM agent_state_log WHERE agent_id = $1 ORDER BY revision`,
      [agentId],
    )
  ).map(({ kind }) => kind);

const hasGone = async (agentId: string = people.alice.id): Promise<boolean> =>
  (await eventsOf(agentId)).includes('app_gone');

/** Returns when somebody whose desk was lost after everybody else's was found to be gone. */
const untilLookedAt = async (backend: TestBackend): Promise<void> => {
  const admin = await backend.signIn('admin');
  await admin.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  admin.close();
  await until(() => hasGone(people.admin.id));
};

const standing = async (): Promise<unknown> =>
  (
    await fresh.database.query<{ readonly standing: unknown }>(
      'SELECT standing FROM agent_standings WHERE agent_id = $1',
      [people.alice.id],
    )
  )[0]?.standing;

/** The same session's line, as a client opens it that lost the one before. */
const comeBack = async (backend: TestBackend, { session }: Client) => {
  const socket = new WebSocket(`${backend.url.replace('http', 'ws')}/push`, {
    headers: { authorization: `Bearer ${session.token}` },
  });
  await new Promise((done, fail) => {
    socket.on('open', done);
    socket.on('error', fail);
  });
  return socket;
};

test('whose desk is gone for longer than the grace is not ready, and the queue passes over them', async () => {
  const backend = await start();
  const alice = await readyAlice(backend);
  alice.close();
  await until(() => hasGone());
  await backend.backend.idle();
  expect(await standing()).toMatchObject({ wish: { kind: 'not_ready', reason: 'app_gone' } });
  await until(() => pbx.membership.get('support 1001')?.paused === true);
  expect(pbx.membership.get('support 1001')?.pauseReason).toBe('app_gone');
});

test('who is back after the grace is ready again and learns how long the desk was gone', async () => {
  const backend = await start();
  const alice = await readyAlice(backend);
  alice.close();
  await until(() => hasGone());
  await comeBack(backend, alice);
  await until(() => pbx.membership.get('support 1001')?.paused === false);
  const { body } = await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  expect(body).toMatchObject({ state: { state: 'ready' }, origin: { by: 'return' } });
  expect((await eventsOf(people.alice.id)).slice(-2)).toEqual(['app_gone', 'app_back']);
});

test('who is back only long after is not ready until the agent says so', async () => {
  const backend = await start();
  const alice = await readyAlice(backend);
  alice.close();
  await until(() => hasGone());
  await fresh.database.query(
    `UPDATE agent_state_log SET event = jsonb_set(event, '{lostAt}', to_jsonb($1::bigint))
     WHERE event->>'kind' = 'app_gone'`,
    [Date.now() - 11 * 60_000],
  );
  await comeBack(backend, alice);
  await backend.backend.idle();
  expect(await standing()).toMatchObject({ wish: { reason: 'app_gone' } });
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  expect(await standing()).toMatchObject({ wish: { kind: 'ready' } });
});

test('nothing changes for who is back within the grace, whose phone still answers, or who is at lunch', async () => {
  const backend = await start(longGraceMs);
  const alice = await readyAlice(backend);
  alice.close();
  await comeBack(backend, alice);
  const bruno = await backend.signIn('bruno');
  await bruno.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  pbx.reachable.add('1002');
  bruno.close();
  const sofia = await backend.signIn('sofia');
  await sofia.ask('PUT', '/agent/wish', { wish: { kind: 'not_ready', reason: 'lunch' } });
  sofia.close();
  await untilLookedAt(backend);
  for (const { id } of [people.alice, people.bruno, people.sofia]) {
    expect(await hasGone(id)).toBe(false);
  }
  // The phone dies as well: now nothing can ring there.
  pbx.reachable.delete('1002');
  await until(() => hasGone(people.bruno.id));
});

test('who is in a call is left alone until the PBX has ended it', async () => {
  const backend = await start();
  const alice = await readyAlice(backend);
  const callKey = randomUUID();
  const leg = { callKey, extension: '1001' };
  const remote = { queue: 'support', remoteNumber: '+13035550123', remoteName: '' };
  pbx.report({ kind: 'leg_offered', at: Date.now(), ...leg, ...remote });
  pbx.report({ kind: 'leg_answered', at: Date.now(), ...leg });
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  alice.close();
  await untilLookedAt(backend);
  expect(await hasGone()).toBe(false);
  pbx.report({ kind: 'leg_ended', at: Date.now(), ...leg, answered: true, cause: 16 });
  await until(() => hasGone());
  // The wrap-up is owed all the same.
  expect(await standing()).toMatchObject({
    wish: { kind: 'not_ready', reason: 'app_gone' },
    wrapUps: [callKey],
  });
});

test('while the PBX cannot be asked nobody is taken for gone', async () => {
  const backend = await start();
  const alice = await readyAlice(backend);
  let asked = 0;
  const answering = pbx.presence.bind(pbx);
  pbx.presence = () => {
    asked += 1;
    return answering();
  };
  pbx.goAway('restarted');
  alice.close();
  await until(() => asked > 1);
  expect(await hasGone()).toBe(false);
  pbx.comeBack();
  await until(() => hasGone());
});

test('after a restart of the backend the grace begins anew', async () => {
  const first = await start(longGraceMs);
  const alice = await readyAlice(first);
  await stop(first);
  const second = await start(longGraceMs);
  await comeBack(second, alice);
  await untilLookedAt(second);
  expect(await hasGone()).toBe(false);
  await stop(second);
  await start();
  await until(() => hasGone());
});

test('a desk that is connected to another backend is not gone', async () => {
  const [here, there] = [await start(), await start()];
  const alice = await readyAlice(here);
  const line = await comeBack(there, alice);
  await until(async () => (await fresh.database.query('SELECT FROM desk_lines')).length === 2);
  alice.close();
  await untilLookedAt(here);
  expect(await hasGone()).toBe(false);
  // And one that neither has is gone once, whichever of them says so.
  line.close();
  await until(() => hasGone());
  expect((await eventsOf(people.alice.id)).filter((kind) => kind === 'app_gone')).toHaveLength(1);
  await comeBack(here, alice);
  await until(async () => (await eventsOf(people.alice.id)).at(-1) === 'app_back');
});

test('desks of a backend that died without a word are looked for by the others', async () => {
  const backend = await start();
  const alice = await readyAlice(backend);
  const dead = randomUUID();
  await fresh.database.query('INSERT INTO backends (id, alive_until) VALUES ($1, $2)', [
    dead,
    Date.now() + 60_000,
  ]);
  await fresh.database.query('INSERT INTO desk_lines (backend, user_id) VALUES ($1, $2)', [
    dead,
    people.alice.id,
  ]);
  alice.close();
  await untilLookedAt(backend);
  expect(await hasGone()).toBe(false);
  await fresh.database.query('UPDATE backends SET alive_until = 0 WHERE id = $1', [dead]);
  expect(await hasLine(fresh.database, people.alice.id)).toBe(false);
  expect(await forgetSilentBackends(fresh.database)).toEqual([people.alice.id]);
  expect(await forgetSilentBackends(fresh.database)).toEqual([]);
  await start();
  await until(() => hasGone());
});
