import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { maySupervise, teamOf } from '../../../src/backend/modules/accounts/accounts-repository.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';

const backend = backendForEachTest();
const label = (text: string) => JSON.stringify({ en: text, es: text, pt: text });
let alice: Client;
let sofia: Client;

/** Alice is of the team of Sofia, who supervises it; Bruno is of another. */
beforeEach(async () => {
  for (const team of ['north', 'south']) {
    await backend.database.query(`INSERT INTO teams (name, label, position) VALUES ($1, $2, 0)`, [
      team,
      label(team),
    ]);
  }
  await backend.database.query(
    `UPDATE users SET team = CASE username WHEN 'bruno' THEN 'south' WHEN 'admin' THEN NULL ELSE 'north' END`,
  );
  alice = await backend.signIn('alice');
  sofia = await backend.signIn('sofia');
});

const reason = (code: string, roles: readonly string[], teams: readonly string[]) =>
  backend.database.query(
    `INSERT INTO not_ready_reasons (code, label, position, paid, maximum_minutes, roles, teams)
     VALUES ($1, $2, 90, false, 15, $3, $4)`,
    [code, label(code), roles, teams],
  );
const wish = (code: string, who = alice) =>
  who.ask('PUT', '/agent/wish', { wish: { kind: 'not_ready', reason: code } });
const ready = (who = alice) => who.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
const force = (state: string, agentId: string = people.alice.id, who = sofia) =>
  who.ask('PUT', `/agents/${agentId}/state`, { state });
const logOf = (agentId: string) =>
  backend.database.query<{
    readonly source: string;
    readonly kind: string;
    readonly state: string;
  }>(
    `SELECT source, event->>'kind' AS kind, state->>'state' AS state FROM agent_state_log
     WHERE agent_id = $1 ORDER BY revision`,
    [agentId],
  );
const audit = () =>
  backend.database.query('SELECT actor, action, subject, details FROM audit_log ORDER BY id');

const answeredCall = async (): Promise<string> => {
  const callKey = randomUUID();
  const leg = { callKey, extension: '1001' };
  const remote = { queue: 'support', remoteNumber: '+13035550123', remoteName: 'Nora' };
  backend.pbx.report({ kind: 'queue_entered', at: Date.now(), callKey, ...remote });
  backend.pbx.report({ kind: 'leg_offered', at: Date.now(), ...leg, ...remote });
  backend.pbx.report({ kind: 'leg_answered', at: Date.now(), ...leg });
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  return callKey;
};
const endCall = (callKey: string): void => {
  const end = { answered: true, cause: 16 };
  backend.pbx.report({ kind: 'leg_ended', at: Date.now(), callKey, extension: '1001', ...end });
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
};

test('a desk offers the reasons that are for its agent, and names the others', async () => {
  await reason('floor', ['supervisor'], []);
  await reason('drill', [], ['north']);
  await reason('audit', ['agent'], ['south']);
  alice = await backend.signIn('alice');
  const { reasons, otherReasons } = alice.session.desk;
  expect(reasons.map(({ code }) => code)).toContain('drill');
  expect(reasons.find(({ code }) => code === 'drill')).toEqual({
    code: 'drill',
    label: JSON.parse(label('drill')) as object,
    paid: false,
    maximumMinutes: 15,
  });
  expect(otherReasons?.map(({ code }) => code)).toEqual(['audit', 'floor']);
  expect((await wish('drill')).status).toBe(200);
  for (const code of ['floor', 'audit']) {
    expect(await wish(code)).toMatchObject({
      status: 403,
      body: { code: 'not_allowed', message: 'this reason is meant for others' },
    });
  }
  expect((await wish('floor', sofia)).status).toBe(200);
});

test('nobody is not ready without a reason, nor for one that the system gives', async () => {
  const bare = await alice.ask('PUT', '/agent/wish', { wish: { kind: 'not_ready' } });
  expect(bare.status).toBe(400);
  for (const code of ['', 'set_by_supervisor', 'app_gone', 'missed_call', 'unspecified', 'nap']) {
    expect(await wish(code)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  }
  await backend.database.query('UPDATE not_ready_reasons SET active = false');
  expect((await wish('lunch')).status).toBe(400);
  // With nothing to choose from an agent can still leave the queues.
  expect((await ready()).status).toBe(200);
  expect(await wish('unspecified')).toMatchObject({
    body: { state: { state: 'not_ready', reason: 'unspecified' } },
  });
});

test('a supervisor takes an agent out of the queues: the agent is told who did it, and it is kept', async () => {
  await ready();
  expect(await force('not_ready')).toMatchObject({
    status: 200,
    body: { state: { state: 'not_ready', reason: 'set_by_supervisor' } },
  });
  const { agent } = await alice.next('agent', (push) => push.agent.origin !== undefined);
  expect(agent).toMatchObject({
    state: { state: 'not_ready', reason: 'set_by_supervisor' },
    origin: { by: 'supervisor', name: sofia.session.desk.user.name },
  });
  await backend.backend.idle();
  expect(backend.pbx.membership.get('support 1001')).toMatchObject({
    paused: true,
    pauseReason: 'set_by_supervisor',
  });
  expect((await logOf(people.alice.id)).at(-1)).toEqual({
    source: `supervisor:${people.sofia.id}`,
    kind: 'forced',
    state: 'not_ready',
  });
  expect(await audit()).toEqual([
    {
      actor: people.sofia.id,
      action: 'agent_state_set',
      subject: people.alice.id,
      details: { to: 'not_ready', before: 'ready', after: 'not_ready' },
    },
  ]);
  // The agent's own word counts again afterwards.
  expect((await ready()).body).not.toHaveProperty('origin');
  // Said twice it is done once.
  await force('not_ready');
  await force('not_ready');
  expect(await audit()).toHaveLength(2);
});

test('a supervisor’s word during a call waits for its end and for the wrap-up', async () => {
  await ready();
  const callKey = await answeredCall();
  const next = { kind: 'not_ready', reason: 'set_by_supervisor' };
  expect((await force('not_ready')).body).toMatchObject({ state: { state: 'engaged', next } });
  endCall(callKey);
  expect(await alice.next('agent', ({ agent }) => agent.state.state === 'wrap_up')).toMatchObject({
    agent: { state: { callKeys: [callKey], next } },
  });
  // Nor does one during the wrap-up take it away.
  expect((await force('ready')).body).toMatchObject({
    state: { state: 'wrap_up', callKeys: [callKey], next: { kind: 'ready' } },
  });
});

test('who is signed out by a supervisor learns by whom, and the phone’s account ends', async () => {
  await ready();
  expect((await force('offline')).body).toMatchObject({ state: { state: 'offline' } });
  expect(await alice.next('signed_out')).toMatchObject({
    why: 'by_supervisor',
    by: sofia.session.desk.user.name,
  });
  await alice.closed;
  expect((await alice.ask('GET', '/contacts')).status).toBe(401);
  await backend.backend.idle();
  expect(backend.pbx.membership.has('support 1001')).toBe(false);
  await until(() => !backend.pbx.credentials.has('1001'));
  expect((await force('offline')).status).toBe(200);
  expect((await force('ready')).status).toBe(409);
});

test('a sign-out during a call waits until the agent has nothing left to do', async () => {
  await ready();
  const callKey = await answeredCall();
  expect((await force('offline')).body).toMatchObject({
    state: { state: 'engaged' },
    origin: { leaving: true },
  });
  expect(await ready()).toMatchObject({ status: 409 });
  endCall(callKey);
  await alice.next('agent', (push) => push.agent.state.state === 'wrap_up');
  expect((await force('offline')).body).toMatchObject({ state: { state: 'offline' } });
  await alice.closed;
});

test('a supervisor acts on the own team, one without a team and an administrator on everybody, an agent on nobody', async () => {
  const bruno = await backend.signIn('bruno');
  const admin = await backend.signIn('admin');
  expect(await force('not_ready', people.bruno.id)).toMatchObject({
    status: 403,
    body: { code: 'not_allowed', message: 'this agent is not of your team' },
  });
  expect((await force('not_ready', people.sofia.id)).status).toBe(403);
  expect((await force('ready', people.alice.id, bruno)).status).toBe(403);
  expect((await force('ready', randomUUID())).status).toBe(404);
  expect((await force('lunch')).status).toBe(400);
  expect((await force('ready', people.bruno.id, admin)).status).toBe(200);
  await backend.database.query(`UPDATE users SET team = NULL WHERE username = 'sofia'`);
  expect((await force('not_ready', people.bruno.id)).status).toBe(200);
  expect(await teamOf(backend.database, people.bruno.id)).toBe('south');
  expect(await maySupervise(backend.database, people.bruno, people.alice.id)).toBe(false);
});

test('what is in the audit log cannot be changed or taken out', async () => {
  await force('ready');
  for (const change of [
    `UPDATE audit_log SET action = 'nothing'`,
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
  ]) {
    await expect(backend.database.query(change)).rejects.toThrow('only ever added to');
  }
  expect(await audit()).toHaveLength(1);
});

test('who wishes to be ready is, while the desk says that calls can ring there; the queue is told why not', async () => {
  const tell = (revision: number, hindrance: string | null, who = alice) =>
    who.ask('PUT', '/agent/readiness', { revision, hindrance });
  const member = () =>
    [...backend.pbx.membership.values()].find(
      ({ extension }) => extension === people.alice.extension,
    );
  await tell(1, 'proving');
  await ready();
  expect(await alice.next('agent', ({ agent }) => agent.state.state === 'not_ready')).toBeDefined();
  await until(() => member()?.pauseReason === 'hindered_proving');
  expect((await tell(2, null)).body).toMatchObject({ state: { state: 'ready' } });
  await until(() => member()?.paused === false);
  const told = performance.now();
  await tell(4, 'no_microphone');
  await until(() => member()?.pauseReason === 'hindered_no_microphone');
  expect(performance.now() - told).toBeLessThan(1_000);
  // A word that was overtaken on its way, and one that is told twice.
  await tell(3, null);
  await tell(4, null);
  expect((await alice.ask('GET', '/transfer-targets')).status).toBe(200);
  expect(member()?.pauseReason).toBe('hindered_no_microphone');
  // The agent's own word is another one, and lunch is lunch whatever the desk does.
  await wish('unspecified');
  const again = await backend.signIn('alice');
  await tell(9, null);
  expect((await tell(1, 'no_speaker', again)).body).toMatchObject({
    state: { state: 'not_ready', reason: 'signed_in' },
  });
  expect((await ready(again)).body).toMatchObject({
    state: { state: 'not_ready', reason: 'hindered_no_speaker' },
  });
  const log = await logOf(people.alice.id);
  expect(log.filter(({ kind }) => kind === 'readiness')).toHaveLength(4);
});
