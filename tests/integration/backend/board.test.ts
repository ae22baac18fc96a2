import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { BoardAgent, BoardPush, BoardQueue } from '../../../src/shared/api/board.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger } from '../../support/journal.ts';

const backend = backendForEachTest();
let sofia: Client;

beforeEach(async () => {
  sofia = await backend.signIn('sofia');
});

type Watcher = {
  readonly pushes: readonly BoardPush[];
  /** The agent as this watcher knows it now. */
  readonly agent: (id: string) => BoardAgent | undefined;
  readonly queue: (name: string) => BoardQueue | undefined;
  readonly closed: Promise<number>;
};

const watch = async (who: Client): Promise<Watcher> => {
  const socket = new WebSocket(`${backend.url.replace('http', 'ws')}/board`, {
    headers: { authorization: `Bearer ${who.session.token}` },
  });
  const pushes: BoardPush[] = [];
  socket.on('message', (data: Buffer) => pushes.push(JSON.parse(data.toString()) as BoardPush));
  const closed = new Promise<number>((done) => socket.on('close', done));
  await Promise.race([
    until(() => pushes.length > 0),
    new Promise((_, fail) => socket.on('error', fail)),
  ]);
  return {
    pushes,
    closed,
    agent: (id) =>
      pushes
        .flatMap(({ agents }) => agents)
        .filter((agent) => agent.id === id)
        .at(-1),
    queue: (name) =>
      pushes
        .flatMap(({ queues }) => queues)
        .filter((queue) => queue.name === name)
        .at(-1),
  };
};

/** Who is on the board now, message by message. */
const shownOn = ({ pushes }: Watcher): ReadonlySet<string> => {
  const shown = new Set<string>();
  for (const push of pushes) {
    if (push.kind === 'board') shown.clear();
    else for (const id of push.gone) shown.delete(id);
    for (const { id } of push.agents) shown.add(id);
  }
  return shown;
};

const stateOf = (watcher: Watcher, id: string) => watcher.agent(id)?.state.state;

test('a supervisor sees everybody at once, and every change from then on', async () => {
  const alice = await backend.signIn('alice');
  const board = await watch(sofia);
  expect(board.pushes[0]).toMatchObject({ kind: 'board' });
  expect(board.agent(people.alice.id)).toMatchObject({
    extension: '1001',
    queues: ['sales', 'support'],
    state: { state: 'not_ready', reason: 'signed_in' },
  });
  expect(stateOf(board, people.bruno.id)).toBe('offline');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await until(() => stateOf(board, people.alice.id) === 'ready');
  await backend.signIn('bruno');
  await until(() => stateOf(board, people.bruno.id) === 'not_ready');
  await alice.ask('DELETE', '/session');
  await until(() => stateOf(board, people.alice.id) === 'offline');
  const revisions = board.pushes.map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.map((_, index) => index));
});

test('who looks again sees how things stand, whatever happened in between', async () => {
  const alice = await backend.signIn('alice');
  const before = await watch(sofia);
  await backend.ask('DELETE', '/session', undefined, sofia.session.token);
  await before.closed;
  await alice.ask('DELETE', '/session');
  const after = await watch(await backend.signIn('sofia'));
  expect(stateOf(after, people.alice.id)).toBe('offline');
});

test('a supervisor of a team sees the team, an administrator everybody', async () => {
  await backend.database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{}', 0), ('south', '{}', 1)`,
  );
  await backend.database.query(
    `UPDATE users SET team = CASE username WHEN 'bruno' THEN 'south' ELSE 'north' END`,
  );
  const [mine, all] = [await watch(sofia), await watch(await backend.signIn('admin'))];
  const bruno = await backend.signIn('bruno');
  await bruno.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await until(() => stateOf(mine, people.alice.id) === 'ready');
  await until(() => stateOf(all, people.bruno.id) === 'ready');
  expect(mine.agent(people.bruno.id)).toBeUndefined();
});

test('the last check before a shift is on the board, and one of last week is not', async () => {
  const alice = await backend.signIn('alice');
  const checked = async (at: number): Promise<void> => {
    const fact = {
      ...{ kind: 'shift_check', id: randomUUID(), at },
      measured: { ringer: { played: true, heard: false } },
    };
    const event = {
      ...{ id: fact.id, journalId: randomUUID(), seq: 1, agentId: people.alice.id },
      ...{ writtenAt: at, offsetMs: 0, body: { topic: 'evidence', fact } },
    };
    await alice.ask('POST', '/events', { events: [event] });
  };
  await checked(Date.now() - 7 * 86_400_000);
  const board = await watch(sofia);
  expect(board.agent(people.alice.id)).not.toHaveProperty('check');
  const at = Date.now() - 1_000;
  await checked(at);
  await until(() => board.agent(people.alice.id)?.check?.at === at);
  expect(board.agent(people.alice.id)?.check).toMatchObject({
    ...{ word: 'bad', first: 'ringer_unheard' },
  });
});

test('who comes to work here while the board is open appears on it', async () => {
  const board = await watch(sofia);
  const id = '00000000-0000-7000-8000-0000000000aa';
  await backend.database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash)
     SELECT $1, 'nadia', 'Nadia', 'agent', '1099', password_hash FROM users WHERE username = 'alice'`,
    [id],
  );
  await backend.signIn('nadia');
  await until(() => stateOf(board, id) === 'not_ready');
});

test('a call is on the board with its queue, its wait, its customer and its holds', async () => {
  const alice = await backend.signIn('alice');
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  const board = await watch(sofia);
  const callKey = randomUUID();
  const callId = randomUUID();
  const caller = { remoteNumber: '+13035550123', remoteName: 'Nora Quist' };
  const at = Date.now();
  backend.pbx.report({
    kind: 'queue_entered',
    at: at - 30_000,
    callKey,
    queue: 'support',
    ...caller,
  });
  await until(() => board.queue('support')?.waiting === 1);
  expect(board.queue('support')).toMatchObject({ waitingSince: at - 30_000, ready: 1 });
  const leg = { at, callKey, extension: people.alice.extension };
  backend.pbx.report({ kind: 'leg_offered', ...leg, queue: 'support', ...caller });
  await until(() => board.agent(people.alice.id)?.calls[0]?.stage === 'ringing');
  backend.pbx.report({ kind: 'leg_answered', ...leg });
  backend.pbx.report({ kind: 'queue_left', at, callKey, queue: 'support', how: 'answered' });
  await until(() => board.queue('support')?.waiting === 0 && board.queue('support')?.ready === 0);
  const fact = (kind: string, more = {}) => ({ kind, id: randomUUID(), callId, callKey, ...more });
  const journal = createJournal(people.alice.id);
  const facts = [
    fact('offered', {
      ...{ at: at - 2_000, queue: 'support', remoteNumber: caller.remoteNumber },
      remoteName: caller.remoteName,
    }),
    fact('answered', { at }),
    fact('held', { at: at + 1_000 }),
    fact('resumed', { at: at + 2_000 }),
    fact('held', { at: at + 3_000 }),
  ];
  const events = facts.map((each) => journal.event(ledger(each as LedgerFact)));
  expect((await alice.ask('POST', '/events', { events })).body).toMatchObject({ refused: [] });
  await until(() => board.agent(people.alice.id)?.calls[0]?.holds === 2);
  expect(board.agent(people.alice.id)?.calls).toEqual([
    {
      callKey,
      contactId: expect.any(String) as string,
      stage: 'talking',
      direction: 'inbound',
      queue: 'support',
      since: at,
      waitedMs: 30_000,
      holds: 2,
      onHoldSince: at + 3_000,
      consulting: false,
      customer: 'Nora Whitfield',
      joins: [],
    },
  ]);
  await until(() => board.queue('support')?.answeredToday === 1);
  expect(board.queue('support')).toMatchObject({
    // The target is 20 s, and it took 30.
    ...{ serviceLevelNow: 0, serviceLevelToday: 0, offeredToday: 1, abandonedToday: 0 },
  });
});

test('who is moved to another team leaves one board and comes to the other', async () => {
  await backend.database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{}', 0), ('south', '{}', 1)`,
  );
  await backend.database.query(
    `UPDATE users SET team = CASE username WHEN 'alice' THEN 'south' ELSE 'north' END`,
  );
  const board = await watch(sofia);
  expect(board.agent(people.alice.id)).toBeUndefined();
  const alice = await backend.signIn('alice');
  await backend.database.query(`UPDATE users SET team = 'north' WHERE username = 'alice'`);
  // Everything is read again for whoever looks next, and those who look already are told.
  await watch(await backend.signIn('admin'));
  await until(() => shownOn(board).has(people.alice.id));
  await backend.database.query(`UPDATE users SET team = 'south' WHERE username = 'alice'`);
  const third = await watch(await backend.signIn('admin'));
  await until(() => !shownOn(board).has(people.alice.id));
  await alice.ask('PUT', '/agent/wish', { wish: { kind: 'ready' } });
  await until(() => stateOf(third, people.alice.id) === 'ready');
  expect(stateOf(board, people.alice.id)).toBe('not_ready');
});

test('an agent has no board, and a session that ended has none any more', async () => {
  const alice = await backend.signIn('alice');
  await expect(watch(alice)).rejects.toThrow('403');
  const board = await watch(sofia);
  await sofia.ask('DELETE', '/session');
  expect(await board.closed).toBe(4001);
});
