import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  figureOf,
  progress,
  type Figure,
  type Measure,
} from '../../../scripts/platform/figures.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { appendToChain } from '../../../src/backend/modules/chain/chain.ts';
import { verifiersOf, verifyChain } from '../../../src/backend/modules/chain/verify-chain.ts';
import { createFolderStore } from '../../../src/backend/modules/keeping/recording-store.ts';
import {
  newDataKey,
  readEncrypted,
  encryptFile,
} from '../../../src/backend/modules/keeping/encrypted-file.ts';
import { startDatabaseServer, testChainKey } from '../../support/database.ts';
import { known } from '../../support/known.ts';
import { quantile } from '../support/statistics.ts';

const lineOf = (count: number) => ({
  topic: 'consent' as const,
  contactId: randomUUID(),
  body: {
    id: randomUUID(),
    kind: 'granted',
    how: 'voice',
    by: 'agent',
    offsetMs: count,
    at: count,
  },
});

const appendOneByOne = async (database: Database, count: number): Promise<readonly number[]> => {
  const taken: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const begunAt = performance.now();
    await database.transaction((transaction) => appendToChain(transaction, lineOf(done)));
    taken.push(performance.now() - begunAt);
  }
  return taken;
};

const verify = (database: Database) =>
  verifyChain(database, { keys: verifiersOf([testChainKey.publicKey]), witnessed: null });

/** A chain of so many lines: how fast lines are added and verified, and whether one altered byte is found. */
const measureChain = async (count: number): Promise<readonly Figure[]> => {
  const server = await startDatabaseServer(() => Promise.resolve(), { durable: true });
  try {
    const { database } = await server.fresh();
    const taken = await appendOneByOne(database, 500);
    for (let done = 0; done < count; done += 1_000) {
      await database.transaction((transaction) =>
        appendToChain(transaction, ...Array.from({ length: 1_000 }, (_, each) => lineOf(each))),
      );
    }
    const begunAt = performance.now();
    const whole = await verify(database);
    const seconds = (performance.now() - begunAt) / 1_000;
    const altered = Math.floor(whole.lines / 3);
    await database.transaction((transaction) =>
      transaction.script(
        `SET LOCAL session_replication_role = replica;
         UPDATE chain_lines SET body = overlay(body placing chr(ascii(substr(body, 9, 1)) # 1) from 9) WHERE seq = ${String(altered)}`,
      ),
    );
    const after = await verify(database);
    const isFound = after.flaws.length === 1 && after.flaws[0]?.seq === altered;
    return [
      figureOf('chain: one line appended, p95', quantile(taken, 0.95), 'ms', taken.length, {
        atMost: 50,
      }),
      figureOf('chain: flaws found where there are none', whole.flaws.length, '', whole.lines, {
        exactly: 0,
      }),
      figureOf('chain: lines verified in a second', whole.lines / seconds, '/s', whole.lines, {
        atLeast: 1_000,
      }),
      figureOf('chain: altered bytes found and named, of 1', isFound ? 1 : 0, '', after.lines, {
        exactly: 1,
      }),
    ];
  } finally {
    await server.stop();
  }
};

/** A recording of so many minutes: how fast it is encrypted, and how fast a part of it is heard. */
const measureEncrypting = async (minutes: number): Promise<readonly Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-keeping-bench-'));
  try {
    const size = minutes * 60 * 64_000 + 44;
    const [plain, recordingId, key] = [join(folder, 'plain'), randomUUID(), newDataKey()];
    await writeFile(plain, randomBytes(size));
    const begunAt = performance.now();
    await encryptFile(plain, join(folder, 'encrypted'), recordingId, key);
    const seconds = (performance.now() - begunAt) / 1_000;
    const store = createFolderStore(folder);
    const taken: number[] = [];
    for (let run = 0; run < 200; run += 1) {
      const start = (run * 7_919_123) % (size - 64_000);
      const readAt = performance.now();
      const part = { start, end: start + 63_999 };
      const read = async (range: typeof part) => known(await store.read('encrypted', range));
      let bytes = 0;
      for await (const piece of readEncrypted({ recordingId, size }, key, read, part)) {
        bytes += piece.length;
      }
      if (bytes !== 64_000) throw new Error(`${String(bytes)} bytes were read`);
      taken.push(performance.now() - readAt);
    }
    return [
      figureOf('keeping: encrypted in a second', size / seconds / 1_000_000, 'MB/s', 1, {
        atLeast: 20,
      }),
      figureOf('keeping: a second of sound read from it, p95', quantile(taken, 0.95), 'ms', 200, {
        atMost: 20,
      }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
};

export const measureKeeping: Measure = async ({ quick }) => {
  progress('the chain: appended, verified, altered');
  const chain = await measureChain(quick ? 20_000 : 300_000);
  progress('keeping: encrypted and read in parts');
  return [...chain, ...(await measureEncrypting(quick ? 5 : 30))];
};
