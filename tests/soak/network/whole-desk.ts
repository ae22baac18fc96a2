import { setTimeout as pause } from 'node:timers/promises';
import { figureOf, type Measure, ofPromise, progress } from '../../../scripts/platform/figures.ts';
import { prepareTestNeeds } from '../../../scripts/platform/test-needs.ts';
import { beInCall, becomeReady } from '../../support/agent-at-work.ts';
import { type DeskApp, launchDeskApp } from '../../support/desk-app.ts';
import { until } from '../../support/engine-page/far-end.ts';
import { type StackBed, startStackBed } from '../../support/network/stack-bed.ts';
import { largest, quantile } from '../../bench/support/statistics.ts';

const plans = { full: { moves: 30, outages: 10 }, quick: { moves: 2, outages: 1 } } as const;
const patienceMs = 40_000;
const settleMs = 4_000;

/** What has arrived of this phone's sound; null: nobody tells. */
const packetsFrom = async ({ stack }: StackBed, extension: string): Promise<number | null> => {
  const lines = await stack.pbx.cli('pjsip show channelstats');
  const words = lines
    .find((line) => line.includes(` ${extension}-`))
    ?.trim()
    .split(/\s+/u);
  const count = Number(words?.[words.indexOf('opus') + 1]);
  return Number.isFinite(count) ? count : null;
};

/** A stray packet is no sound. */
const enough = 5;

/** How long after `since` the PBX is sent sound again, ms. */
const soundAfter = async (bed: StackBed, extension: string, since: number): Promise<number> => {
  const before = (await packetsFrom(bed, extension)) ?? 0;
  await until(
    'sound arrives again',
    async () => ((await packetsFrom(bed, extension)) ?? 0) >= before + enough,
    patienceMs,
  );
  return performance.now() - since;
};

const untilRegistered = (deskApp: DeskApp): Promise<void> =>
  until(
    'registered again',
    async () => (await deskApp.phoneSnapshot()).registration.state === 'registered',
    patienceMs,
  );

/** The whole program leaves its network for another one in a call. */
const move = async (bed: StackBed, deskApp: DeskApp, round: number): Promise<number> => {
  const { network } = bed;
  const [from, to] = round % 2 === 0 ? (['eth0', 'wlan0'] as const) : (['wlan0', 'eth0'] as const);
  const since = performance.now();
  await network.unplug(from);
  await pause(200 + Math.random() * 800);
  const plugged = network.plug(to, 3 + (round % 250));
  const [gapMs] = await Promise.all([soundAfter(bed, deskApp.user.extension, since), plugged]);
  await untilRegistered(deskApp);
  return gapMs;
};

/** Nothing passes for a while, and the desk says so. Measured from the network's return. */
const outage = async (bed: StackBed, deskApp: DeskApp): Promise<number> => {
  const forMs = 8_000 + Math.random() * 20_000;
  const begunAt = performance.now();
  const said = deskApp.desk.page.locator('[data-outage]');
  await bed.network.set({ isDown: true });
  await said.waitFor();
  await pause(forMs - (performance.now() - begunAt));
  const since = performance.now();
  await bed.network.set({});
  const backMs = await soundAfter(bed, deskApp.user.extension, since);
  await until('the desk says that it is over', async () => (await said.count()) === 0, patienceMs);
  return backMs;
};

/** With main, its look at the addresses and the line to the backend: what the phone's page alone cannot show. */
export const measureWholeDesk: Measure = async ({ quick }) => {
  await prepareTestNeeds();
  const plan = plans[quick ? 'quick' : 'full'];
  const bed = await startStackBed();
  try {
    const deskApp = await launchDeskApp(bed.stack, { username: 'alice', env: bed.env });
    await becomeReady(deskApp);
    const { callId } = await beInCall(deskApp);
    const gaps: number[] = [];
    const isUp = async () =>
      (await deskApp.phoneSnapshot()).calls.some(
        (call) => call.callId === callId && call.state === 'connected',
      );
    while (gaps.length < plan.moves && (await isUp())) {
      gaps.push((await move(bed, deskApp, gaps.length)) / 1_000);
      progress(`whole program, move ${String(gaps.length)}: ${String(gaps.at(-1))} s`);
      await pause(settleMs);
    }
    const backs: number[] = [];
    while (backs.length < plan.outages && (await isUp())) {
      backs.push((await outage(bed, deskApp)) / 1_000);
      progress(`whole program, outage ${String(backs.length)}: ${String(backs.at(-1))} s`);
      await pause(settleMs);
    }
    const lost = (await isUp()) ? 0 : 1;
    await deskApp.close();
    const n = gaps.length;
    const what = 'whole program, old address gone to sound again';
    return [
      ofPromise(
        3,
        figureOf('whole program, calls lost', lost, '', n + backs.length, { exactly: 0 }),
      ),
      ofPromise(3, figureOf(`${what}, median`, quantile(gaps, 0.5), 's', n, { atMost: 3 })),
      ofPromise(3, figureOf(`${what}, p95`, quantile(gaps, 0.95), 's', n, { atMost: 8 })),
      figureOf(`${what}, slowest`, largest(gaps), 's', n),
      ofPromise(
        2,
        figureOf(
          'whole program, outage of 8 to 28 s to sound again',
          largest(backs),
          's',
          backs.length,
          {
            atMost: 2,
          },
        ),
      ),
    ];
  } finally {
    await bed.stop();
  }
};
