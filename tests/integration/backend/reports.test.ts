import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Value } from 'typebox/value';
import { reportSchema, type Report } from '../../../src/shared/api/reports.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { until, type Client } from '../../support/backend.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();

const dayMs = 86_400_000;
const today = () => new Date().toISOString().slice(0, 10);
const tomorrow = () => new Date(Date.now() + dayMs).toISOString().slice(0, 10);

const read = async (client: Client, query: Record<string, string>, path = '/reports') => {
  const asked = new URLSearchParams({ from: today(), to: tomorrow(), ...query });
  return client.ask('GET', `${path}?${asked.toString()}`);
};

const report = async (client: Client, query: Record<string, string>, path?: string) => {
  await backend.backend.idle();
  const answer = await read(client, query, path);
  expect(answer).toMatchObject({ status: 200 });
  // The desk takes nothing else.
  expect(Value.Check(reportSchema, answer.body)).toBe(true);
  return answer.body as Report;
};

/** A customer who waits and is answered by alice, or gives up. */
const callQueue = (callKey: string, waitMs: number, answers: boolean, at: number) => {
  const from = { callKey, queue: 'support', remoteNumber: '+13035550123', remoteName: '' };
  const { pbx } = backend;
  pbx.report({ kind: 'queue_entered', at, ...from });
  if (!answers) {
    pbx.report({
      kind: 'queue_left',
      at: at + waitMs,
      callKey,
      queue: 'support',
      how: 'abandoned',
    });
    pbx.report({ kind: 'call_ended', at: at + waitMs, callKey });
    return;
  }
  const leg = { callKey, extension: '1001' };
  pbx.report({ kind: 'leg_offered', at, ...from, ...leg });
  pbx.report({ kind: 'leg_answered', at: at + waitMs, ...leg });
  pbx.report({ kind: 'queue_left', at: at + waitMs, callKey, queue: 'support', how: 'answered' });
};

const tell = async (client: Client, facts: readonly object[]) => {
  const journal = createJournal(people.alice.id);
  const events = facts.map((fact) => journal.event(ledger(fact as never)));
  const answer = await client.ask('POST', '/events', { events });
  expect(answer.body).toMatchObject({ refused: [] });
};

const startOfDay = () => Date.parse(today());

test('waits and calls become figures with their definitions, for whoever may see them', async () => {
  const alice = await backend.signIn('alice');
  const admin = await backend.signIn('admin');
  const at = startOfDay();
  const callKey = randomUUID();
  callQueue(callKey, 12_000, true, at);
  callQueue(randomUUID(), 2_000, false, at);
  callQueue(randomUUID(), 60_000, false, at);
  await backend.backend.idle();
  await tell(alice, Object.values(wholeCall(callKey, at)));
  const byQueue = await report(admin, { by: 'queue' });
  expect(byQueue.lines).toHaveLength(1);
  expect(byQueue.lines[0]).toMatchObject({
    key: 'support',
    name: 'support',
    local: `${today()}T00:00:00+00:00`,
    figures: {
      offered: 3,
      answered: 1,
      abandoned: 2,
      shortAbandons: 1,
      abandonRate: 0.5,
      asaMs: 12_000,
      longestWaitMs: 60_000,
      serviceLevel: 0.5,
      handled: 1,
      ahtMs: 4_000,
      talkMs: 2_000,
      holdMs: 1_000,
      wrapUpMs: 1_000,
    },
  });
  expect(byQueue.definitions['serviceLevel']).toMatchObject({
    key: 'report.serviceLevel',
    unit: 'share',
    text: expect.stringContaining('offered - short abandons') as string,
  });
  const byAgent = await report(admin, { by: 'agent' });
  const own = byAgent.lines.find(({ key }) => key === people.alice.id);
  expect(own?.name).toBe('The alice');
  expect(own?.figures).toMatchObject({ offered: null, answered: 1, rang: 1 });
  const byCode = await report(admin, { by: 'code', view: 'genesys' });
  expect(byCode.lines).toEqual([expect.objectContaining({ key: 'resolved', name: 'Resolved' })]);
});

test('the agent’s own day is what the desk says of today, to the millisecond', async () => {
  const alice = await backend.signIn('alice');
  const first = wholeCall(randomUUID(), startOfDay());
  await tell(alice, Object.values(first));
  const second = wholeCall(randomUUID(), startOfDay());
  await tell(alice, Object.values(second));
  for (const counted of [true, true, false]) {
    await backend.database.query(
      `INSERT INTO missed_offers (id, agent_id, contact_id, call_key, queue, offered_at, at, cause,
         counted, evidence, judged_at, revision)
       SELECT gen_random_uuid(), $1, id, call_key, 'support', $2, $2, $3, $4, '{}', $2, 0
       FROM contacts LIMIT 1`,
      [people.alice.id, startOfDay(), counted ? 'not_answered' : 'asleep', counted],
    );
  }
  await tell(alice, Object.values(wholeCall(randomUUID(), startOfDay())));
  const { today: shown } = await alice.next('today', (push) => push.today.contacts === 3);
  const mine = await report(alice, { by: 'total', interval: 'day' }, '/reports/mine');
  expect(mine.lines).toHaveLength(1);
  expect(mine.lines[0]?.figures).toMatchObject({
    handled: shown.contacts,
    handleMs: shown.handleMs,
    missedCounted: shown.missed,
    missed: shown.missed + (shown.missedTechnical ?? 0),
  });
  expect(mine.lines[0]?.missedByCause).toEqual({ not_answered: 2, asleep: 1 });
  expect(mine.lines[0]?.figures.offered).toBeNull();
  const bruno = await backend.signIn('bruno');
  expect(
    (await report(bruno, {}, '/reports/mine')).lines.map(({ figures }) => figures.handled),
  ).not.toContain(3);
});

test('an agent reads no report of others, and a supervisor the own team’s', async () => {
  const alice = await backend.signIn('alice');
  expect(await read(alice, {})).toMatchObject({ status: 403 });
  await backend.database.query(
    `INSERT INTO teams (name, label, position) VALUES ('days', '{"en": "Days"}', 0), ('nights', '{"en": "Nights"}', 1)`,
  );
  await backend.database.query(
    `UPDATE users SET team = CASE WHEN username = 'bruno' THEN 'nights' ELSE 'days' END`,
  );
  const callKey = randomUUID();
  callQueue(callKey, 1_000, true, startOfDay());
  await backend.backend.idle();
  await tell(alice, Object.values(wholeCall(callKey, startOfDay())));
  const sofia = await backend.signIn('sofia');
  const handled = async (by: string) =>
    (await report(sofia, { by })).lines
      .filter(({ figures }) => (figures.handled ?? 0) > 0)
      .map(({ name }) => name);
  expect(await handled('agent')).toEqual(['The alice']);
  expect(await handled('team')).toEqual(['Days']);
  expect(await handled('queue')).toEqual(['support']);
  await backend.database.query(`UPDATE users SET team = 'nights' WHERE username = 'sofia'`);
  expect(await handled('agent')).toEqual([]);
  expect(await handled('team')).toEqual([]);
});

test('what cannot be answered is refused by name', async () => {
  const admin = await backend.signIn('admin');
  const refusals: readonly (readonly [Record<string, string>, string])[] = [
    [{ zone: 'Mars/Olympus' }, 'unknown_zone'],
    [{ from: 'yesterday' }, 'not_a_time'],
    [{ to: today() }, 'empty_range'],
    [{ from: '2020-01-01' }, 'range_too_long'],
    [{ from: '2026-05-04T00:07', to: '2026-05-05', interval: '15' }, 'interval_does_not_divide'],
    [{ interval: '20' }, 'query/interval'],
    [{ by: 'shoe_size' }, 'query/by'],
    [{ view: 'cisco' }, 'query/view'],
    [{ colour: 'red' }, 'query/colour'],
  ];
  for (const [query, why] of refusals) {
    expect(await read(admin, query)).toMatchObject({
      status: 400,
      body: { code: 'invalid', message: expect.stringContaining(why) as string },
    });
  }
});

test('a report may be had as CSV', async () => {
  const admin = await backend.signIn('admin');
  callQueue(randomUUID(), 2_000, false, startOfDay());
  await backend.backend.idle();
  const { status, body, headers } = await read(admin, { by: 'queue', format: 'csv' });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/csv');
  expect(String(body).split('\r\n')[0]).toMatch(/^from,to,local,key,name,offered,/u);
  expect(String(body).split('\r\n')[1]).toMatch(/,support,support,1,0,1,1,0,/u);
});

test('a wait that ended while the PBX was out of sight is closed when it is seen again', async () => {
  const admin = await backend.signIn('admin');
  const gone = randomUUID();
  const still = randomUUID();
  const at = Date.now() - 1_000;
  const from = { queue: 'support', remoteNumber: '', remoteName: '' };
  for (const callKey of [gone, still]) {
    backend.pbx.report({ kind: 'queue_entered', at, callKey, ...from });
  }
  await backend.backend.idle();
  backend.pbx.report({ kind: 'disconnected', at, why: 'a test' });
  backend.pbx.report({ kind: 'connected', at: Date.now(), version: '22' });
  backend.pbx.report({ kind: 'queue_entered', at: Date.now(), callKey: still, ...from });
  await until(async () => {
    const [line] = (await report(admin, { by: 'queue' })).lines;
    return line?.figures.offered === 2 && line.figures.leftOtherwise === 1;
  });
});
