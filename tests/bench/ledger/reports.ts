import { randomUUID } from 'node:crypto';
import {
  figureOf,
  progress,
  type Figure,
  type Measure,
} from '../../../scripts/platform/figures.ts';
import type { Report } from '../../../src/shared/api/reports.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { createCompactor } from '../../../src/backend/modules/reports/compactor.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { quietLog, startDatabaseServer } from '../../support/database.ts';
import { createJournal, ledger, wholeCall, type Journal } from '../../support/journal.ts';
import { median, quantile } from '../support/statistics.ts';
import { addStaff, contactsADay, fillReports } from './fill-reports.ts';

const dayMs = 86_400_000;
/** All the past lies before today, whatever the size. */
const startAt = Math.floor(Date.now() / dayMs) * dayMs - 130 * dayMs;

const subjects = ['total', 'queue', 'code', 'team', 'agent'] as const;

const dateOf = (day: number): string => new Date(startAt + day * dayMs).toISOString().slice(0, 10);

/** A whole day's report, through HTTP, of days here and there: ms for each. */
const readDays = async (
  backend: TestBackend,
  token: string,
  by: (typeof subjects)[number],
  days: number,
  runs: number,
): Promise<readonly number[]> => {
  const taken: number[] = [];
  for (let run = 0; run < runs + 2; run += 1) {
    const day = (run * 37) % days;
    const query = new URLSearchParams({ from: dateOf(day), to: dateOf(day + 1), by });
    const begunAt = performance.now();
    const answer = await fetch(`${backend.url}/reports?${query.toString()}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    const ms = performance.now() - begunAt;
    if (answer.status !== 200 || (JSON.parse(text) as Report).lines.length === 0) {
      throw new Error(text);
    }
    // The first two find cold connections.
    if (run >= 2) taken.push(ms);
  }
  return taken;
};

/** Calls of now, with their waits, until they are in the roll-ups: ms for each event. */
const sendCalls = async ({ backend, database, token, journal }: Centre): Promise<number> => {
  const compactor = createCompactor({ database, log: quietLog });
  const at = Date.now() - 60_000;
  const calls = Array.from({ length: 20 }, () => wholeCall(randomUUID(), at));
  const events = calls.flatMap((call) =>
    Object.values(call).map((fact) => journal.event(ledger(fact))),
  );
  const begunAt = performance.now();
  for (const { offered } of calls) {
    const wait = { callKey: offered.callKey, queue: 'support' };
    const remote = { remoteNumber: '+13035550100', remoteName: '' };
    backend.pbx.report({ kind: 'queue_entered', at, ...wait, ...remote });
    backend.pbx.report({ kind: 'queue_left', at: at + 900, ...wait, how: 'answered' });
  }
  await backend.backend.idle();
  const answer = await backend.ask('POST', '/events', { events }, token);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  await compactor.fold();
  // 6 of the phone and 2 of the PBX.
  return (performance.now() - begunAt) / (calls.length * 8);
};

type Centre = {
  readonly backend: TestBackend;
  readonly database: Database;
  readonly token: string;
  readonly journal: Journal;
};

const openCentre = async (database: Database): Promise<Centre> => {
  const backend = await startBackend(database);
  const { session } = await backend.signIn('alice');
  return { backend, database, token: session.token, journal: createJournal(people.alice.id) };
};

const warmUp = 3;

/** What a report costs, and what an event costs with everything that is counted from it, as the tables grow. */
export const measureReports: Measure = async ({ quick }) => {
  const [smallest, ...larger] = quick
    ? ([10_000, 100_000] as const)
    : ([10_000, 100_000, 1_000_000, 10_000_000] as const);
  const runs = quick ? 10 : 60;
  const batches = quick ? 10 : 40;
  const server = await startDatabaseServer(async (database) => {
    await makeCentre(database);
    await addStaff(database);
  });
  try {
    const figures: Figure[] = [];
    const small = await server.fresh();
    await fillReports({ url: small.url, startAt, known: 0, contacts: smallest });
    const few = await openCentre(small.database);
    const grown = await server.fresh();
    let known = 0;
    for (const [index, size] of larger.entries()) {
      progress(`writing ${String(size)} contacts`);
      await fillReports({ url: grown.url, startAt, known, contacts: size });
      known = size;
      progress(`measuring at ${String(size)} contacts`);
      const many = await openCentre(grown.database);
      try {
        const [fewMs, manyMs]: [number[], number[]] = [[], []];
        // In turns, so that whatever else the machine does falls on both.
        for (let batch = 0; batch < warmUp + batches; batch += 1) {
          fewMs.push(await sendCalls(few));
          manyMs.push(await sendCalls(many));
        }
        const [fewest, most] = [fewMs, manyMs].map((each) => median(each.slice(warmUp)));
        if (fewest === undefined || most === undefined) throw new Error('nothing was measured');
        const isLast = index === larger.length - 1;
        const among = `an event among ${String(size)} contacts`;
        const against = `the same, against ${String(smallest)} contacts`;
        figures.push(
          figureOf(among, most * 1_000, 'µs', batches),
          figureOf(against, most / fewest, 'x', batches, isLast ? { atMost: 1.5 } : undefined),
        );
        if (isLast) {
          const admin = (await many.backend.signIn('admin')).session.token;
          const days = Math.ceil(size / contactsADay);
          for (const by of subjects) {
            const taken = await readDays(many.backend, admin, by, days, runs);
            const what = `a day by ${by} among ${String(size)} contacts, p95`;
            figures.push(figureOf(what, quantile(taken, 0.95), 'ms', runs, { atMost: 200 }));
          }
        }
      } finally {
        await many.backend.backend.app.close();
      }
    }
    await few.backend.backend.app.close();
    return figures;
  } finally {
    await server.stop();
  }
};
