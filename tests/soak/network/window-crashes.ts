import { setTimeout as pause } from 'node:timers/promises';
import { figureOf, type Measure, ofPromise, progress } from '../../../scripts/platform/figures.ts';
import { agentChannels } from '../../support/far-end.ts';
import { callShownAt, noteWhenShown } from '../../support/call-shown.ts';
import { killPage } from '../../support/kill-page.ts';
import { watchTone } from '../../support/reliability/tone-watch.ts';
import { largest, median } from '../../bench/support/statistics.ts';
import { repeatedly } from './repeated.ts';

const plans = { full: 6, quick: 1 } as const;
/** In one call, one after another. */
const killsInCall = 5;
const betweenMs = 1_500;
/** As long as the kills take together. */
const calmForMs = 10_000;
const windowBackMs = 2_000;
/** A Wi-Fi that stumbles takes more; less would be heard as nothing by anybody. */
const unheardMs = 100;

/** The window's process dies in calls: how soon it is back with the call, and what the customer missed meanwhile. */
export const measureWindowCrashes: Measure = async ({ quick }) => {
  const calls = plans[quick ? 'quick' : 'full'];
  progress(`${String(calls)} calls in which the window dies ${String(killsInCall)} times`);
  const { done, failed } = await repeatedly(
    'window crashes, call',
    calls,
    async ({ desk }) => {
      await noteWhenShown(desk);
    },
    async ({ bed, desk }) => {
      const call = await bed.inCall(desk, desk.user.extension);
      const calm = watchTone(call.customer);
      await pause(calmForMs);
      const calmMs = calm.stop().silentMs;
      const watch = watchTone(call.customer);
      const backMs: number[] = [];
      for (let kill = 0; kill < killsInCall; kill += 1) {
        const dead = desk.desk.page;
        const killedAt = Date.now();
        await killPage(desk.app, 'ui');
        await desk.windowIsBack(dead);
        await desk.desk.call('connected').waitFor();
        backMs.push((await callShownAt(desk)) - killedAt);
        await pause(betweenMs);
      }
      const missed = watch.stop();
      const channels = await agentChannels(bed.stack, desk.user.extension);
      if (channels.join() !== call.channel) throw new Error('the call is another, or gone');
      call.customer.hangUp();
      await desk.desk.wrapUp.waitFor();
      await desk.desk.chooseWrapUpCode('Resolved');
      await desk.desk.button('Complete wrap-up').click();
      await desk.desk.wrapUp.waitFor({ state: 'detached' });
      return { value: { backMs, missed, calmMs }, desk };
    },
  );
  const backMs = done.flatMap((call) => call.backMs);
  const silent = done.map(({ missed }) => missed.silentMs);
  const absent = done.map(({ missed }) => missed.absentMs);
  const n = backMs.length;
  return [
    figureOf('UI crash to the call on screen again, median', median(backMs), 'ms', n),
    figureOf('UI crash to the call on screen again, slowest', largest(backMs), 'ms', n, {
      atMost: windowBackMs,
    }),
    figureOf(
      'longest silence at the customer in as long a time before',
      largest(done.map(({ calmMs }) => calmMs)),
      'ms',
      done.length,
    ),
    figureOf(
      `longest silence at the customer in a call with ${String(killsInCall)} UI crashes`,
      largest(silent),
      'ms',
      done.length,
      { atMost: unheardMs },
    ),
    figureOf(
      'sound that the customer was not sent in such a call',
      largest(absent),
      'ms',
      done.length,
      {
        atMost: unheardMs,
      },
    ),
    figureOf('calls that UI crashes touched', failed, '', done.length + failed, { exactly: 0 }),
  ].map((figure) => ofPromise(9, figure));
};
