import { setTimeout as pause } from 'node:timers/promises';
import {
  type Figure,
  figureOf,
  type Measure,
  ofPromise,
  progress,
} from '../../../scripts/platform/figures.ts';
import { prepareTestNeeds } from '../../../scripts/platform/test-needs.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import {
  type Conversation,
  converse,
  type NetworkBed,
  openPhone,
  startNetworkBed,
} from '../../support/network/network-bed.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { largest, quantile } from '../../bench/support/statistics.ts';

const seed = 15_001;
const plans = {
  full: { short: 40, long: 40, moves: 40, endless: 5 },
  quick: { short: 3, long: 2, moves: 3, endless: 1 },
} as const;

const settleMs = 3_000;
const giveUpMs = 20_000;
/** After an address went, what was under way from it is still heard for a moment. */
const movedLastsMs = 800;
/** Main looks at the addresses so often during a call (src/main/power). */
const noticedWithinMs = 400;

const nowMs = (): number => performance.timeOrigin + performance.now();

/** One after another in one call, as long as it lives; one that does not is counted, and the next begins another. */
type Lines = {
  readonly current: () => Promise<Conversation>;
  readonly settle: () => Promise<void>;
};

const openLines = (bed: NetworkBed, phone: EnginePage): Lines => {
  let conversation: Conversation | null = null;
  return {
    current: async () => {
      if (conversation?.isUp() === true) return conversation;
      await phone.untilRegistered();
      conversation = await converse(bed, phone);
      await pause(settleMs);
      return conversation;
    },
    settle: async () => {
      await until('registered', () => phone.latest().registration.state === 'registered', 40_000);
      await pause(settleMs);
    },
  };
};

/** The slower of the two directions; `lost`: calls that ended, or in which somebody was not heard again in time. */
type Times = { readonly backMs: readonly number[]; readonly lost: number };

const repeat = async (
  what: string,
  times: number,
  lines: Lines,
  one: (conversation: Conversation, round: number) => Promise<number>,
  lastsMs?: number,
): Promise<Times> => {
  const backMs: number[] = [];
  let lost = 0;
  for (let round = 0; round < times; round += 1) {
    const conversation = await lines.current();
    const { byCustomer, byAgent } = await conversation.heardAgain(
      await one(conversation, round),
      giveUpMs,
      lastsMs,
    );
    const isKept = conversation.isUp() && byCustomer !== null && byAgent !== null;
    if (isKept) backMs.push(Math.max(byCustomer, byAgent));
    else lost += 1;
    progress(
      `${what} ${String(round + 1)} of ${String(times)}: customer ${String(Math.round(byCustomer ?? -1))}, agent ${String(Math.round(byAgent ?? -1))} ms${isKept ? '' : ', LOST'}`,
    );
    await lines.settle();
  }
  return { backMs, lost };
};

const secondsAt = (percent: number, { backMs }: Times): number =>
  backMs.length === 0 ? Number.NaN : quantile(backMs, percent / 100) / 1_000;

const kept = (promise: number, what: string, { backMs, lost }: Times): Figure =>
  ofPromise(
    promise,
    figureOf(`${what}, calls lost`, lost, '', backMs.length + lost, { exactly: 0 }),
  );

const spread = (
  promise: number,
  what: string,
  times: Times,
  bounds: { readonly p50?: number; readonly p95?: number; readonly slowest?: number },
): readonly Figure[] => {
  const n = times.backMs.length;
  const of = (name: string, value: number, atMost: number | undefined): Figure => {
    const figure = figureOf(
      `${what}, ${name}`,
      value,
      's',
      n,
      atMost === undefined ? undefined : { atMost },
    );
    return atMost === undefined ? figure : ofPromise(promise, figure);
  };
  return [
    of('median', secondsAt(50, times), bounds.p50),
    of('p95', secondsAt(95, times), bounds.p95),
    of('slowest', largest(times.backMs) / 1_000, bounds.slowest),
  ];
};

/** The network swallows everything for so long; answers when it is back. */
const swallow = async ({ network }: NetworkBed, forMs: number): Promise<number> => {
  await network.set({ isDown: true });
  await pause(forMs);
  await network.set({});
  return nowMs();
};

/**
 * The desk leaves its network for another one, with another address: the cable is pulled out, and the other network was
 * there before, or comes a moment later. Answers when the old one went.
 */
const move = async (
  { network }: NetworkBed,
  phone: EnginePage,
  round: number,
  random: () => number,
): Promise<number> => {
  const [from, to] = round % 2 === 0 ? (['eth0', 'wlan0'] as const) : (['wlan0', 'eth0'] as const);
  const address = 2 + ((round + 1) % 250);
  const isThereBefore = random() < 0.5;
  if (isThereBefore) {
    await network.plug(to, address);
    await phone.wake('network');
    await pause(random() * 2_000);
  }
  await network.unplug(from);
  const at = nowMs();
  if (!isThereBefore) {
    await pause(random() * 1_000);
    await network.plug(to, address);
  }
  await pause(random() * noticedWithinMs);
  await phone.wake('moved');
  return at;
};

const giveUps = async (
  bed: NetworkBed,
  lines: Lines,
  times: number,
): Promise<readonly number[]> => {
  const given: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const conversation = await lines.current();
    const at = performance.now();
    await bed.network.set({ isDown: true });
    await until('the call is given up', () => !conversation.isUp(), 60_000);
    given.push((performance.now() - at) / 1_000);
    progress(`given up after ${String(given.at(-1))} s`);
    await bed.network.set({});
    await until('the customer is let go', () => conversation.customer.hasEnded(), 40_000);
    await lines.settle();
  }
  return given;
};

/** Outages of all lengths, and changes of address, in a call: how soon both sides hear each other again. */
export const measureOutages: Measure = async ({ quick }) => {
  await prepareTestNeeds();
  const plan = plans[quick ? 'quick' : 'full'];
  const random = seededRandom(seed);
  const bed = await startNetworkBed();
  try {
    const phone = await openPhone(bed);
    const lines = openLines(bed, phone);
    const short = await repeat('outage up to 5 s', plan.short, lines, () =>
      swallow(bed, 300 + random() * 4_700),
    );
    const long = await repeat('outage of 6 to 30 s', plan.long, lines, () =>
      swallow(bed, 6_000 + random() * 24_000),
    );
    const moves = await repeat(
      'change of address',
      plan.moves,
      lines,
      (_, round) => move(bed, phone, round, random),
      movedLastsMs,
    );
    const given = await giveUps(bed, lines, plan.endless);
    await phone.close();
    const n = given.length;
    return [
      kept(1, 'outage up to 5 s', short),
      ...spread(1, 'network back to sound both ways', short, { slowest: 0.5 }),
      kept(2, 'outage of 6 to 30 s', long),
      ...spread(2, 'network back to sound both ways', long, { slowest: 2 }),
      ofPromise(
        2,
        figureOf('no network: given up after, soonest', Math.min(...given), 's', n, {
          atLeast: 30,
        }),
      ),
      ofPromise(
        2,
        figureOf('no network: given up after, latest', Math.max(...given), 's', n, { atMost: 38 }),
      ),
      kept(3, 'change of address', moves),
      ...spread(3, 'old address gone to sound both ways', moves, { p50: 3, p95: 8 }),
    ];
  } finally {
    await bed.stop();
  }
};
