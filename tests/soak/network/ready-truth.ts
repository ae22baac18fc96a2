import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { figureOf, type Measure, progress } from '../../../scripts/platform/figures.ts';
import { prepareTestNeeds } from '../../../scripts/platform/test-needs.ts';
import { largest, median } from '../../bench/support/statistics.ts';
import { type DeskApp, launchDeskApp, signOutAtBackend } from '../../support/desk-app.ts';
import { headsetBed } from '../../support/headset/headset-bed.ts';
import { jabra } from '../../support/headset/models.ts';
import { needsOwnDisk } from '../../support/ledger/power-cut.ts';
import { startStackBed } from '../../support/network/stack-bed.ts';
import { wishReady } from '../../support/reliability/desk-orders.ts';
import { type AgentEdges, openAgentEdges } from '../../support/readiness/agent-edges.ts';
import { faultsOf, type DeskFault } from '../../support/readiness/desk-faults.ts';
import { createStretch, standingsIn, type Standing } from '../../support/readiness/offer-watch.ts';
import { sharedFaults } from '../../support/readiness/shared-faults.ts';
import { openSmallDisk, type SmallDisk } from '../../support/readiness/small-disk.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import type { Stack } from '../../support/stack.ts';
import { openSettableClocks, type SettableClocks } from '../ledger/settable-clock.ts';

const seed = Number(process.env['RINGSIDE_SEED'] ?? 15_001);
const plans = {
  full: { usernames: ['alice', 'bruno', 'carla', 'felix'], rounds: 125 },
  quick: { usernames: ['alice', 'bruno'], rounds: 3 },
} as const;

const lookEveryMs = 500;
/** Bar: so long the PBX may offer what cannot ring, and an alarm may stand without a fault. */
const longestMs = 15_000;
const beginWithinMs = 6_000;
const readyWithinMs = 90_000;
const firstReadyWithinMs = 30_000;
const maximumTries = 4;
const sharedChance = 0.5;

const nowMs = (): number => performance.now();

type Watched = {
  readonly desk: DeskApp;
  readonly faults: readonly DeskFault[];
  /** Faults that are on here, and those of them that break it. */
  on: number;
  breaking: number;
  readonly offered: ReturnType<typeof createStretch>;
  readonly alarm: ReturnType<typeof createStretch>;
  latest: Standing | undefined;
};

const isReady = async (desk: DeskApp): Promise<boolean> =>
  (await desk.deskSnapshot()).agent?.state.state === 'ready';

/**
 * Under the bed of headsets the browser's own sound process does not start now and then. Such a desk cannot ring, and says
 * so: another one is opened in its place.
 */
const openDesk = async (
  stack: Stack,
  env: Readonly<Record<string, string>>,
  disk: SmallDisk,
  username: string,
): Promise<DeskApp> => {
  for (let tries = 1; ; tries += 1) {
    const profile = mkdtempSync(join(disk.folder, 'profile-'));
    const desk = await launchDeskApp(stack, { username, env, profile });
    await wishReady(desk);
    const until = nowMs() + firstReadyWithinMs;
    while (nowMs() < until && !(await isReady(desk))) await pause(lookEveryMs);
    if (await isReady(desk)) return desk;
    const { hindrance } = await desk.deskSnapshot();
    if (tries === maximumTries) throw new Error(`${username} is not ready: ${String(hindrance)}`);
    progress(`${username} is opened once more: ${String(hindrance)}`);
    await desk.close();
  }
};

type Place = {
  readonly stack: Stack;
  readonly edges: AgentEdges;
  readonly clocks: SettableClocks;
  readonly random: () => number;
  /** Those that were opened. */
  readonly disks: SmallDisk[];
  /** Of the network and the headsets. */
  readonly envs: readonly Readonly<Record<string, string>>[];
};

/** What is loaded into a program first comes first. */
const preloads = (envs: Place['envs']): string =>
  envs.flatMap(({ LD_PRELOAD: preload = '' }) => (preload === '' ? [] : [preload])).join(':');

const openDesks = async (
  { stack, edges, clocks, random, disks, envs }: Place,
  usernames: readonly string[],
): Promise<readonly Watched[]> => {
  const watched: Watched[] = [];
  for (const username of usernames) {
    const [clock, disk] = [clocks.open(username), openSmallDisk()];
    disks.push(disk);
    const all = [clock.env, ...envs];
    const env = Object.fromEntries(
      [...all, { LD_PRELOAD: preloads(all) }].flatMap((each) => Object.entries(each)),
    );
    const desk = await openDesk(stack, env, disk, username);
    const fresh = { on: 0, breaking: 0, latest: undefined };
    watched.push({
      ...{ desk, faults: faultsOf(desk, { edges, clock, disk }, random), ...fresh },
      ...{ offered: createStretch(nowMs), alarm: createStretch(nowMs) },
    });
  }
  return watched;
};

/** Looks at the PBX again and again until it is told to stop. */
const watch = (stack: Stack, desks: readonly Watched[]) => {
  let stopped = false;
  const look = async (): Promise<void> => {
    while (!stopped) {
      const standings = await standingsIn(stack, '');
      for (const each of desks) {
        const standing = standings?.get(each.desk.user.extension);
        each.latest = standing;
        each.offered.look(standing?.offers === true && each.breaking > 0);
        each.alarm.look(standing?.paused === true && standing.reachable && each.on === 0);
      }
      await pause(lookEveryMs);
    }
  };
  const looking = look();
  return async (): Promise<void> => {
    stopped = true;
    await looking;
  };
};

const run = async (
  fault: DeskFault,
  at: readonly Watched[],
  random: () => number,
): Promise<void> => {
  await pause(random() * beginWithinMs);
  const change = (by: 1 | -1): void => {
    for (const each of at) {
      if (fault.isHarmless !== true) each.on += by;
      if (fault.breaks) each.breaking += by;
    }
  };
  change(1);
  try {
    await fault.begin();
    await pause(random() * fault.longestMs);
    await fault.end();
  } finally {
    change(-1);
  }
};

/** One sequence for each desk: one or two faults of its own, which overlap as they come, and perhaps one that all share. */
const runRound = async (
  desks: readonly Watched[],
  shared: readonly DeskFault[],
  random: () => number,
): Promise<readonly string[]> => {
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  };
  const runs: Promise<void>[] = [];
  const names: string[] = [];
  if (random() < sharedChance) {
    const fault = pick(shared);
    names.push(`all: ${fault.name}`);
    runs.push(run(fault, desks, random));
  }
  for (const each of desks) {
    const first = pick(each.faults);
    const second = random() < 0.5 ? pick(each.faults.filter((other) => other !== first)) : null;
    names.push(
      `${each.desk.user.username}: ${[first, second].map((one) => one?.name ?? '').join(' ')}`,
    );
    // One after the other: what stands still takes no other order.
    const both = async (): Promise<void> => {
      await run(first, [each], random);
      if (second !== null) await run(second, [each], random);
    };
    runs.push(both());
  }
  await Promise.all(runs);
  return names;
};

/** How long each desk took to be offered calls again, ms. */
const untilOffered = async (desks: readonly Watched[]): Promise<readonly number[]> => {
  const from = nowMs();
  return Promise.all(
    desks.map(async (each) => {
      while (each.latest?.offers !== true && nowMs() - from < readyWithinMs)
        await pause(lookEveryMs);
      return nowMs() - from;
    }),
  );
};

/**
 * "Ready is a promise": sequences of faults at real desks and a real PBX. It is looked at whether the PBX would offer a call
 * where none could ring, and whether it would offer none where one could.
 */
export const measureReadyTruth: Measure = async ({ quick }) => {
  const { usernames, rounds } = plans[quick ? 'quick' : 'full'];
  await prepareTestNeeds();
  needsOwnDisk();
  const random = seededRandom(seed);
  const edges = await openAgentEdges();
  const clocks = await openSettableClocks();
  const bed = await headsetBed(jabra);
  const stackBed = await startStackBed(Number(new URL(edges.url).port));
  const { stack } = stackBed;
  edges.leadTo(stack.services.asterisk?.current().sipUrl ?? '');
  let desks: readonly Watched[] = [];
  const disks: SmallDisk[] = [];
  const backs: number[] = [];
  try {
    await bed.headsets[0]?.plug();
    const envs = [stackBed.env, bed.env];
    desks = await openDesks({ stack, edges, clocks, random, disks, envs }, usernames);
    const shared = sharedFaults(stackBed, bed);
    const stop = watch(stack, desks);
    await untilOffered(desks);
    for (let round = 0; round < rounds; round += 1) {
      const names = await runRound(desks, shared, random);
      const took = await untilOffered(desks);
      backs.push(...took);
      const worst = (which: 'offered' | 'alarm') =>
        Math.round(Math.max(...desks.map((each) => each[which].longestMs())));
      progress(
        `${String(round + 1)} of ${String(rounds)}: ${names.join(', ')}; back after ${took
          .map((ms) => String(Math.round(ms / 100) / 10))
          .join(
            ' and ',
          )} s; offered in vain at most ${String(worst('offered'))} ms, alarm without a fault ${String(worst('alarm'))} ms`,
      );
    }
    await stop();
    const n = backs.length;
    const sequences = `${String(n)} sequences, seed ${String(seed)}`;
    const tooLong = (which: 'offered' | 'alarm') =>
      desks.filter((each) => each[which].longestMs() > longestMs).length;
    const longest = (which: 'offered' | 'alarm') =>
      Math.round(Math.max(...desks.map((each) => each[which].longestMs())) / 100) / 10;
    return [
      figureOf(
        `desks to which the PBX offered in vain for over 15 s (${sequences})`,
        tooLong('offered'),
        '',
        n,
        { exactly: 0 },
      ),
      figureOf('the longest that it would have offered in vain', longest('offered'), 's', n, {
        atMost: 15,
      }),
      figureOf('desks that were paused for over 15 s without a fault', tooLong('alarm'), '', n, {
        exactly: 0,
      }),
      figureOf('the longest pause without a fault', longest('alarm'), 's', n, { atMost: 15 }),
      figureOf(
        'offered calls again after the last fault, median',
        Math.round(median(backs)) / 1_000,
        's',
        n,
      ),
      figureOf('the longest of those', Math.round(largest(backs)) / 1_000, 's', n),
    ];
  } finally {
    for (const disk of disks) disk.free();
    for (const { desk } of desks) {
      desk.app.process().kill('SIGCONT');
      await desk.close();
      await signOutAtBackend(stack, desk.user).catch(() => undefined);
    }
    for (const disk of disks) disk.close();
    edges.close();
    await stackBed.stop();
    await bed.stop();
    clocks.close();
  }
};
