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

type Batch = readonly JournalEvent[];
type Line = {
  /** The time that the backend takes for a batch, ms. */
  readonly send: (batch: Batch) => Promise<number>;
  readonly close: () => Promise<void>;
};

/** A desk's line to a backend as it is delivered. */
const openLine = async ({ url: databaseUrl }: FreshDatabase): Promise<Line> => {
  const backend = await spawnServer({ DATABASE_URL: databaseUrl });
  const given = { username: people.alice.username, password, deviceId: randomUUID() };
  const opened = await post(backend.url, '/session', JSON.stringify(given));
  const { token } = (await opened.json()) as Session;
  return {
    send: (events) => {
      const body = JSON.stringify({ events });
      return timed(async () => {
        const response = await post(backend.url, '/events', body, token);
        const receipt = (await response.json()) as { readonly stored?: readonly string[] };
        if (receipt.stored?.length !== events.length) throw new Error(JSON.stringify(receipt));
      });
    },
    close: async () => {
      await backend.kill('SIGTERM');
    },
  };
};

/** All that the ledger writes for these batches, kept: what is for reports is else added up and gone soon after. */
const rowsOf = async (server: DatabaseServer, batches: readonly Batch[]) => {
  const kept = await server.fresh();
  await keepEveryRow(kept.database);
  const line = await openLine(kept);
  for (const batch of batches) await line.send(batch);
  await line.close();
  const written = await readWrittenBatches(kept.database);
  await kept.database.close();
  return written;
};

/** The ledger and nothing but inserts, on the same server, batch by batch in turns. */
const compareOnce = async (server: DatabaseServer, seed: number, count: number) => {
  const batches = makeBatches(seed, warmUp + count);
  const written = await rowsOf(server, batches);
  const ours = await server.fresh();
  const plain = await server.fresh();
  await withoutTriggers(plain.database);
  const line = await openLine(ours);
  const ledgerMs: number[] = [];
  const plainMs: number[] = [];
  for (const [index, batch] of batches.entries()) {
    if (index === warmUp) {
      await beInUse(ours.database);
      await beInUse(plain.database);
    }
    const sent = await line.send(batch);
    const inserted = await timed(() => insertPlainly(plain.database, written[index] ?? []));
    if (index < warmUp) continue;
    ledgerMs.push(sent);
    plainMs.push(inserted);
  }
  await line.close();
  for (const { database } of [ours, plain]) await database.close();
  const rows = written.flat().reduce((sum, table) => sum + table.rows.length, 0);
  return { ledgerMs, plainMs, rowsPerEvent: rows / written.length / batchSize };
};

/** What an event costs among so many contacts, µs, one batch for each in turns. */
const costAmong = async (
  server: DatabaseServer,
  sizes: readonly number[],
  count: number,
): Promise<readonly (readonly number[])[]> => {
  const grown: { readonly line: Line; readonly fresh: FreshDatabase }[] = [];
  for (const contacts of sizes) {
    progress(`a ledger of ${String(contacts)} contacts`);
    const fresh = await server.fresh();
    await fillLedger(fresh.url, contacts);
    grown.push({ line: await openLine(fresh), fresh });
  }
  const taken = sizes.map((): number[] => []);
  for (const [index, batch] of makeBatches(100, warmUp + count).entries()) {
    for (const [which, { line, fresh }] of grown.entries()) {
      if (index === warmUp) await beInUse(fresh.database);
      const ms = await line.send(batch);
      if (index >= warmUp) taken[which]?.push((ms / batchSize) * 1_000);
    }
  }
  for (const { line, fresh } of grown) {
    await line.close();
    await fresh.database.close();
  }
  return taken;
};

/** Events that arrive in batches, against inserts of the rows that they become; and what an event costs as tables grow. */
export const measureIngest: Measure = async ({ quick }) => {
  const rounds = quick ? 1 : 3;
  const count = quick ? 8 : 40;
  const sizes = quick ? [10_000, 50_000] : [10_000, 100_000, 1_000_000];
  const server = await startDatabaseServer(makeCentre, { durable: true });
  try {
    const compared: Awaited<ReturnType<typeof compareOnce>>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`ingest beside plain inserts, round ${String(round + 1)} of ${String(rounds)}`);
      compared.push(await compareOnce(server, round + 1, count));
    }
    const n = rounds * count;
    const ledgerMs = median(compared.flatMap((each) => each.ledgerMs));
    const plainMs = median(compared.flatMap((each) => each.plainMs));
    const figures = [
      figureOf('ingest against plain inserts of the same rows', plainMs / ledgerMs, '', n, {
        atLeast: 0.5,
      }),
      figureOf('ingest of 500 events', ledgerMs, 'ms', n),
      figureOf('plain inserts of the same rows', plainMs, 'ms', n),
      figureOf('events a second', (batchSize / ledgerMs) * 1_000, '/s', n),
      figureOf('rows for each event', compared[0]?.rowsPerEvent ?? Number.NaN, '', n),
    ];

    const perEvent = (await costAmong(server, sizes, count)).map(median);
    for (const [index, contacts] of sizes.entries()) {
      const name = `ingest of an event among ${String(contacts)} contacts`;
      figures.push(figureOf(name, perEvent[index] ?? Number.NaN, 'µs', count));
    }
    const [first = Number.NaN] = perEvent;
    const name = `the same, against ${String(sizes[0])} contacts`;
    figures.push(
      figureOf(name, (perEvent.at(-1) ?? Number.NaN) / first, '', count, { atMost: 1.5 }),
    );
    return figures;
  } finally {
    await server.stop();
  }
};
