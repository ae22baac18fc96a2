import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/backend/database/database.ts';
import { createCompactor } from '../../../src/backend/modules/reports/compactor.ts';
import { foldDeltas } from '../../../src/backend/modules/reports/fold-repository.ts';
import { createReports } from '../../../src/backend/modules/reports/reports.ts';
import type { Report } from '../../../src/shared/api/reports.ts';
import {
  figuresOf,
  reportSubjects,
  reportViews,
  type ReportSubject,
  type ReportView,
} from '../../../src/shared/domain/reporting/figures.ts';
import { intervalsBetween } from '../../../src/shared/domain/reporting/intervals.ts';
import type { ReportInterval } from '../../../src/shared/domain/reporting/report-interval.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { quietLog, startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { longestWaits, recompute } from '../../support/reports/recompute.ts';
import { planShift, type ShiftPlan } from '../../support/reports/shift-plan.ts';
import { tellShift } from '../../support/reports/tell-shift.ts';
import { seededRandom } from '../../support/seeded-random.ts';

let server: DatabaseServer;
beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());

const from = Date.parse('2026-03-27T00:00:00Z');
/** Long after everything. */
const later = Date.parse('2026-04-20T00:00:00Z');
const admin = { ...people.admin, name: '' };

type Asked = {
  readonly by: ReportSubject;
  readonly view: ReportView;
  readonly interval: ReportInterval;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
};

const alice = { ...people.alice, name: '' };

const read = async (database: Database, asked: Asked, own = false): Promise<Report> => {
  const reports = createReports({ database, now: () => later, timeZone: 'UTC' });
  const { by, ...range } = asked;
  const answer = await (own
    ? reports.mine(alice, { ...range, by: by === 'queue' || by === 'code' ? by : 'total' })
    : reports.of(admin, asked));
  if (!answer.ok) throw new Error(answer.why.message);
  return answer.value;
};

/** What the report must be, worked out from the plan alone. */
const expectedLines = (plan: ShiftPlan, asked: Asked, own: boolean) => {
  const found = intervalsBetween(asked);
  if (!found.ok) throw new Error(found.why);
  const intervals = found.value;
  const { by, view } = asked;
  const longest = longestWaits(plan, intervals);
  return [...recompute(plan, by, intervals, later, own ? alice.id : null)]
    .map(([name, { sums, missedByCause }]) => {
      const [place = '', key = ''] = name.split(' ');
      const figures = figuresOf({
        sums,
        longestWaitMs: longest.get(`${place} ${by === 'queue' ? key : 'all'}`) ?? null,
        view,
        scope: { subject: by, someAgents: own },
      });
      // A missed offer was about nothing that is known.
      const causes = by === 'code' ? {} : missedByCause;
      return { ...intervals[Number(place) - 1], key, figures, missedByCause: causes };
    })
    .filter(({ figures }) => Object.values(figures).some((value) => value !== null && value !== 0));
};

const inOrder = <Line extends { readonly from?: number; readonly key: string }>(
  lines: readonly Line[],
) => lines.toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0) || (a.key < b.key ? -1 : 1));

const expectReports = async (database: Database, plan: ShiftPlan) => {
  const ranges = [
    { interval: '60', zone: 'Asia/Kathmandu', from: '2026-03-27', to: '2026-04-01' },
    // Clocks go forward on the 29th.
    { interval: 'day', zone: 'Europe/Madrid', from: '2026-03-27', to: '2026-04-01' },
    { interval: '15', zone: 'UTC', from: '2026-03-28T06:00', to: '2026-03-28T18:00' },
  ] as const;
  for (const [index, range] of ranges.entries()) {
    const asked = [
      ...reportSubjects.map((by) => ({ by, own: false })),
      ...(['total', 'queue', 'code'] as const).map((by) => ({ by, own: true })),
    ];
    for (const { by, own } of asked) {
      const wanted = { ...range, by, view: reportViews[index] ?? 'ringside' };
      const { lines } = await read(database, wanted, own);
      const told = lines.map(({ name: _name, ...line }) => line);
      expect({ wanted, own, lines: inOrder(told) }).toEqual({
        ...{ wanted, own },
        lines: inOrder(expectedLines(plan, wanted, own)),
      });
    }
  }
};

const customerIds = async (database: Database): Promise<readonly string[]> =>
  (await database.query<{ readonly id: string }>('SELECT id FROM customers ORDER BY id')).map(
    ({ id }) => id,
  );

class Killed extends Error {}

const killAFold = async (database: Database): Promise<void> => {
  const killed = database.transaction(async (transaction) => {
    await foldDeltas(transaction, 10_000);
    throw new Killed();
  });
  await expect(killed).rejects.toThrow(Killed);
};

test.each([1, 2, 3])(
  'told in any order, twice, corrected late, with folds in between and killed: seed %i',
  async (seed) => {
    const { database } = await server.fresh();
    const compactor = createCompactor({ database, log: quietLog });
    const random = seededRandom(seed);
    const plan = planShift(seed, await customerIds(database), { from, days: 4, calls: 40 });
    await tellShift(database, plan, random, async () => {
      const dice = random();
      if (dice < 0.02) await compactor.fold();
      else if (dice < 0.03) await killAFold(database);
    });
    await compactor.fold();
    await expectReports(database, plan);
    // Nothing of it hangs on the way by which it came to be.
    await database.query('SELECT report_rebuild()');
    await expectReports(database, plan);
    await compactor.fold();
    await expectReports(database, plan);
  },
);

test('a report is right at any moment, folded or not', async () => {
  const { database } = await server.fresh();
  const compactor = createCompactor({ database, log: quietLog });
  const plan = planShift(77, [], { from, days: 4, calls: 12 });
  const asked = {
    by: 'agent',
    view: 'ringside',
    interval: 'day',
    zone: 'UTC',
    from: '2026-03-27',
    to: '2026-04-01',
  } as const;
  const random = seededRandom(77);
  await tellShift(database, plan, random, async () => {
    if (random() > 0.1) return;
    const unfolded = await read(database, asked);
    await compactor.fold();
    expect((await read(database, asked)).lines).toEqual(unfolded.lines);
  });
});

test('two that fold at once count nothing twice', async () => {
  const { database } = await server.fresh();
  const plan = planShift(5, await customerIds(database), { from, days: 4, calls: 30 });
  const random = seededRandom(5);
  await tellShift(database, plan, random, () => Promise.resolve());
  const one = createCompactor({ database, log: quietLog });
  const other = createCompactor({ database, log: quietLog });
  await Promise.all([one.fold(), other.fold(), one.fold(), other.fold()]);
  await one.fold();
  await expectReports(database, plan);
});

test('a fold that dies with its connection leaves everything to the next one', async () => {
  const { database } = await server.fresh();
  const plan = planShift(6, [], { from, days: 4, calls: 20 });
  await tellShift(database, plan, seededRandom(6), () => Promise.resolve());
  const dying = database.transaction(async (transaction) => {
    await foldDeltas(transaction, 10_000);
    const [row] = await transaction.query<{ readonly pid: number }>(
      'SELECT pg_backend_pid() AS pid',
    );
    await database.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    await transaction.query('SELECT 1');
  });
  await expect(dying).rejects.toThrow();
  await createCompactor({ database, log: quietLog }).fold();
  await expectReports(database, plan);
});

test('what is deleted is taken back', async () => {
  const { database } = await server.fresh();
  const compactor = createCompactor({ database, log: quietLog });
  const plan = planShift(9, await customerIds(database), { from, days: 4, calls: 20 });
  await tellShift(database, plan, seededRandom(9), () => Promise.resolve());
  await compactor.fold();
  await database.query('DELETE FROM contacts');
  await database.query('DELETE FROM queue_waits');
  await database.query('DELETE FROM missed_offers');
  await compactor.fold();
  await expectReports(database, { calls: [], states: plan.states });
});

test('a line of the log without a successor counts up to now, and no further than the report', async () => {
  const { database } = await server.fresh();
  const at = later - 90 * 60_000;
  await database.query(
    `INSERT INTO agent_state_log (agent_id, at, revision, source, event, state)
     VALUES ($1, $2, 1, 'agent', '{}', '{"state": "ready"}')`,
    [people.alice.id, at],
  );
  await database.query(
    `INSERT INTO agent_standings (agent_id, standing, since, revision)
     VALUES ($1, '{"signedIn": true}', $2, 1)`,
    [people.alice.id, at],
  );
  const { lines } = await read(database, {
    by: 'agent',
    view: 'ringside',
    interval: '60',
    zone: 'UTC',
    from: '2026-04-19T22:00',
    to: '2026-04-20T03:00',
  });
  expect(lines.map(({ local, figures }) => [local.slice(11, 16), figures.readyMs])).toEqual([
    ['22:00', 30 * 60_000],
    ['23:00', 60 * 60_000],
  ]);
});
