import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Page } from 'playwright';
import { startVirtualScreen } from '../../../scripts/display/screen.ts';
import { uiPage } from '../../../scripts/headless/ui-page.ts';
import { ensureBuilt } from '../../../scripts/platform/build-app.ts';
import { driveElectron } from '../../../scripts/platform/drive-electron.ts';
import { describeAppLaunch } from '../../../scripts/platform/electron-launch.ts';
import { ensureElectron } from '../../../scripts/platform/electron.ts';
import {
  figureOf,
  progress,
  type Figure,
  type Measure,
} from '../../../scripts/platform/figures.ts';
import { cacheDirectory } from '../../../scripts/platform/paths.ts';
import { startPostgres } from '../../../scripts/services/postgres.ts';
import { createDatabase } from '../../../src/backend/database/database.ts';
import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';
import { openMemoryProbe } from '../../soak/call/memory.ts';
import { quietLog } from '../../support/database.ts';
import { spawnServer } from '../../support/server-process.ts';
import type { AgentsGiven, AgentsSaid, AskedChange } from '../ledger/board-agents.ts';
import { quantile } from '../support/statistics.ts';
import { fillFloor, supervisor } from './fill-floor.ts';

const agents = 1_000;
/** Each agent so often: 50 changes a second. */
const everyMs = 20_000;
const seed = 7;
const plans = { full: 5 * 60_000, quick: 20_000 } as const;
const lateMs = 5_000;

type RingsideWindow = { readonly ringside: UiBridge };
type Watched = {
  frames: number[];
  /** Epoch ms at which the page had each revision of an agent. */
  seen: Record<string, number>;
};

/** From now on the page notes its frames, and when it hears of whom. */
const watchPage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched: Watched = { frames: [], seen: {} };
    Object.assign(window, { watched });
    const frame = (at: number): void => {
      watched.frames.push(at);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    (window as unknown as RingsideWindow).ringside.on('floor.changed', (event) => {
      if (event.kind !== 'board_changed') return;
      const at = performance.timeOrigin + performance.now();
      for (const { id, revision } of event.agents) watched.seen[`${id} ${revision}`] = at;
    });
  });

const framesSince = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => {
    const { watched } = window as unknown as { readonly watched: Watched };
    const { frames } = watched;
    watched.frames = [];
    return frames;
  });

const seenBy = (page: Page): Promise<Readonly<Record<string, number>>> =>
  page.evaluate(() => (window as unknown as { readonly watched: Watched }).watched.seen);

const perSecond = (frames: readonly number[]): number =>
  (1_000 * (frames.length - 1)) / ((frames.at(-1) ?? 0) - (frames[0] ?? 0));

/** Through the whole list, as a hand on the wheel does. */
const scroll = async (page: Page, forMs: number): Promise<void> => {
  const { x, y, width, height } = (await page.getByRole('grid').boundingBox()) ?? {
    ...{ x: 0, y: 0, width: 0, height: 0 },
  };
  await page.mouse.move(x + width / 2, y + height / 2);
  const until = performance.now() + forMs;
  for (let down = 1; performance.now() < until; down = -down) {
    for (let step = 0; step < 30 && performance.now() < until; step += 1) {
      await page.mouse.wheel(0, down * 240);
      await page.waitForTimeout(30);
    }
  }
  await page.mouse.move(0, 0);
};

const runAgents = (
  given: AgentsGiven,
  onOpen: () => void,
): Promise<Extract<AgentsSaid, { kind: 'done' }>> =>
  new Promise((done, fail) => {
    const worker = new Worker(new URL('../ledger/board-agents.ts', import.meta.url), {
      workerData: given,
    });
    worker.once('error', fail);
    worker.on('message', (said: AgentsSaid) => {
      if (said.kind === 'lines_open') onOpen();
      else {
        done(said);
        void worker.terminate();
      }
    });
  });

const latencies = (
  changes: readonly AskedChange[],
  seen: Readonly<Record<string, number>>,
): readonly number[] => {
  const offsetMs = Date.now() - Number(process.hrtime.bigint()) / 1e6;
  return changes.flatMap(({ id, revision, askedNs }) => {
    const at = seen[`${id} ${revision}`];
    return at === undefined ? [] : [at - (Number(askedNs) / 1e6 + offsetMs)];
  });
};

const signIn = async (page: Page): Promise<void> => {
  await page.locator('input[autocomplete="username"]').fill(supervisor.username);
  await page.locator('input[autocomplete="current-password"]').fill(supervisor.password);
  await page.locator('button[type="submit"]').click();
  await page.getByRole('grid').waitFor();
};

/** How the page runs, and what it needs. */
type FloorFigures = { readonly speed: readonly Figure[]; readonly memory: readonly Figure[] };
type Stretch = {
  readonly forMs: number;
  /** The first heap is read when the page has been through everything once. */
  readonly warmMs: number;
};

const watchFloor = async (
  page: Page,
  backendUrl: string,
  tokens: readonly string[],
  { forMs, warmMs }: Stretch,
): Promise<FloorFigures> => {
  await watchPage(page);
  let opened: () => void = () => undefined;
  const open = new Promise<void>((done) => (opened = done));
  const running = runAgents({ url: backendUrl, tokens, everyMs, forMs, seed }, opened);
  await open;
  progress('all desks are open; states change');
  const memory = await openMemoryProbe(page);
  await page.waitForTimeout(warmMs);
  const before = await memory.read();
  await framesSince(page);
  await page.waitForTimeout((forMs - warmMs) / 2);
  const still = await framesSince(page);
  await scroll(page, Math.min(10_000, forMs / 4));
  const scrolled = await framesSince(page);
  const { changes, refused } = await running;
  const giveUpAt = performance.now() + lateMs;
  let took = latencies(changes, await seenBy(page));
  while (took.length < changes.length && performance.now() < giveUpAt) {
    await page.waitForTimeout(50);
    took = latencies(changes, await seenBy(page));
  }
  // What this measurement noted is none of the page's.
  await page.evaluate(() => {
    const { watched } = window as unknown as { readonly watched: Watched };
    watched.frames = [];
    watched.seen = {};
  });
  const after = await memory.read();
  await memory.close();
  const gaps = still.slice(1).map((at, index) => at - (still[index] ?? at));
  const title = `${agents} agents, ${(1_000 * agents) / everyMs} changes a second`;
  const rows = await page.getByRole('grid').getByRole('row').count();
  return {
    speed: [
      figureOf(`${title}: frames`, perSecond(still), '/s', still.length, { atLeast: 50 }),
      figureOf(`${title}: frames while scrolling`, perSecond(scrolled), '/s', scrolled.length, {
        atLeast: 50,
      }),
      figureOf(`${title}: time between frames, p99`, quantile(gaps, 0.99), 'ms', gaps.length),
      figureOf(`${title}: request to the page, p99`, quantile(took, 0.99), 'ms', took.length, {
        atMost: 250,
      }),
      figureOf(`${title}: request to the page, median`, quantile(took, 0.5), 'ms', took.length),
    ],
    memory: [
      figureOf(`${title}: never seen`, refused + changes.length - took.length, '', changes.length, {
        exactly: 0,
      }),
      figureOf(`${title}: heap before`, before.heapMb, 'MB', 1),
      figureOf(`${title}: heap grown`, after.heapMb - before.heapMb, 'MB', 1, { atMost: 2 }),
      figureOf(`${title}: page nodes grown`, after.nodes - before.nodes, '', 1, { atMost: 500 }),
      figureOf(`${title}: rows drawn`, rows, '', 1, { atMost: 60 }),
    ],
  };
};

/** A supervisor's floor in the real program. */
export const openFloorFor = async (stretch: Stretch): Promise<FloorFigures> => {
  const scratch = await mkdtemp(join(tmpdir(), 'ringside-floor-'));
  const electron = await ensureElectron(cacheDirectory());
  await ensureBuilt();
  const screen = await startVirtualScreen(scratch);
  const postgres = await startPostgres({ dataDir: join(scratch, 'database') });
  try {
    progress(`${agents} agents sign in`);
    const database = createDatabase(postgres.databaseUrl, quietLog);
    const tokens = await fillFloor(database, agents);
    await database.close();
    const server = await spawnServer({
      DATABASE_URL: postgres.databaseUrl,
      RINGSIDE_BACKEND_PORT: '0',
      RINGSIDE_LOG: 'warn',
    });
    try {
      const app = await driveElectron(
        describeAppLaunch({
          electron,
          backendUrl: server.url.replace(/\/api\/v1$/u, ''),
          profileDir: join(scratch, 'profile'),
          language: 'en',
          env: screen.env,
        }),
      );
      try {
        const page = await uiPage(app);
        await signIn(page);
        return await watchFloor(page, server.url, tokens, stretch);
      } finally {
        await app.close();
      }
    } finally {
      await server.kill('SIGKILL');
    }
  } finally {
    await postgres.stop();
    await screen.stop();
    await rm(scratch, { recursive: true, force: true });
  }
};

/** From the request that changes a state to the page, and how the page runs. */
export const measureFloor: Measure = async ({ quick }) => {
  const forMs = plans[quick ? 'quick' : 'full'];
  const { speed, memory } = await openFloorFor({ forMs, warmMs: 5_000 });
  return [...speed, ...memory];
};
