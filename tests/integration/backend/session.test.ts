import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { until } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { password, people } from '../../support/centre.ts';

const backend = backendForEachTest();

const signInWith = (username: string, given: string) =>
  backend.ask('POST', '/session', { username, password: given, deviceId: randomUUID() });

test('signing in gives a token, a SIP account and the whole desk; the agent is not ready', async () => {
  const alice = await backend.signIn('ALICE');
  expect(alice.session).toMatchObject({
    sip: {
      uri: 'sip:1001@pbx.example',
      username: '1001',
      password: backend.pbx.credentials.get('1001'),
      edges: [{ url: 'ws://127.0.0.1:8088/ws', priority: 0, weight: 1 }],
      country: 'US',
      voicemailNumber: '*97',
    },
    sipProblem: null,
    desk: {
      user: { username: 'alice', role: 'agent', extension: '1001' },
      agent: { state: { state: 'not_ready', reason: 'signed_in' } },
      queues: [{ name: 'support' }, { name: 'sales' }],
      cards: [],
      today: { contacts: 0, missed: 0, handleMs: 0, targetHandleMs: 240_000 },
      pbx: { state: 'connected' },
      country: 'US',
      demo: false,
      demoEverySeconds: null,
    },
  });
  await backend.backend.idle();
  expect(backend.pbx.membership.get('support 1001')).toMatchObject({ pauseReason: 'signed_in' });
});

test('neither a wrong password nor an unknown name is told apart', async () => {
  const wrong = await signInWith('alice', 'wrong');
  const nobody = await signInWith('nobody', 'wrong');
  expect(wrong).toMatchObject({ status: 401, body: { code: 'wrong_password' } });
  expect(nobody.body).toEqual(wrong.body);
});

test('after eight wrong passwords a ninth try is refused, a right one as well, other names are not', async () => {
  for (let tries = 0; tries < 8; tries += 1) {
    expect((await signInWith('alice', 'wrong')).status).toBe(401);
  }
  expect(await signInWith('alice', password)).toMatchObject({
    status: 429,
    body: { code: 'too_many_tries' },
  });
  expect((await signInWith('bruno', password)).status).toBe(200);
});

test('right passwords are never counted', async () => {
  for (let tries = 0; tries < 12; tries += 1) {
    expect((await signInWith('alice', password)).status).toBe(200);
  }
});

test('a second sign-in from another device ends the first, which is told why', async () => {
  const first = await backend.signIn('alice');
  await first.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const firstSecret = backend.pbx.credentials.get('1001');
  const second = await backend.signIn('alice');
  expect(await first.next('signed_out')).toEqual({
    kind: 'signed_out',
    why: 'signed_in_elsewhere',
  });
  await first.closed;
  expect((await first.ask('GET', '/contacts')).status).toBe(401);
  expect((await second.ask('GET', '/contacts')).status).toBe(200);
  expect(backend.pbx.credentials.get('1001')).not.toBe(firstSecret);
  expect(second.session.desk.agent.state).toEqual({ state: 'not_ready', reason: 'signed_in' });
});

test('the same device signing in again keeps the agent’s state', async () => {
  const deviceId = randomUUID();
  const before = await backend.signIn('alice', deviceId);
  await before.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const after = await backend.signIn('alice', deviceId);
  expect(after.session.desk.agent.state).toEqual({ state: 'ready' });
  await before.closed;
  expect(before.pushes.some((push) => push.kind === 'signed_out')).toBe(false);
});

test('two sign-ins at once leave one live session', async () => {
  await Promise.all([1, 2, 3, 4].map(() => signInWith('alice', password)));
  const live = await backend.database.query('SELECT id FROM sessions WHERE ended_at IS NULL');
  expect(live).toHaveLength(1);
});

test('signing out goes offline, leaves the queues and revokes the SIP secret', async () => {
  const alice = await backend.signIn('alice');
  await backend.backend.idle();
  expect(backend.pbx.membership.size).toBe(2);
  expect((await alice.ask('DELETE', '/session')).status).toBe(204);
  expect(await alice.next('signed_out')).toMatchObject({ why: 'signed_out' });
  await backend.backend.idle();
  expect(backend.pbx.membership.size).toBe(0);
  expect(backend.pbx.credentials.size).toBe(0);
  expect((await alice.ask('GET', '/contacts')).status).toBe(401);
});

test('a session that ran out no longer works, and says so', async () => {
  const alice = await backend.signIn('alice');
  await backend.database.query('UPDATE sessions SET expires_at = $1', [Date.now() - 1]);
  expect((await alice.ask('GET', '/contacts')).status).toBe(401);
  expect((await backend.ask('GET', '/contacts', undefined, 'x'.repeat(43))).status).toBe(401);
});

test('tokens are not kept, only their hashes', async () => {
  const alice = await backend.signIn('alice');
  const rows = await backend.database.query<{ readonly text: string }>(
    'SELECT s::text AS text FROM sessions s',
  );
  expect(JSON.stringify(rows)).not.toContain(alice.session.token);
});

test('an account of the demo cannot sign in where there is no demo', async () => {
  await backend.database.query(`UPDATE users SET demo_password = 'shown' WHERE username = 'alice'`);
  expect((await signInWith('alice', password)).status).toBe(401);
  expect((await backend.ask('GET', '/demo')).status).toBe(404);
});

test('a wish needs a reason that exists', async () => {
  const alice = await backend.signIn('alice');
  const wish = (reason: string) =>
    alice.ask('PUT', '/agent/wish', { wish: { kind: 'not_ready', reason } });
  expect(await wish('nap')).toMatchObject({ status: 400, body: { code: 'invalid' } });
  expect(await wish('lunch')).toMatchObject({
    status: 200,
    body: { state: { state: 'not_ready', reason: 'lunch' } },
  });
});

test('every step of an agent’s state is in the log, numbered without a gap', async () => {
  const alice = await backend.signIn('alice');
  await Promise.all([
    alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } }),
    alice.ask('PUT', '/agent/wish', { wish: { kind: 'not_ready', reason: 'lunch' } }),
    alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } }),
  ]);
  await alice.ask('DELETE', '/session');
  const log = await backend.database.query<{ readonly revision: number; readonly kind: string }>(
    `SELECT revision, event->>'kind' AS kind FROM agent_state_log WHERE agent_id = $1 ORDER BY id`,
    [people.alice.id],
  );
  expect(log.map((line) => line.revision)).toEqual(log.map((_, index) => index + 1));
  expect(log[0]?.kind).toBe('signed_in');
  expect(log.at(-1)?.kind).toBe('signed_out');
});

test('signing in works while the PBX is away; the account can be fetched when it is back', async () => {
  backend.pbx.goAway('cable');
  const alice = await backend.signIn('alice');
  expect(alice.session).toMatchObject({
    sip: null,
    sipProblem: 'pbx_away',
    desk: { pbx: { state: 'disconnected', why: 'cable' } },
  });
  expect(await alice.ask('POST', '/session/sip')).toMatchObject({ status: 503 });
  expect(await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } })).toMatchObject({
    body: { state: { state: 'ready' } },
  });
  backend.pbx.comeBack();
  expect(await alice.next('pbx', ({ pbx }) => pbx.state === 'connected')).toBeDefined();
  await until(() => backend.pbx.membership.get('support 1001')?.paused === false);
  expect(await alice.ask('POST', '/session/sip')).toMatchObject({ status: 200 });
});

test('what somebody changes in the PBX’s queues behind the backend’s back is put right', async () => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await backend.backend.idle();
  await backend.pbx.setMember({
    queue: 'support',
    extension: '1001',
    paused: true,
    pauseReason: 'by hand',
  });
  await until(() => backend.pbx.membership.get('support 1001')?.paused === false);
});
