import { expect, test } from 'vitest';
import type {
  AdherenceDay,
  AdherenceException,
  AdherenceReport,
  ImportAnswer,
} from '../../../src/shared/api/shifts.ts';
import { seedDemo } from '../../../src/backend/modules/demo/seed.ts';
import { seedDemoShifts } from '../../../src/backend/modules/demo/seed-shifts.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { createPlans } from '../../../src/backend/modules/shifts/plans.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { people } from '../../support/centre.ts';
import { quietLog } from '../../support/database.ts';

const bed = backendForEachTest();
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A local time in UTC, the zone of the tests' backend. */
const text = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
const line = (who: string, kind: string, from: number, to: number, label = ''): string =>
  `${who},${text(from)},${text(to)},${kind},${label},UTC`;
const csv = (...lines: readonly string[]): string =>
  ['agent,start,end,kind,label,zone', ...lines].join('\n');
/** On the minute: what a file can say. */
const minuteOf = (at: number): number => Math.floor(at / minuteMs) * minuteMs;

const importBy = async (by: Client, body: object): Promise<ImportAnswer> => {
  const answered = await by.ask('POST', '/shifts/import', { name: 'week.csv', ...body });
  expect(answered.status).toBe(200);
  return answered.body as ImportAnswer;
};

const planOf = (client: Client) => client.session.desk.shift?.plan.map(({ kind }) => kind) ?? null;

/** Puts what an agent did into the log, as if it had been so. */
const lived = async (
  agentId: string,
  ...states: readonly (readonly [at: number, state: object])[]
): Promise<void> => {
  for (const [index, [at, state]] of states.entries()) {
    await bed.database.query(
      `INSERT INTO agent_state_log (agent_id, at, revision, source, event, state)
       VALUES ($1, $2, $3, 'test', '{}', $4)`,
      [agentId, at, index - 1_000, JSON.stringify(state)],
    );
  }
};

test('a schedule is on the desk at once, at the next sign-in, and gone when it is taken back', async () => {
  const alice = await bed.signIn('alice');
  expect(alice.session.desk.shift).toBeNull();
  const sofia = await bed.signIn('sofia');
  const now = minuteOf(Date.now());
  const content = csv(
    line('alice', 'work', now - hourMs, now + 6 * hourMs),
    line('alice', 'break', now + hourMs, now + hourMs + 15 * minuteMs, 'Coffee'),
  );
  const answer = await importBy(sofia, { content });
  expect(answer).toMatchObject({
    already: false,
    import: { format: 'csv', name: 'week.csv', importedBy: 'sofia', entries: 2 },
    kinds: [
      { kind: 'work', entries: 1 },
      { kind: 'break', entries: 1 },
    ],
  });
  const told = await alice.next('shift');
  expect(told.shift).toMatchObject({
    zone: 'UTC',
    plan: [
      { kind: 'work', startsAt: now - hourMs, endsAt: now + hourMs },
      { kind: 'break', label: 'Coffee', startsAt: now + hourMs },
      { kind: 'work', endsAt: now + 6 * hourMs },
    ],
  });

  expect((await alice.ask('GET', '/adherence/mine')).body).toMatchObject({
    zone: 'UTC',
    parts: {},
  });
  expect(await importBy(sofia, { content })).toMatchObject({ already: true });
  expect(planOf(await bed.signIn('alice'))).toEqual(['work', 'break', 'work']);
  expect((await bed.signIn('bruno')).session.desk.shift).toBeNull();

  const path = `/shifts/imports/${answer.import?.id ?? ''}`;
  expect(await sofia.ask('DELETE', path)).toMatchObject({ status: 403 });
  const admin = await bed.signIn('admin');
  expect(await admin.ask('DELETE', path)).toMatchObject({ status: 204 });
  expect(await admin.ask('DELETE', path)).toMatchObject({ status: 404 });
  expect((await bed.signIn('alice')).session.desk.shift).toBeNull();
  const audit = await bed.database.query('SELECT action FROM audit_log ORDER BY id');
  expect(audit).toMatchObject([{ action: 'shifts_imported' }, { action: 'shifts_removed' }]);
});

test('a file with a wrong line changes nothing, unless it is to be left out', async () => {
  const sofia = await bed.signIn('sofia');
  const now = minuteOf(Date.now());
  const content = csv(
    line('alice', 'work', now, now + hourMs),
    line('nobody', 'work', now, now + hourMs),
    line('alice', 'work', now, now + hourMs),
  );
  expect(await importBy(sofia, { content })).toMatchObject({
    import: null,
    bad: [
      { line: 3, why: 'there is no agent "nobody"' },
      { line: 4, why: 'it stands there twice' },
    ],
  });
  expect(await bed.database.query('SELECT FROM shift_imports')).toHaveLength(0);
  expect(await importBy(sofia, { content, skipBad: true })).toMatchObject({
    import: { entries: 1 },
    bad: [{ line: 3 }, { line: 4 }],
  });
  expect(await importBy(sofia, { content: 'start,end,kind\n' })).toMatchObject({
    import: null,
    bad: [{ why: 'there is nothing in it' }],
  });
  expect(await sofia.ask('POST', '/shifts/import', { name: 'x', content: '' })).toMatchObject({
    status: 400,
  });
  const alice = await bed.signIn('alice');
  expect(await alice.ask('POST', '/shifts/import', { name: 'x', content })).toMatchObject({
    status: 403,
  });
});

test('a team has a schedule, and own hours stand for that day in its place', async () => {
  await bed.database.query(
    `INSERT INTO teams (name, label, position) VALUES ('early', '{}', 0), ('late', '{}', 1)`,
  );
  await bed.database.query(`UPDATE users SET team = 'early' WHERE username IN ('alice', 'sofia')`);
  await bed.database.query(`UPDATE users SET team = 'late' WHERE username = 'bruno'`);
  const sofia = await bed.signIn('sofia');
  const day = '2026-05-04';
  const calendar = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:team',
    'SUMMARY:Shift',
    'DTSTART;TZID=Europe/Madrid:20260504T090000',
    'DTEND;TZID=Europe/Madrid:20260504T170000',
    'RRULE:FREQ=DAILY',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:huddle',
    'SUMMARY:Team meeting',
    'DTSTART;TZID=Europe/Madrid:20260504T100000',
    'DURATION:PT30M',
    'RRULE:FREQ=DAILY',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  expect(await importBy(sofia, { name: 'team.ics', content: calendar })).toMatchObject({
    import: null,
    bad: [{ line: 2 }, { line: 9 }],
  });
  expect(await importBy(sofia, { content: calendar, team: 'late' })).toMatchObject({
    import: null,
    bad: [{ why: 'it is for somebody of another team' }, {}],
  });
  expect(await importBy(sofia, { content: calendar, team: 'early' })).toMatchObject({
    import: { entries: 2 },
  });
  await importBy(sofia, {
    content: csv(`alice,${day} 12:00,${day} 20:00,work,,Europe/Madrid`),
  });
  const plans = createPlans({
    database: bed.database,
    now: Date.now,
    timeZone: 'UTC',
    log: quietLog,
  });
  const on = async (agentId: string, from: string) => {
    const start = Date.parse(`${from}T00:00:00Z`);
    const { zone, plan } = await plans.between(agentId, start, start + 24 * hourMs);
    return [
      zone,
      ...plan.map(
        ({ kind, startsAt }) => `${kind} ${new Date(startsAt).toISOString().slice(11, 16)}`,
      ),
    ];
  };
  expect(await on(people.alice.id, day)).toEqual(['Europe/Madrid', 'meeting 08:00', 'work 10:00']);
  expect(await on(people.alice.id, '2026-05-05')).toEqual([
    'Europe/Madrid',
    'work 07:00',
    'meeting 08:00',
    'work 08:30',
  ]);
  expect(await on(people.bruno.id, day)).toEqual(['UTC']);

  // A later calendar with the same event moves it, for everybody of the team and without a second one.
  await importBy(sofia, { content: calendar.replaceAll('T100000', 'T113000'), team: 'early' });
  expect(await on(people.alice.id, '2026-05-05')).toContain('meeting 09:30');
  expect(await bed.database.query('SELECT FROM shift_entries')).toHaveLength(3);
});

test('adherence is the day beside its plan; an exception is asked for, approved and audited', async () => {
  const sofia = await bed.signIn('sofia');
  const now = minuteOf(Date.now());
  // Within one day, whatever time it is: the day's first hours, or those before now.
  const midnight = now - (now % (24 * hourMs));
  const start =
    Math.max(midnight, now - 4 * hourMs) - (now - midnight < 4 * hourMs ? 24 * hourMs : 0);
  const day = new Date(start).toISOString().slice(0, 10);
  await importBy(sofia, { content: csv(line('alice', 'work', start, start + 4 * hourMs)) });
  const at = (minutes: number): number => start + minutes * minuteMs;
  await lived(
    people.alice.id,
    [at(2), { state: 'ready' }],
    [at(60), { state: 'not_ready', reason: 'phone_failed' }],
    [at(80), { state: 'engaged', callKeys: [], next: { kind: 'ready' } }],
    [at(120), { state: 'not_ready', reason: 'lunch' }],
    [at(150), { state: 'ready' }],
    [at(240), { state: 'offline' }],
  );
  const alice = await bed.signIn('alice');
  const read = async (): Promise<AdherenceDay> =>
    (await alice.ask('GET', `/adherence/mine?day=${day}`)).body as AdherenceDay;
  const before = await read();
  expect(before).toMatchObject({
    day,
    zone: 'UTC',
    parts: {
      scheduledMs: 240 * minuteMs,
      adherentMs: (58 + 40 + 90) * minuteMs,
      graceMs: 2 * minuteMs,
      excusedMs: 0,
      outMs: 50 * minuteMs,
    },
    share: 190 / 240,
    excusedShare: 190 / 240,
    work: { breaks: 1, breakMs: 30 * minuteMs, owed: 0 },
  });
  const offered = before.spans.filter(({ offer }) => offer !== null);
  expect(offered).toMatchObject([{ offer: 'technical', startsAt: at(60), endsAt: at(80) }]);

  const ask = (body: object) => alice.ask('POST', '/adherence/exceptions', body);
  const stretch = { startsAt: at(60), endsAt: at(80), cause: 'technical', note: '' };
  const asked = (await ask(stretch)).body as AdherenceException;
  expect(asked).toMatchObject({ state: 'pending', agentName: 'The alice' });
  expect((await ask({ ...stretch, note: 'Headset' })).body).toMatchObject({
    id: asked.id,
    note: 'Headset',
  });
  for (const wrong of [
    { ...stretch, endsAt: stretch.startsAt },
    { ...stretch, endsAt: Date.now() + hourMs },
    { ...stretch, cause: 'note' },
    { ...stretch, startsAt: stretch.startsAt - 40 * 24 * hourMs },
  ]) {
    expect(await ask(wrong)).toMatchObject({ status: 400 });
  }
  expect((await read()).parts).toEqual(before.parts);

  const path = `/adherence/exceptions/${asked.id}`;
  expect(await alice.ask('PUT', path, { state: 'approved' })).toMatchObject({ status: 403 });
  expect((await sofia.ask('GET', '/adherence/exceptions?state=pending')).body).toMatchObject({
    exceptions: [{ id: asked.id }],
  });
  expect(await sofia.ask('PUT', path, { state: 'approved', note: 'Sorry!' })).toMatchObject({
    status: 200,
    body: { state: 'approved', decidedBy: 'The sofia', answer: 'Sorry!' },
  });
  expect(await alice.next('exception')).toMatchObject({ exception: { state: 'approved' } });
  expect(await read()).toMatchObject({
    parts: { excusedMs: 20 * minuteMs, outMs: 30 * minuteMs },
    share: 190 / 240,
    excusedShare: 210 / 240,
    exceptions: [{ id: asked.id, state: 'approved' }],
  });
  const report = (
    await sofia.ask(
      'GET',
      `/adherence/report?from=${day}&to=${new Date(start + 24 * hourMs).toISOString().slice(0, 10)}&interval=15`,
    )
  ).body as AdherenceReport;
  const sums = report.lines.reduce((ms, { parts }) => ms + parts.scheduledMs, 0);
  const excused = report.lines.reduce((ms, { parts }) => ms + parts.excusedMs, 0);
  const out = report.lines.reduce((ms, { parts }) => ms + parts.outMs, 0);
  expect([sums, excused, out]).toEqual([240 * minuteMs, 20 * minuteMs, 30 * minuteMs]);
  expect(await sofia.ask('GET', '/adherence/report?from=2026-01-01&to=2025-01-01')).toMatchObject({
    status: 400,
  });
  expect(
    await bed.database.query(
      `SELECT actor, subject, details->>'before' AS before FROM audit_log
       WHERE action = 'adherence_exception_approved'`,
    ),
  ).toEqual([{ actor: people.sofia.id, subject: people.alice.id, before: 'pending' }]);
});

test('a supervisor decides for the own team alone', async () => {
  await bed.database.query(
    `INSERT INTO teams (name, label, position) VALUES ('early', '{}', 0), ('late', '{}', 1)`,
  );
  await bed.database.query(`UPDATE users SET team = 'early' WHERE username = 'alice'`);
  await bed.database.query(`UPDATE users SET team = 'late' WHERE username = 'sofia'`);
  const alice = await bed.signIn('alice');
  const [endsAt, startsAt] = [Date.now() - hourMs, Date.now() - 2 * hourMs];
  const asked = await alice.ask('POST', '/adherence/exceptions', {
    ...{ startsAt, endsAt, cause: 'note', note: 'Fire drill' },
  });
  const path = `/adherence/exceptions/${(asked.body as AdherenceException).id}`;
  const sofia = await bed.signIn('sofia');
  expect((await sofia.ask('GET', '/adherence/exceptions')).body).toEqual({ exceptions: [] });
  expect(await sofia.ask('PUT', path, { state: 'declined' })).toMatchObject({ status: 403 });
  const admin = await bed.signIn('admin');
  expect(await admin.ask('PUT', path, { state: 'declined' })).toMatchObject({ status: 200 });
});

test('everybody of the demo has a shift every day, in the demo’s own zone', async () => {
  const { database } = bed;
  const mintId = createMintId(Date.now);
  await database.query('DELETE FROM users');
  await database.query('DELETE FROM queues');
  await seedDemo(database, Date.now, mintId);
  for (let times = 0; times < 2; times += 1) {
    await seedDemoShifts(database, Date.now, mintId, 'America/Sao_Paulo');
  }
  const agents = await database.query<{ readonly id: string }>(
    `SELECT id FROM users WHERE role = 'agent'`,
  );
  const plans = createPlans({ database, now: Date.now, timeZone: 'UTC', log: quietLog });
  for (const { id } of agents) {
    const { zone, plan } = await plans.between(id, Date.now(), Date.now() + 24 * hourMs);
    expect(zone).toBe('America/Sao_Paulo');
    const kinds = plan.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['work', 'break', 'meal']));
  }
  expect(agents.length).toBeGreaterThan(4);
});
