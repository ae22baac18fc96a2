import { randomUUID } from 'node:crypto';
import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import type { JournalEvent } from '../../../src/shared/api/events.ts';
import type { Session } from '../../../src/shared/api/routes.ts';
import { makeCentre, password, people } from '../../support/centre.ts';
import {
  startDatabaseServer,
  type DatabaseServer,
  type FreshDatabase,
} from '../../support/database.ts';
import { createJournal } from '../../support/journal.ts';
import { callScene } from '../../support/ledger/call-scene.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { spawnServer } from '../../support/server-process.ts';
import { median } from '../support/statistics.ts';
import { fillLedger } from './fill-ledger.ts';
import {
  insertPlainly,
  keepEveryRow,
  readWrittenBatches,
  withoutTriggers,
} from './plain-inserts.ts';

const batchSize = 500;
const warmUp = 4;

/** An agent's calls, cut into batches as a desk sends them. */
const makeBatches = (seed: number, count: number): readonly (readonly JournalEvent[])[] => {
  const journal = createJournal(people.alice.id);
  const { facts } = callScene(seededRandom(seed), count * batchSize, Date.now() - 7 * 86_400_000);
  const events = facts.map((fact) => journal.event(fact));
  return Array.from({ length: count }, (_, index) =>
    events.slice(index * batchSize, (index + 1) * batchSize),
  );
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const begunAt = performance.now();
  await work();
  return performance.now() - begunAt;
};

/** The server knows what is in its tables, as it does a minute after the first calls. */
const beInUse = async (database: Database): Promise<void> => {
  await database.query('ANALYZE');
};

const post = (url: string, path: string, body: string, token = ''): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });

/** A backend as it is delivered, and the time that it takes for each batch, ms. */
const sendToBackend = async (
  { url: databaseUrl, database }: FreshDatabase,
  batches: readonly (readonly JournalEvent[])[],
): Promise<readonly number[]> => {
  const backend = await spawnServer({ DATABASE_URL: databaseUrl });
  try {
    const given = { username: people.alice.username, password, deviceId: randomUUID() };
    const opened = await post(backend.url, '/session', JSON.stringify(given));
    const { token } = (await opened.json()) as Session;
    const takenMs: number[] = [];
    for (const [index, events] of batches.entries()) {
      if (index === warmUp) await beInUse(database);
      const body = JSON.stringify({ events });
      const ms = await timed(async () => {
        const response = await post(backend.url, '/events', body, token);
        const receipt = (await response.json()) as { readonly stored?: readonly string[] };
        if (receipt.stored?.length !== events.length) throw new Error(JSON.stringify(receipt));
      });
      takenMs.push(ms);
    }
    return takenMs;
  } finally {
    await backend.kill('SIGTERM');
  }
};

/** The ledger and nothing but inserts, on the same server, in the same run. */
const compareOnce = async (server: DatabaseServer, seed: number, count: number) => {
  const batches = makeBatches(seed, warmUp + count);
  const ours = await server.fresh();
  const ledgerMs = await sendToBackend(ours, batches);
  // Once more, untimed: what is written for reports is added up and gone soon after.
  const kept = await server.fresh();
  await keepEveryRow(kept.database);
  await sendToBackend(kept, batches);
  const written = await readWrittenBatches(kept.database);
  const plain = await server.fresh();
  await withoutTriggers(plain.database);
  const plainMs: number[] = [];
  for (const [index, batch] of written.entries()) {
    if (index === warmUp) await beInUse(plain.database);
    plainMs.push(await timed(() => insertPlainly(plain.database, batch)));
  }
  for (const { database } of [ours, kept, plain]) await database.close();
  const rows = written.flat().reduce((sum, table) => sum + table.rows.length, 0);
  return {
    ledgerMs: median(ledgerMs.slice(warmUp)),
    plainMs: median(plainMs.slice(warmUp)),
    rowsPerEvent: rows / written.length / batchSize,
  };
};

/** Events that arrive in batches, against inserts of the rows that they become; and what an event costs as tables grow. */
export const measureIngest: Measure = async ({ quick }) => {
  const rounds = quick ? 1 : 3;
  const count = quick ? 8 : 20;
  const sizes = quick ? [10_000, 50_000] : [10_000, 100_000, 1_000_000];
  const server = await startDatabaseServer(makeCentre, { durable: true });
  try {
    const compared: Awaited<ReturnType<typeof compareOnce>>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`ingest beside plain inserts, round ${String(round + 1)} of ${String(rounds)}`);
      compared.push(await compareOnce(server, round + 1, count));
    }
    const n = rounds * count;
    const ledgerMs = median(compared.map((each) => each.ledgerMs));
    const plainMs = median(compared.map((each) => each.plainMs));
    const share = median(compared.map((each) => each.plainMs / each.ledgerMs));
    const figures = [
      figureOf('ingest against plain inserts of the same rows', share, '', n, { atLeast: 0.5 }),
      figureOf('ingest of 500 events', ledgerMs, 'ms', n),
      figureOf('plain inserts of the same rows', plainMs, 'ms', n),
      figureOf('events a second', (batchSize / ledgerMs) * 1_000, '/s', n),
      figureOf('rows for each event', compared[0]?.rowsPerEvent ?? Number.NaN, '', n),
    ];

    const grown = await server.fresh();
    let first = Number.NaN;
    for (const [index, contacts] of sizes.entries()) {
      progress(`ingest among ${String(contacts)} contacts`);
      await fillLedger(grown.url, contacts);
      const batches = makeBatches(100 + index, warmUp + 8);
      const takenMs = (await sendToBackend(grown, batches)).slice(warmUp);
      const perEvent = (median(takenMs) / batchSize) * 1_000;
      if (index === 0) first = perEvent;
      figures.push(
        figureOf(`ingest of an event among ${String(contacts)} contacts`, perEvent, 'µs', 8),
      );
      if (index === sizes.length - 1) {
        const name = `the same, against ${String(sizes[0])} contacts`;
        figures.push(figureOf(name, perEvent / first, '', 8, { atMost: 1.5 }));
      }
    }
    return figures;
  } finally {
    await server.stop();
  }
};
