import { setTimeout as pause } from 'node:timers/promises';
import { figureOf, type Measure, progress } from '../../../scripts/platform/figures.ts';
import { largest, median } from '../../bench/support/statistics.ts';
import { type DeskApp, launchDeskApp, signOutAtBackend } from '../../support/desk-app.ts';
import { headsetBed, type HeadsetBed } from '../../support/headset/headset-bed.ts';
import { jabra } from '../../support/headset/models.ts';
import { soundPlug } from '../../support/headset/sound-plug.ts';
import { wishReady } from '../../support/reliability/desk-orders.ts';
import { type AgentEdges, openAgentEdges } from '../../support/readiness/agent-edges.ts';
import { faultsOf, type DeskFault } from '../../support/readiness/desk-faults.ts';
import { createStretch, standingsIn, type Standing } from '../../support/readiness/offer-watch.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { startStack, type Stack } from '../../support/stack.ts';

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

/** What goes wrong for all desks at once. */
const sharedFaults = (stack: Stack, bed: HeadsetBed): readonly DeskFault[] => {
  const [headset] = bed.headsets;
  const { asterisk, backend } = stack.services;
  if (headset === undefined || asterisk === undefined) throw new Error('no headset, or no PBX');
  const { sound } = stack.screen;
  const microphones = soundPlug(sound, headset, [
    'source_name=headset_mic',
    'source_name=laptop_mic',
  ]);
  const oneHeadset = soundPlug(sound, headset, ['source_name=headset_mic', 'sink_name=headset']);
  let letReturn: () => Promise<void> = () => Promise.resolve();
  const crash = (service: Pick<typeof backend, 'crash'>) => async (): Promise<void> => {
    letReturn = await service.crash();
  };
  const sign = (name: 'SIGSTOP' | 'SIGCONT') => (): Promise<void> => {
    process.kill(asterisk.current().child.pid, name);
    return Promise.resolve();
  };
  return [
    {
      name: 'no microphone',
      ...{ breaks: true, longestMs: 20_000, end: microphones.plug },
      begin: async () => {
        await microphones.unplug();
      },
    },
    {
      name: 'another headset',
      ...{ breaks: false, longestMs: 20_000, end: oneHeadset.plug },
      begin: async () => {
        await oneHeadset.unplug();
      },
    },
    {
      name: 'PBX stands still',
      breaks: true,
      longestMs: 12_000,
      begin: sign('SIGSTOP'),
      end: sign('SIGCONT'),
    },
    {
      name: 'PBX killed',
      breaks: true,
      longestMs: 8_000,
      begin: crash(asterisk),
      end: () => letReturn(),
    },
    {
      name: 'backend killed',
      breaks: false,
      longestMs: 8_000,
      begin: crash(backend),
      end: () => letReturn(),
    },
  ];
};

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
const openDesk = async (stack: Stack, bed: HeadsetBed, username: string): Promise<DeskApp> => {
  for (let tries = 1; ; tries += 1) {
    const desk = await launchDeskApp(stack, { username, env: bed.env });
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

const openDesks = async (
  stack: Stack,
  edges: AgentEdges,
  bed: HeadsetBed,
  usernames: readonly string[],
): Promise<readonly Watched[]> => {
  const watched: Watched[] = [];
  for (const username of usernames) {
    const desk = await openDesk(stack, bed, username);
    const fresh = { on: 0, breaking: 0, latest: undefined };
    watched.push({
      ...{ desk, faults: faultsOf(desk, edges), ...fresh },
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
      each.on += by;
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
  const random = seededRandom(seed);
  const edges = await openAgentEdges();
  process.env['RINGSIDE_SIP_URL'] = edges.url;
  const bed = await headsetBed(jabra);
  const stack = await startStack();
  edges.leadTo(stack.services.asterisk?.current().sipUrl ?? '');
  let desks: readonly Watched[] = [];
  const backs: number[] = [];
  try {
    await bed.headsets[0]?.plug();
    desks = await openDesks(stack, edges, bed, usernames);
    const shared = sharedFaults(stack, bed);
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
    delete process.env['RINGSIDE_SIP_URL'];
    for (const { desk } of desks) {
      desk.app.process().kill('SIGCONT');
      await desk.close();
      await signOutAtBackend(stack, desk.user).catch(() => undefined);
    }
    edges.close();
    await stack.stop();
    await bed.stop();
  }
};
