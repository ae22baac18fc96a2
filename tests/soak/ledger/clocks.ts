import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright';
import { observeDatabase } from '../../../scripts/headless/database-observer.ts';
import { deskPage } from '../../../scripts/headless/desk-page.ts';
import { eventually } from '../../../scripts/headless/timeline.ts';
import { uiPage } from '../../../scripts/headless/ui-page.ts';
import { driveElectron } from '../../../scripts/platform/drive-electron.ts';
import { describeAppLaunch } from '../../../scripts/platform/electron-launch.ts';
import { figureOf, ofPromise, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { appPhone, type AppPhone } from '../../bench/support/app-phone.ts';
import { openCentre, type Centre } from '../../bench/support/centre.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { openSettableClocks, type SettableClock } from './settable-clock.ts';

const seed = 3_600;
const hourMs = 3_600_000;
const sleepMs = 600_000;
const lookMs = 1_200;
const promisedMs = 1_000;

/** What the ledger should say of a leg, ms, as somebody with a clock of their own saw it. */
type Seen = {
  readonly callId: string;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly wrapUpMs: number;
};

type Machines = {
  readonly desk: SettableClock;
  /** The backend's: time goes on there while the desk sleeps. */
  readonly server: SettableClock;
};

type Scene = Machines & {
  readonly centre: Centre;
  readonly app: ElectronApplication;
  readonly phone: AppPhone;
  readonly random: () => number;
};

/** Somebody sets the desk's clock: up to an hour to either side. */
const setClock = ({ desk, random }: Scene): void => {
  desk.set(Math.round((random() * 2 - 1) * hourMs));
};

/** The machine sleeps for ten minutes and wakes, as the system would tell. */
const sleep = async ({ app, desk, server, centre }: Scene, sleptMs: number): Promise<void> => {
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  server.sleep(sleptMs);
  // The backend looks once a second whether time has gone by unseen.
  await pause(1_100);
  await fetch(`${centre.services.backendUrl}/api/v1/time`);
  desk.sleep(sleptMs);
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
};

/** A call with a hold and a wrap-up, the clock set in each part of it; `sleptMs`: how long the machine has slept after it. */
const oneCall = async (scene: Scene, number: string, sleptMs: number | null): Promise<Seen> => {
  const { phone } = scene;
  const desk = deskPage(phone.page);
  const press = async (name: string): Promise<number> => {
    await desk.button(name).first().click();
    return performance.now();
  };
  setClock(scene);
  const ringing = await phone.ring(number, 'extension');
  setClock(scene);
  await pause(lookMs);
  const { callId } = await phone.answer(ringing);
  const answeredAt = performance.now();
  setClock(scene);
  await pause(lookMs);
  const heldAt = await press('Hold');
  setClock(scene);
  await pause(lookMs);
  const resumedAt = await press('Resume');
  await pause(lookMs);
  setClock(scene);
  await phone.hangUp(ringing);
  const endedAt = performance.now();
  setClock(scene);
  await pause(lookMs);
  if (sleptMs !== null) await sleep(scene, sleptMs);
  setClock(scene);
  await pause(lookMs);
  await phone.completeWrapUp();
  const completedAt = performance.now();
  return {
    callId,
    talkMs: endedAt - answeredAt - (resumedAt - heldAt),
    holdMs: resumedAt - heldAt,
    wrapUpMs: completedAt - endedAt + (sleptMs === null ? 0 : sleepMs),
  };
};

const launch = async (centre: Centre, clock: SettableClock): Promise<ElectronApplication> => {
  const profileDir = join(centre.scratch, 'clocks');
  mkdirSync(profileDir);
  return driveElectron(
    describeAppLaunch({
      electron: centre.electron,
      backendUrl: centre.services.backendUrl,
      profileDir,
      language: 'en',
      env: { ...centre.screen.env, ...clock.env },
    }),
  );
};

/** The real desk on a machine whose clock is set during every part of its calls, and that sleeps after every second one. */
export const measureClocks: Measure = async ({ quick }) => {
  const calls = quick ? 4 : 30;
  const clocks = await openSettableClocks();
  const machines: Machines = { desk: clocks.open('desk'), server: clocks.open('server') };
  progress(`${String(calls)} calls while the clock is set, seed ${String(seed)}`);
  const centre = await openCentre(machines.server.env);
  const app = await launch(centre, machines.desk);
  const database = await observeDatabase(centre.services.databaseUrl);
  try {
    const phone = appPhone(centre, await uiPage(app));
    await phone.signInReady();
    const scene: Scene = { ...machines, centre, app, phone, random: seededRandom(seed) };
    const [awake, asleep]: [number[], number[]] = [[], []];
    let slept = 0;
    for (let index = 0; index < calls; index += 1) {
      const sleeps = index % 2 === 1;
      if (sleeps) slept += sleepMs;
      const number = centre.numbers[index % centre.numbers.length] ?? '';
      const seen = await oneCall(scene, number, sleeps ? slept : null);
      const leg = await eventually('the leg is whole in the ledger', async () => {
        const [row] = await database.rows(
          'SELECT talk_ms, hold_ms, wrap_up_ms FROM legs WHERE call_id = $1 AND finished_at IS NOT NULL',
          [seen.callId],
        );
        return row ?? null;
      });
      const off = [
        Number(leg['talk_ms']) - seen.talkMs,
        Number(leg['hold_ms']) - seen.holdMs,
        Number(leg['wrap_up_ms']) - seen.wrapUpMs,
      ].map(Math.abs);
      (sleeps ? asleep : awake).push(...off);
    }
    const furthest = 'a segment off what somebody else saw, furthest';
    return [
      figureOf(`${furthest}: clock set by up to an hour`, Math.max(...awake), 'ms', awake.length, {
        atMost: promisedMs,
      }),
      figureOf(`${furthest}: and 10 minutes of sleep`, Math.max(...asleep), 'ms', asleep.length, {
        atMost: promisedMs,
      }),
    ].map((figure) => ofPromise(13, figure));
  } finally {
    await database.stop();
    await app.close();
    await centre.stop();
    clocks.close();
  }
};
