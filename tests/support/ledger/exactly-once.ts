import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePorts } from '../../../scripts/services/ports.ts';
import { WebSocket } from 'ws';
import type { Database } from '../../../src/backend/database/database.ts';
import type { Session } from '../../../src/shared/api/routes.ts';
import { makeCentre, password } from '../centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../database.ts';
import { seededRandom } from '../seeded-random.ts';
import { spawnServer, type ServerProcess } from '../server-process.ts';
import { callScene, type Random } from './call-scene.ts';
import { flawsOfScene } from './check-scene.ts';
import { liveAsDesk } from './spawn-desk.ts';

export type ExactlyOncePlan = {
  readonly seeds: readonly number[];
  readonly eventsPerSeed: number;
  /** Desks at work at the same time. */
  readonly lanes: number;
  readonly progress: (text: string) => void;
};

export type ExactlyOnceResult = {
  readonly events: number;
  readonly deskKills: number;
  readonly backendKills: number;
  readonly databaseKills: number;
  /** What was not as the raw events say, with its seed. */
  readonly flaws: readonly string[];
};

const laneUser = (lane: number) => ({
  id: `00000000-0000-7000-8000-0000000001${String(lane).padStart(2, '0')}`,
  username: `lane${String(lane)}`,
});

const makeLanes = (lanes: number) => async (database: Database) => {
  await makeCentre(database);
  for (let lane = 0; lane < lanes; lane += 1) {
    const { id, username } = laneUser(lane);
    await database.query(
      `INSERT INTO users (id, username, name, role, extension, password_hash)
       SELECT $1, $2, $2, 'agent', $3, password_hash FROM users WHERE username = 'alice'`,
      [id, username, String(2000 + lane)],
    );
  }
};

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A backend on one port over one database, both of which die now and then. */
const openMortals = async (folder: string, lanes: number) => {
  const server: DatabaseServer = await startDatabaseServer(makeLanes(lanes));
  const { url: databaseUrl, database } = await server.fresh();
  const { backend: port } = await choosePorts({ backend: 'tcp' }, join(folder, 'ports.json'));
  const start = (): Promise<ServerProcess> =>
    spawnServer({ DATABASE_URL: databaseUrl, RINGSIDE_BACKEND_PORT: String(port) });
  let backend = await start();
  return {
    database,
    url: backend.url,
    killBackend: async () => {
      await backend.kill('SIGKILL');
      backend = await start();
    },
    killDatabase: async () => {
      await server.crash();
      await server.restart();
    },
    stop: async () => {
      await backend.kill('SIGKILL');
      await server.stop();
    },
  };
};

const signIn = async (url: string, username: string): Promise<string> => {
  const response = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, deviceId: randomUUID() }),
  });
  return ((await response.json()) as Session).token;
};

/** A desk's open line to the backend, made anew whenever it breaks: without one the agent would be taken for gone. */
const keepLine = (url: string, token: string): { readonly close: () => void } => {
  let socket: WebSocket | null = null;
  let isOver = false;
  const open = (): void => {
    if (isOver) return;
    socket = new WebSocket(`${url.replace('http', 'ws')}/push`, {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.on('error', () => undefined);
    socket.on('close', () => setTimeout(open, 100));
  };
  open();
  return {
    close: () => {
      isOver = true;
      socket?.terminate();
    },
  };
};

/** Kills the backend, and one time in four the database, again and again until told to stop. */
const haunt = (
  mortals: Awaited<ReturnType<typeof openMortals>>,
  random: Random,
): { readonly stop: () => Promise<{ readonly backend: number; readonly database: number }> } => {
  const kills = { backend: 0, database: 0 };
  let isOver = false;
  const work = async (): Promise<void> => {
    while (!isOver) {
      await wait(200 + random() * 1_500);
      if (random() < 0.25) {
        kills.database += 1;
        await mortals.killDatabase();
      } else {
        kills.backend += 1;
        await mortals.killBackend();
      }
    }
  };
  const working = work();
  return {
    stop: async () => {
      isOver = true;
      await working;
      return kills;
    },
  };
};

/**
 * Desks write scenes into real journals and send each event three times, shuffled, to a backend on a real PostgreSQL;
 * desks, backend and database are killed (-9) meanwhile. Then everything is computed once more from the raw events.
 */
export const proveExactlyOnce = async (plan: ExactlyOncePlan): Promise<ExactlyOnceResult> => {
  const { seeds, eventsPerSeed, lanes, progress } = plan;
  const folder = mkdtempSync(join(tmpdir(), 'ringside-exactly-once-'));
  const mortals = await openMortals(folder, lanes);
  const result = { events: 0, deskKills: 0, backendKills: 0, databaseKills: 0 };
  const flaws: string[] = [];
  const waiting = [...seeds];

  const runSeed = async (seed: number, agentId: string, token: string): Promise<void> => {
    const random = seededRandom(seed);
    // Of this session: what was before it changes no state.
    const startAt = Date.now();
    const scene = callScene(seededRandom(seed), eventsPerSeed, startAt);
    const length = eventsPerSeed;
    const path = join(folder, `${String(seed)}.sqlite`);
    let from = 0;
    for (let life = 0; ; life += 1) {
      const order = { path, url: mortals.url, token, agentId, seed, length, startAt, from, life };
      const isLast = life === 2 || random() < 0.2;
      // Before, while and after the backend is told: the appends take a part of a desk's life.
      const at = from + Math.floor(random() * (scene.facts.length - from));
      const ended = await liveAsDesk(order, isLast ? null : { at, afterMs: random() * 150 });
      if (ended.isDone) break;
      result.deskKills += 1;
      from = ended.from;
    }
    result.events += scene.facts.length;
    for (let tries = 0; ; tries += 1) {
      try {
        const found = await flawsOfScene(mortals.database, agentId, scene);
        flaws.push(...found.map((flaw) => `seed ${String(seed)}: ${flaw}`));
        break;
      } catch (thrown) {
        // The database is being killed at this very moment.
        if (tries === 40) throw thrown;
        await wait(250);
      }
    }
  };

  const runLane = async (lane: number, token: string): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      await runSeed(seed, laneUser(lane).id, token);
      const done = seeds.length - waiting.length;
      if (done % 50 === 0) progress(`${String(done)} of ${String(seeds.length)} seeds`);
    }
  };

  try {
    const tokens: string[] = [];
    for (let lane = 0; lane < lanes; lane += 1) {
      tokens.push(await signIn(mortals.url, laneUser(lane).username));
    }
    const lines = tokens.map((token) => keepLine(mortals.url, token));
    const ghost = haunt(mortals, seededRandom(seeds[0] ?? 0));
    const outcomes = await Promise.allSettled(tokens.map((token, lane) => runLane(lane, token)));
    const kills = await ghost.stop();
    for (const line of lines) line.close();
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') flaws.push(String(outcome.reason));
    }
    return { ...result, backendKills: kills.backend, databaseKills: kills.database, flaws };
  } finally {
    await mortals.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
