import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { Session } from '../../../src/shared/api/routes.ts';
import { segmentsOf } from '../../../src/shared/domain/handle-time/segments.ts';
import { until } from '../../support/backend.ts';
import { makeCentre, password, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';
import { spawnServer, type ServerProcess } from '../../support/server-process.ts';

let server: DatabaseServer;
const running = new Set<ServerProcess>();

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
afterEach(async () => {
  await Promise.all([...running].map((backend) => backend.kill('SIGKILL')));
  running.clear();
});

const start = async (environment: Readonly<Record<string, string>>): Promise<ServerProcess> => {
  const backend = await spawnServer(environment);
  running.add(backend);
  return backend;
};

const post = (backend: ServerProcess, path: string, body: unknown, token = '') =>
  fetch(`${backend.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });

const signIn = async (backend: ServerProcess): Promise<Session> => {
  const given = { username: 'alice', password, deviceId: randomUUID() };
  return (await (await post(backend, '/session', given)).json()) as Session;
};

test('a backend killed again and again while events arrive loses none and doubles none', async () => {
  const { url, database } = await server.fresh();
  const journal = createJournal(people.alice.id);
  const calls = Array.from({ length: 40 }, (_, index) =>
    Object.values(wholeCall(randomUUID(), Date.now() - 10_000_000 + index * 60_000)),
  );
  const waiting = calls.flat().map((fact) => journal.event(ledger(fact)));
  const all = waiting.length;
  let backend = await start({ DATABASE_URL: url });
  let { token } = await signIn(backend);
  let kills = 0;
  while (waiting.length > 0) {
    const batch = waiting.slice(0, 7);
    const sent = post(backend, '/events', { events: batch }, token).catch(() => null);
    if (kills < 6 && Math.random() < 0.4) {
      kills += 1;
      await new Promise((done) => setTimeout(done, Math.random() * 25));
      await backend.kill('SIGKILL');
      await sent;
      backend = await start({ DATABASE_URL: url });
      ({ token } = await signIn(backend));
      continue;
    }
    const { stored, refused } = (await (await sent)?.json()) as EventReceipt;
    expect(refused).toEqual([]);
    expect(stored).toHaveLength(batch.length);
    waiting.splice(0, batch.length);
  }
  expect(kills).toBeGreaterThan(2);
  const [row] = await database.query<{ readonly events: number; readonly legs: number }>(
    `SELECT (SELECT count(*) FROM events) AS events,
       (SELECT count(*) FROM legs WHERE handle_ms = 4000 AND finished_at IS NOT NULL) AS legs`,
  );
  expect(row).toEqual({ events: all, legs: calls.length });
  const segments = await database.query(
    'SELECT kind, started_at AS "startedAt", ended_at AS "endedAt" FROM segments ORDER BY started_at',
  );
  expect(segments).toEqual(calls.flatMap((facts) => segmentsOf(facts)));
}, 120_000);

test('it ends when its parent is gone, and cleanly when it is asked to', async () => {
  const { url } = await server.fresh();
  const orphan = await start({ DATABASE_URL: url });
  const exit = once(orphan.child, 'exit');
  orphan.child.stdin?.end();
  expect((await exit)[0]).toBe(0);
  const asked = await start({ DATABASE_URL: url });
  expect(await asked.kill('SIGTERM')).toBe(0);
}, 40_000);

test('without a database it listens, says what is missing, and is ready once it is there', async () => {
  await server.crash();
  const { url } = await start({ DATABASE_URL: server.urlOf('template_of_tests') });
  const health = async () => {
    const response = await fetch(`${url}/health`);
    return [response.status, await response.json()] as const;
  };
  expect(await health()).toMatchObject([503, { ok: false, database: { ok: false } }]);
  await server.restart();
  await until(async () => (await health())[0] === 200);
}, 40_000);

test.each([
  ['DATABASE_URL', {}],
  ['RINGSIDE_BACKEND_PORT', { DATABASE_URL: 'postgres://x', RINGSIDE_BACKEND_PORT: '70000' }],
  ['RINGSIDE_AMI_URL', { DATABASE_URL: 'postgres://x', RINGSIDE_PBX: 'asterisk' }],
])('a wrong setting is named: %s', async (name, environment) => {
  await expect(start(environment)).rejects.toThrow(name);
});

test('no secret and no name reaches the log, and numbers only in part', async () => {
  const { url } = await server.fresh();
  const backend = await start({ DATABASE_URL: url, RINGSIDE_LOG: 'trace' });
  const { token } = await signIn(backend);
  const canaries = ['Zebediah', '+13035550166', 'a-note-about-health', 'wrong-password-7'];
  const ask = (path: string) =>
    fetch(`${backend.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  await post(backend, '/session', {
    username: 'alice',
    password: canaries[3],
    deviceId: randomUUID(),
  });
  await post(backend, '/customers', { name: canaries[0], number: canaries[1] }, token);
  await post(
    backend,
    '/customers',
    { name: canaries[0], number: canaries[1], x: canaries[2] },
    token,
  );
  await ask(`/customers?search=${canaries[0] ?? ''}`);
  await ask(`/customers?search=${canaries[0] ?? ''}%00`);
  const { offered, wrapUp } = wholeCall(randomUUID(), Date.now());
  const facts = [
    { ...offered, remoteName: canaries[0] ?? '', remoteNumber: canaries[1] ?? '' },
    { ...wrapUp, notes: canaries[2] ?? '' },
  ];
  const journal = createJournal(people.alice.id);
  const events = facts.map((fact) => journal.event(ledger(fact)));
  await post(
    backend,
    '/events',
    { events: [...events, { ...events[0], seq: canaries[2] }] },
    token,
  );
  await backend.kill('SIGTERM');
  const log = backend.log();
  expect(log).toContain('signed in');
  for (const canary of [token, password, ...canaries]) expect(log).not.toContain(canary);
}, 40_000);
