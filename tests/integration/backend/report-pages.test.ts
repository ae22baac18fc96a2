import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReportContactLists } from '../../../src/backend/modules/reports/report-contacts.ts';
import { createReportSheets } from '../../../src/backend/modules/reports/report-sheet.ts';
import { createReports } from '../../../src/backend/modules/reports/reports.ts';
import { createReportViews } from '../../../src/backend/modules/reports/report-views.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import type {
  ReportContact,
  ReportContactsQuery,
  ReportSheet,
  ReportSheetQuery,
} from '../../../src/shared/api/report-sheet.ts';
import type { User } from '../../../src/shared/api/records.ts';
import {
  reportSubjects,
  reportViews,
  type Figures,
} from '../../../src/shared/domain/reporting/figures.ts';
import { createMintId } from '../../../src/backend/identifiers.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { planShift } from '../../support/reports/shift-plan.ts';
import { tellShift } from '../../support/reports/tell-shift.ts';
import { seededRandom } from '../../support/seeded-random.ts';

let server: DatabaseServer;
/** With some days of work in it; read only. */
let worked: Database;
const from = Date.parse('2026-03-23T00:00:00Z');
const days = 4;
const to = from + 6 * 86_400_000;
const at = Date.parse('2026-03-26T12:07:00Z');
const admin: User = { ...people.admin, name: '' };
const sofia: User = { ...people.sofia, name: '' };

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
  worked = (await server.fresh()).database;
  const customers = await worked.query<{ readonly id: string }>('SELECT id FROM customers');
  const plan = planShift(
    11,
    customers.map(({ id }) => id),
    { from, days, calls: 60 },
  );
  await tellShift(worked, plan, seededRandom(11), () => Promise.resolve());
  await worked.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{"en": "North"}', 0)`,
  );
  await worked.query(`UPDATE users SET team = 'north' WHERE username IN ('alice', 'sofia')`);
  await worked.query(
    `INSERT INTO contact_agents (contact_id, agent_id, since)
     SELECT contact_id, agent_id, min(started_at) FROM legs GROUP BY 1, 2 ON CONFLICT DO NOTHING`,
  );
});
afterAll(() => server.stop());

const now = () => at;
const listsOf = (database: Database) =>
  createReportContactLists({ database, now: () => to, country: 'US' });
const sheetsOf = (database: Database) =>
  createReportSheets({
    database,
    reports: createReports({ database, now, timeZone: 'UTC' }),
    now,
    timeZone: 'UTC',
  });

const usual = { interval: 'day', by: 'total', view: 'ringside', period: 'this_week' } as const;

const sheet = async (
  user: User,
  query: Partial<ReportSheetQuery>,
  database = worked,
): Promise<ReportSheet> => {
  const answer = await sheetsOf(database).of(user, { ...usual, ...query });
  if (!answer.ok) throw new Error(answer.why.message);
  return answer.value;
};

const allContacts = async (user: User, query: ReportContactsQuery) => {
  const found: ReportContact[] = [];
  let after: string | undefined;
  do {
    const page = await listsOf(worked).page(user, {
      ...{ ...query, limit: 7 },
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) throw new Error(page.why.message);
    found.push(...page.value.contacts);
    after = page.value.next ?? undefined;
  } while (after !== undefined);
  return found;
};

/** How many contacts a figure is made of, by the figures beside it. */
const counts = (figures: Figures): Readonly<Partial<Record<keyof Figures, number | null>>> => ({
  offered: figures.offered,
  leftOtherwise: figures.leftOtherwise,
  answered: figures.answered,
  asaMs: figures.answered,
  abandoned: figures.abandoned,
  shortAbandons: figures.shortAbandons,
  handled: figures.handled,
  ahtMs: figures.handled,
  transferred: figures.transferred,
  missed: figures.missed,
  missedCounted: figures.missedCounted,
});

test.each(reportSubjects.flatMap((by) => reportViews.map((view) => [by, view] as const)))(
  'by %s and as %s counts, a figure leads to as many contacts as it tells',
  async (by, view) => {
    const reports = createReports({ database: worked, now: () => to, timeZone: 'UTC' });
    for (const user of [admin, sofia]) {
      const answer = await reports.of(user, {
        ...{ by, view, interval: 'day' },
        ...{ from: '2026-03-25', to: '2026-03-26' },
      });
      if (!answer.ok) throw new Error(answer.why.message);
      for (const line of answer.value.lines) {
        for (const [figure, count] of Object.entries(counts(line.figures))) {
          if (count === null) continue;
          const contacts = await allContacts(user, {
            ...{ by, view, figure: figure as keyof Figures, key: line.key },
            ...{ from: line.from, to: line.to },
          });
          expect({ figure, key: line.key, count: contacts.length }).toEqual({
            ...{ figure, key: line.key },
            count,
          });
          expect(new Set(contacts.map(({ id }) => id)).size).toBe(count);
        }
      }
    }
  },
);

test('a service level leads to those who were not answered in time, the longest wait first', async () => {
  const { rows } = await sheet(admin, { by: 'queue' });
  expect(rows.length).toBeGreaterThan(0);
  for (const { key, now: figures } of rows) {
    const late = await allContacts(admin, {
      ...{ by: 'queue', view: 'ringside', figure: 'serviceLevel', key },
      ...{ from, to: from + 7 * 86_400_000 },
    });
    const counted = (figures.offered ?? 0) - (figures.shortAbandons ?? 0);
    expect(late.length).toBe(counted - Math.round((figures.serviceLevel ?? 0) * counted));
    const waits = late.map(({ waitMs }) => waitMs ?? 0);
    expect(waits).toEqual(waits.toSorted((a, b) => b - a));
  }
});

test('a supervisor is told of the own team alone, and of nobody else by asking for them', async () => {
  const { rows } = await sheet(sofia, { by: 'agent' });
  expect(rows.map(({ key }) => key).sort()).toEqual([people.alice.id, people.sofia.id]);
  const asked = { ...usual, by: 'agent', key: people.bruno.id } as const;
  expect(await sheetsOf(worked).of(sofia, asked)).toMatchObject({
    ok: false,
    why: { code: 'not_found' },
  });
  expect(
    await allContacts(sofia, {
      ...{ by: 'agent', view: 'ringside', figure: 'handled', key: people.bruno.id, from, to },
    }),
  ).toEqual([]);
  expect(
    await allContacts(admin, {
      ...{ by: 'agent', view: 'ringside', figure: 'handled', key: people.bruno.id, from, to },
    }),
  ).not.toEqual([]);
});

test('of a queue that the team serves everything is counted, and nothing told of what others have', async () => {
  const asked = { by: 'queue', view: 'ringside', figure: 'handled', key: 'support' } as const;
  const [seen, all] = [
    await allContacts(sofia, { ...asked, from, to }),
    await allContacts(admin, { ...asked, from, to }),
  ];
  expect(seen.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  const parts = await worked.query<{ readonly contactId: string }>(
    'SELECT contact_id AS "contactId" FROM contact_agents WHERE agent_id = ANY($1)',
    [[people.alice.id, people.sofia.id]],
  );
  const own = new Set(parts.map(({ contactId }) => contactId));
  const ofOthers = all.map(({ contactId }) => !own.has(contactId ?? ''));
  expect(new Set(ofOthers)).toEqual(new Set([true, false]));
  expect(seen.map(({ contactId, agent }) => contactId === null && agent === null)).toEqual(
    ofOthers,
  );
});

test('what is not made of contacts, or tells nothing of such a line, leads nowhere', async () => {
  for (const [figure, by] of [
    ['occupancy', 'agent'],
    ['offered', 'agent'],
    ['rang', 'total'],
  ] as const) {
    const answer = await listsOf(worked).page(admin, { figure, by, view: 'ringside', from, to });
    expect(answer).toMatchObject({ ok: false, why: { code: 'invalid' } });
  }
});

test('a period stands beside the same days before it, up to the same time while it goes on', async () => {
  const week = await sheet(admin, {});
  expect(week).toMatchObject({ from, before: { from: from - 7 * 86_400_000, weeks: 1 } });
  // Until now, in quarters of an hour.
  expect(week.before.to).toBe(Date.parse('2026-03-19T12:15:00Z'));
  expect(week.trend).toHaveLength(7);
  expect(week.total.now?.offered).toBeGreaterThan(0);
  expect(week.total.before).toBeNull();
  const next = await sheet(admin, { period: 'days', from: '2026-03-30', to: '2026-04-06' });
  expect(next.total.now).toBeNull();
  // It has not begun, and there is nothing yet to compare it with.
  expect(next.before.from).toBe(next.before.to);
  expect(next.trend.map(({ before }) => before?.offered ?? 0)).toEqual(
    week.trend.map(({ now: figures }) => figures?.offered ?? 0),
  );
});

test('the lines add up to the total, and one line alone is its own', async () => {
  const all = await sheet(admin, { by: 'queue' });
  const sum = all.rows.reduce((count, row) => count + (row.now.handled ?? 0), 0);
  expect(all.total.now?.handled).toBe(sum);
  expect(all.rows.find(({ key }) => key === 'support')?.target).toEqual({
    serviceLevel: 0.8,
    ahtMs: expect.any(Number) as number,
  });
  for (const { key, now: figures } of all.rows) {
    const one = await sheet(admin, { by: 'queue', key });
    expect(one.total.now).toEqual(figures);
    expect(one.key).toBe(key);
    const offered = one.trend.reduce((count, part) => count + (part.now?.offered ?? 0), 0);
    expect(offered).toBe(figures.offered);
  }
});

test('a view is kept, changed and deleted by its owner, and seen by the team where it is shared', async () => {
  const { database } = await server.fresh();
  await database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{"en": "North"}', 0), ('south', '{"en": "South"}', 1)`,
  );
  await database.query(`UPDATE users SET team = 'north' WHERE username IN ('alice', 'sofia')`);
  await database.query(
    `UPDATE users SET role = 'supervisor', team = 'north' WHERE username = 'bruno'`,
  );
  const bruno: User = { ...people.bruno, role: 'supervisor', name: '' };
  const views = createReportViews({ database, now, mintId: createMintId(now) });
  const choice = { ...usual, section: 'figures', figure: 'serviceLevel' } as const;
  const added = await views.add(sofia, { name: ' Monday ', shared: false, choice });
  if (!added.ok) throw new Error(added.why.message);
  const { id } = added.value;
  expect(added.value).toMatchObject({ name: 'Monday', owner: { id: sofia.id }, choice });
  expect(await views.list(bruno)).toEqual([]);
  expect(await views.change(bruno, id, { name: 'Mine', shared: true, choice })).toMatchObject({
    why: { code: 'not_found' },
  });
  await views.change(sofia, id, { name: 'Monday', shared: true, choice });
  expect((await views.list(bruno)).map(({ name }) => name)).toEqual(['Monday']);
  await database.query(`UPDATE users SET team = 'south' WHERE username = 'bruno'`);
  expect(await views.list(bruno)).toEqual([]);
  expect((await views.list(admin)).map(({ name }) => name)).toEqual(['Monday']);
  expect(await views.remove(admin, id)).toMatchObject({ why: { code: 'not_found' } });
  expect(await views.remove(sofia, id)).toEqual({ ok: true, value: null });
  expect(await views.list(sofia)).toEqual([]);
});
