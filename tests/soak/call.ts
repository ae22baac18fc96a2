import { setTimeout as pause } from 'node:timers/promises';
import type { Figure, Measure } from '../../scripts/platform/figures.ts';
import { figureOf, ofPromise, progress } from '../../scripts/platform/figures.ts';
import type { EnginePage } from '../support/engine-page/engine-page.ts';
import { startEngineBrowser } from '../support/engine-page/engine-page.ts';
import type { FarMediaPage } from '../support/engine-page/far-media.ts';
import { openFarMedia } from '../support/engine-page/far-media.ts';
import { until } from '../support/engine-page/far-end.ts';
import { setupFor } from '../support/engine-page/phone-bed.ts';
import { callPhone, contactUser } from '../support/engine-page/scripted-call.ts';
import type { ScriptedPbx } from '../support/engine-page/scripted-pbx.ts';
import { startScriptedPbx } from '../support/engine-page/scripted-pbx.ts';
import { clockHandlers } from '../support/hostile-sip/handler-clock.ts';
import { openMemoryProbe } from './call/memory.ts';
import { measureTransfers } from './call/transfers.ts';

/** Code is compiled and caches are filled by the first calls. */
const plans = {
  full: { warmUp: 50, calls: 1_000, transfers: 25 },
  quick: { warmUp: 20, calls: 40, transfers: 2 },
} as const;

/** Calls do not come faster to a person; the phone would call itself busy. */
const everyMs = 550;
/** An ended call stays on the screen for some seconds. */
const forgottenMs = 8_000;
const promisedMb = 2;

type Plan = (typeof plans)[keyof typeof plans];

type Scene = {
  readonly peer: ScriptedPbx;
  readonly phone: EnginePage;
  readonly far: FarMediaPage;
  readonly user: string;
};

const untilEnded = (phone: EnginePage, callId: string) =>
  until('the call has ended', () => {
    const call = phone.latest().calls.find((one) => one.callId === callId);
    return call === undefined || call.state === 'ended';
  });

/** Rings, is answered, has audio, and ends from either side by turns. */
const oneCall = async ({ peer, phone, far, user }: Scene, number: number): Promise<void> => {
  peer.forget();
  const media = far.open();
  const call = await callPhone({ peer, phone, user, media }, `soak-${number}@pbx`);
  if (number % 2 === 0) peer.send(call.request('BYE', 2));
  else await phone.command({ kind: 'end', callId: call.callId });
  await untilEnded(phone, call.callId);
  await media.close();
};

const callAgainAndAgain = async (scene: Scene, from: number, calls: number): Promise<number> => {
  let failed = 0;
  for (let number = from; number < from + calls; number += 1) {
    const begunAt = performance.now();
    try {
      await oneCall(scene, number);
    } catch (error) {
      failed += 1;
      progress(`call ${number}: ${String(error)}`);
    }
    await pause(Math.max(0, everyMs - (performance.now() - begunAt)));
  }
  return failed;
};

/** What a shift leaves behind in the phone: calls one after another, with audio, on the engine's own page. */
const measureShift = async ({ warmUp, calls }: Plan): Promise<readonly Figure[]> => {
  progress('starting the phone');
  const browser = await startEngineBrowser();
  const peer = await startScriptedPbx();
  try {
    const far = await openFarMedia(browser);
    const phone = await browser.open(setupFor(peer.url));
    await phone.untilRegistered();
    const user = contactUser(peer);
    // What the test itself keeps in the page would count as the phone's.
    await clockHandlers(phone.page, Number.POSITIVE_INFINITY);
    const scene = { peer, phone, far, user };
    await callAgainAndAgain(scene, 0, warmUp);
    await pause(forgottenMs);
    const memory = await openMemoryProbe(phone.page);
    const before = await memory.read();
    progress(`${calls} calls one after another`);
    const failed = await callAgainAndAgain(scene, warmUp, calls);
    await pause(forgottenMs);
    const after = await memory.read();
    await memory.close();
    return [
      figureOf('calls that failed', failed, '', calls, { exactly: 0 }),
      ofPromise(
        14,
        figureOf('memory growth after collection', after.heapMb - before.heapMb, 'MB', calls, {
          atMost: promisedMb,
        }),
      ),
      figureOf('event listeners more than before', after.listeners - before.listeners, '', calls),
      figureOf('DOM nodes more than before', after.nodes - before.nodes, '', calls),
    ];
  } finally {
    peer.close();
    await browser.close();
  }
};

/** Attended transfers in every combination, and calls for as long as a shift. */
export const measures: readonly Measure[] = [
  ({ quick }) => measureTransfers(plans[quick ? 'quick' : 'full'].transfers),
  ({ quick }) => measureShift(plans[quick ? 'quick' : 'full']),
];
