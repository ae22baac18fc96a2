import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import { figureOf, type Measure, ofPromise, progress } from '../../../scripts/platform/figures.ts';
import { answer, becomeReady, beRung } from '../../support/agent-at-work.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import { expectSameHandleTime, legOf } from '../../support/far-end.ts';
import { completeAllWrapUps } from '../../support/reliability/desk-orders.ts';
import { caredForAt } from '../../support/reliability/customer-care.ts';
import { killPage } from '../../support/kill-page.ts';
import { text } from '../../support/texts.ts';
import { largest, median } from '../../bench/support/statistics.ts';
import { repeatedly } from './repeated.ts';

const settledMs = 10_000;
const toldMs = 2_000;
/** Waited for, whatever is promised. */
const patienceMs = 60_000;
const audibleDb = -30;

type Crash = {
  /** From the engine's death, ms: its leg gone at the PBX, and something to hear for the customer. */
  readonly settledMs: number;
  readonly toldMs: number;
  /** Until the same customer rings again at the desk, once the wrap-up is done; from the death. */
  readonly againMs: number;
};

/** The phone's process dies in a customer's call: who is told when, and what becomes of the customer. */
export const measureEngineCrashes: Measure = async ({ quick }) => {
  const crashes = quick ? 2 : 30;
  progress(`${String(crashes)} engine crashes in calls`);
  const { done, failed } = await repeatedly<Crash>(
    'engine crash',
    crashes,
    ({ desk }) => becomeReady(desk),
    async ({ bed, desk }) => {
      const { stack } = bed;
      const call = await bed.inCall(desk, 'queue-support');
      const toldAt = desk.desk.page
        .getByText(text('app.engineRestarting'))
        .waitFor()
        .then(() => Date.now());
      const killedAt = Date.now();
      const wait = { since: killedAt, timeoutMs: patienceMs };
      const [told, gone, caredFor] = await Promise.all([
        toldAt,
        stack.pbx.event(
          'the end of the leg',
          (name, message) => name === 'Hangup' && field(message, 'channel') === call.channel,
          wait,
        ),
        caredForAt(call.customer, patienceMs),
        killPage(desk.app, 'phone'),
      ]);
      await desk.desk.wrapUp.waitFor();
      await completeAllWrapUps(desk);
      const again = await beRung(desk, killedAt, patienceMs);
      const againMs = Date.now() - killedAt;
      await answer(desk, again);
      await until(
        'the customer hears the agent again',
        () => call.customer.heardDb(agentToneHz) > audibleDb,
      );
      call.customer.hangUp();
      await desk.desk.wrapUp.waitFor();
      await completeAllWrapUps(desk);
      // A desk that stumbles again and again is held back for some seconds more.
      await until(
        'ready again',
        async () => (await desk.deskSnapshot()).agent?.state.state === 'ready',
        patienceMs,
      );
      const failedLeg = await legOf(stack, call.callId);
      if (failedLeg['outcome'] !== 'phone_failed') throw new Error('the leg ended in another way');
      await expectSameHandleTime(desk, again.callId);
      return {
        value: {
          settledMs: Math.max(gone.at, caredFor) - killedAt,
          toldMs: told - killedAt,
          againMs,
        },
        desk,
      };
    },
  );
  const settled = done.map((crash) => crash.settledMs);
  const told = done.map((crash) => crash.toldMs);
  const again = done.map((crash) => crash.againMs);
  const n = done.length;
  return [
    figureOf(
      'engine crash to leg gone and music at the customer, median',
      median(settled),
      'ms',
      n,
    ),
    figureOf(
      'engine crash to leg gone and music at the customer, slowest',
      largest(settled),
      'ms',
      n,
      {
        atMost: settledMs,
      },
    ),
    figureOf('engine crash to the word on screen, slowest', largest(told), 'ms', n, {
      atMost: toldMs,
    }),
    figureOf('engine crash to the same customer at the desk, slowest', largest(again), 'ms', n),
    figureOf('engine crashes with a fact or a customer lost', failed, '', n + failed, {
      exactly: 0,
    }),
  ].map((figure) => ofPromise(10, figure));
};
