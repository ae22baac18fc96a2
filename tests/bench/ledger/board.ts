import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WebSocket } from 'ws';
import {
  figureOf,
  progress,
  type Figure,
  type Measure,
} from '../../../scripts/platform/figures.ts';
import { startPostgres } from '../../../scripts/services/postgres.ts';
import type { BoardPush } from '../../../src/shared/api/board.ts';
import { createDatabase, type Database } from '../../../src/backend/database/database.ts';
import {
  migrate,
  migrationsFolder,
  readMigrations,
} from '../../../src/backend/database/migrate.ts';
import { quietLog } from '../../support/database.ts';
import { spawnServer } from '../../support/server-process.ts';
import { quantile } from '../support/statistics.ts';
import type { AgentsGiven, AgentsSaid, AskedChange } from './board-agents.ts';

const everyMs = 20_000;
const seed = 5_000;
const plans = {
  full: { agents: 5_000, forMs: 60_000 },
  quick: { agents: 200, forMs: 20_000 },
} as const;

const lateMs = 5_000;

/** Agents with a session each, and a supervisor; answers the sessions' tokens, the supervisor's last. */
const fill = async (database: Database, agents: number): Promise<readonly string[]> => {
  await migrate(database, await readMigrations(migrationsFolder));
  const label = JSON.stringify({ en: 'x', es: 'x', pt: 'x' });
  await database.query(
    `INSERT INTO not_ready_reasons (code, label, position) VALUES ('lunch', $1, 0)`,
    [label],
  );
  await database.query(
    `INSERT INTO queues (name, label, position, target_handle_ms) VALUES ('support', $1, 0, 240000)`,
    [label],
  );
  await database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash)
     SELECT gen_random_uuid(), 'agent' || n, 'Agent ' || n,
       CASE WHEN n > $1 THEN 'supervisor' ELSE 'agent' END, (10000 + n)::text, ''
     FROM generate_series(1, $1 + 1) n`,
    [agents],
  );
  await database.query(`INSERT INTO queue_agents SELECT 'support', id FROM users`);
  await database.query(
    `INSERT INTO agent_standings (agent_id, standing, since, revision)
     SELECT id, '{"signedIn": true, "wish": {"kind": "not_ready", "reason": "lunch"}, "offers": [], "calls": [], "wrapUps": []}',
       0, 1 FROM users`,
  );
  const tokens = Array.from({ length: agents + 1 }, () => randomBytes(32).toString('base64url'));
  await database.query(
    `INSERT INTO sessions (id, user_id, device_id, token_hash, created_at, expires_at)
     SELECT gen_random_uuid(), u.id, $1, decode(t.hash, 'hex'), 0, $3
     FROM unnest($2::text[]) WITH ORDINALITY t (hash, n) JOIN users u ON u.extension = (10000 + t.n)::text`,
    [
      randomUUID(),
      tokens.map((token) => createHash('sha256').update(token).digest('hex')),
      Date.now() + 3_600_000,
    ],
  );
  return tokens;
};

/** When each revision of an agent was seen on the board, ns of this process's monotonic clock. */
const watchBoard = async (url: string, token: string): Promise<ReadonlyMap<string, bigint>> => {
  const seen = new Map<string, bigint>();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/board`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await new Promise<void>((done, fail) => {
    socket.once('error', fail);
    socket.on('message', (data: Buffer) => {
      const seenNs = process.hrtime.bigint();
      const push = JSON.parse(data.toString()) as BoardPush;
      if (push.kind === 'board') done();
      else for (const { id, revision } of push.agents) seen.set(`${id} ${revision}`, seenNs);
    });
  });
  return seen;
};

const runAgents = (given: AgentsGiven): Promise<Extract<AgentsSaid, { kind: 'done' }>> =>
  new Promise((done, fail) => {
    const worker = new Worker(new URL('board-agents.ts', import.meta.url), { workerData: given });
    worker.once('error', fail);
    worker.on('message', (said: AgentsSaid) => {
      if (said.kind === 'lines_open') progress('all desks are open; states change');
      else {
        done(said);
        void worker.terminate();
      }
    });
  });

const figuresOf = (
  agents: number,
  changes: readonly AskedChange[],
  refused: number,
  seen: ReadonlyMap<string, bigint>,
): readonly Figure[] => {
  const took = changes.flatMap(({ id, revision, askedNs }) => {
    const seenNs = seen.get(`${id} ${revision}`);
    return seenNs === undefined ? [] : [Number(seenNs - askedNs) / 1e6];
  });
  const n = changes.length;
  const title = `${agents} agents, each every ${everyMs / 1_000} s: a change of state`;
  return [
    figureOf(`${title} to the board, p99`, quantile(took, 0.99), 'ms', n, { atMost: 250 }),
    figureOf(`${title} to the board, median`, quantile(took, 0.5), 'ms', n),
    figureOf(`${title} refused or never seen`, refused + n - took.length, '', n, { exactly: 0 }),
  ];
};

/** Thousands of agents on one backend: from the request that changes a state to a supervisor's board. */
export const measureBoard: Measure = async ({ quick }) => {
  const { agents, forMs } = plans[quick ? 'quick' : 'full'];
  const dataDir = await mkdtemp(join(tmpdir(), 'ringside-board-'));
  const postgres = await startPostgres({ dataDir });
  try {
    const database = createDatabase(postgres.databaseUrl, quietLog);
    progress(`${agents} agents sign in`);
    const tokens = await fill(database, agents);
    await database.close();
    const server = await spawnServer({
      DATABASE_URL: postgres.databaseUrl,
      RINGSIDE_BACKEND_PORT: '0',
      RINGSIDE_LOG: 'warn',
    });
    try {
      const seen = await watchBoard(server.url, tokens.at(-1) ?? '');
      const { changes, refused } = await runAgents({
        url: server.url,
        tokens: tokens.slice(0, -1),
        everyMs,
        forMs,
        seed,
      });
      const giveUpAt = performance.now() + lateMs;
      while (seen.size < changes.length && performance.now() < giveUpAt) {
        await new Promise((done) => setTimeout(done, 50));
      }
      return figuresOf(agents, changes, refused, seen);
    } finally {
      await server.kill('SIGKILL');
    }
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};
