import { setTimeout as pause } from 'node:timers/promises';
import {
  figureOf,
  ofPromise,
  progress,
  type Figure,
  type Measure,
} from '../../../scripts/platform/figures.ts';
import { launchDeskApp, signOutAtBackend, type DeskApp } from '../../support/desk-app.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { showDesk, workACall } from '../../support/reliability/busy-shift.ts';
import { heldBy, type Held } from '../../support/reliability/held-by.ts';

/** Every deed some times over before the first look: code is compiled and caches are filled by then. */
const plans = {
  full: { warmUp: 45, calls: 400, lookEvery: 50 },
  quick: { warmUp: 9, calls: 9, lookEvery: 9 },
} as const;
/** An ended call stays on the screen for some seconds. */
const forgottenMs = 9_000;
const promisedMbPerThousand = 2;

type Look = { readonly afterCalls: number; readonly held: Held };

/** What grows with each call, by the line of least squares through all looks. */
const perThousand = (looks: readonly Look[], read: (held: Held) => number): number => {
  const count = looks.length;
  const meanX = looks.reduce((sum, { afterCalls }) => sum + afterCalls, 0) / count;
  const meanY = looks.reduce((sum, { held }) => sum + read(held), 0) / count;
  const across = looks.reduce(
    (sum, { afterCalls, held }) => sum + (afterCalls - meanX) * (read(held) - meanY),
    0,
  );
  const spread = looks.reduce((sum, { afterCalls }) => sum + (afterCalls - meanX) ** 2, 0);
  return (across / spread) * 1_000;
};

/** The share of the customer's sound that was made up here, in these calls. */
const concealedPercent = async (stack: Stack, last: boolean, calls: number): Promise<number> => {
  const [row] = await stack.rows(
    `SELECT avg((fact::jsonb #>> '{line,concealedPercent}')::float8) AS mean FROM
       (SELECT fact FROM line_summaries ORDER BY at ${last ? 'DESC' : 'ASC'} LIMIT $1) AS told`,
    [calls],
  );
  return Number(row?.['mean'] ?? Number.NaN);
};

const figuresOf = (
  looks: readonly Look[],
  { calls, failed, quick }: { calls: number; failed: number; quick: boolean },
): readonly Figure[] => {
  const first = looks[0]?.held;
  const last = looks.at(-1)?.held;
  if (first === undefined || last === undefined) throw new Error('nothing was looked at');
  const more = (name: string, read: (held: Held) => number, unit = ''): Figure =>
    figureOf(`${name}: more than before`, read(last) - read(first), unit, calls);
  // A few calls say nothing of a slope.
  const bound = quick ? undefined : { atMost: promisedMbPerThousand };
  const slope = (name: string, read: (held: Held) => number): Figure =>
    ofPromise(
      14,
      figureOf(`${name}: growth per 1,000 calls`, perThousand(looks, read), 'MB', calls, bound),
    );
  return [
    ofPromise(14, figureOf('calls of the shift that failed', failed, '', calls, { exactly: 0 })),
    slope('engine, heap after collection', ({ engine }) => engine.heapMb),
    slope('window, heap after collection', ({ ui }) => ui.heapMb),
    slope('main, heap after collection', ({ main }) => main.heapMb),
    more('whole program, memory as the system counts it', ({ system }) => system.memoryMb, 'MB'),
    more('processes', ({ system }) => system.processes),
    more('open handles', ({ system }) => system.handles),
    more('sockets', ({ system }) => system.sockets),
    more('threads', ({ system }) => system.threads),
    more('what keeps main’s event loop alive', ({ main }) => main.resources),
    more('engine, event listeners', ({ engine }) => engine.listeners),
    more('engine, audio contexts', ({ engine }) => engine.AudioContext),
    more('engine, peer connections', ({ engine }) => engine.RTCPeerConnection),
    more('engine, media tracks', ({ engine }) => engine.MediaStreamTrack),
    more('engine, audio nodes', ({ engine }) => engine.AudioNode),
    more('window, event listeners', ({ ui }) => ui.listeners),
    more('window, DOM nodes', ({ ui }) => ui.nodes),
    figureOf('engine, a timer of 100 ms is late by, at the end', last.engine.latenessMs, 'ms', 30),
    figureOf('the same at the start', first.engine.latenessMs, 'ms', 30),
  ];
};

const work = async (
  app: DeskApp,
  { warmUp, calls, lookEvery }: (typeof plans)[keyof typeof plans],
  everyMs: number,
): Promise<{ readonly looks: readonly Look[]; readonly failed: number }> => {
  let failed = 0;
  const looks: Look[] = [];
  const look = async (afterCalls: number): Promise<void> => {
    await showDesk(app);
    await pause(forgottenMs);
    looks.push({ afterCalls, held: await heldBy(app) });
  };
  for (let number = 0; number < warmUp + calls; number += 1) {
    if (number >= warmUp && (number - warmUp) % lookEvery === 0) await look(number - warmUp);
    const begunAt = performance.now();
    try {
      await workACall(app, number);
    } catch (thrown) {
      failed += 1;
      progress(`call ${String(number)}: ${String(thrown)}`);
    }
    if (number % 25 === 24) progress(`${String(number + 1)} of ${String(warmUp + calls)} calls`);
    await pause(Math.max(0, everyMs - (performance.now() - begunAt)));
  }
  await look(calls);
  return { looks, failed };
};

/**
 * A shift of 400 calls in which every feature of the desk is used, with the whole product: what is left behind in each of
 * its processes. Back to back, unless `--hours` says how long it lasts.
 */
export const measureLongShift: Measure = async ({ quick, hours }) => {
  const plan = plans[quick ? 'quick' : 'full'];
  const total = plan.warmUp + plan.calls;
  progress(`a shift of ${String(total)} calls`);
  const stack = await startStack();
  try {
    const app = await launchDeskApp(stack, { username: 'alice' });
    try {
      const everyMs = hours === undefined ? 0 : (hours * 3_600_000) / total;
      const { looks, failed } = await work(app, plan, everyMs);
      const some = Math.max(3, Math.round(plan.calls / 10));
      return [
        ...figuresOf(looks, { calls: plan.calls, failed, quick }),
        figureOf(
          'sound made up in the first calls',
          await concealedPercent(stack, false, some),
          '%',
          some,
        ),
        figureOf('and in the last', await concealedPercent(stack, true, some), '%', some),
      ];
    } finally {
      await app.close();
      await signOutAtBackend(stack, app.user).catch(() => undefined); // it may be signed out
    }
  } finally {
    await stack.stop();
  }
};
