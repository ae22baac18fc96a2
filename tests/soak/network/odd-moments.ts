import { figureOf, type Measure, ofPromise, progress } from '../../../scripts/platform/figures.ts';
import { messageOf } from '../../../scripts/platform/problem.ts';
import { largest } from '../../bench/support/statistics.ts';
import { answer, becomeReady, beRung } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { agentToneHz, type FarEnd, until } from '../../support/engine-page/far-end.ts';
import { agentChannels, expectSameHandleTime } from '../../support/far-end.ts';
import { completeAllWrapUps, wishReady } from '../../support/reliability/desk-orders.ts';
import type { Stack } from '../../support/stack.ts';
import {
  audibleDb,
  engineOf,
  killPhone,
  type Moment,
  patienceMs,
  settledWithinMs,
  untilAnotherEngine,
  type Witness,
} from './moments/moment.ts';
import { momentsOfTheCall } from './moments/of-the-call.ts';
import { momentsOfPayment } from './moments/payment.ts';
import { momentsOfSupervision } from './moments/supervision.ts';
import { repeatedly, type Scene } from './repeated.ts';

const allMoments: readonly Moment[] = [
  ...momentsOfTheCall,
  ...momentsOfSupervision,
  ...momentsOfPayment,
];

/** RINGSIDE_MOMENTS: those alone whose names it is part of, to look into one. */
const moments = allMoments.filter(({ name }) =>
  name.includes(process.env['RINGSIDE_MOMENTS'] ?? ''),
);

const inQueue = async (stack: Stack): Promise<boolean> =>
  (await stack.pbx.cli('queue show support')).some((line) =>
    /Local\/.*heard-customers/u.test(line),
  );

/** The legs that this desk knows of. */
const legsOf = async (desk: DeskApp): Promise<readonly string[]> =>
  (await desk.deskSnapshot()).wrapUps.map(({ callId }) => callId);

/** The customer who is in the queue rings again, is answered and heard; then all is over. */
const takeAgain = async (
  { desk }: Scene,
  customer: FarEnd,
  since: number,
  witness: Witness,
): Promise<void> => {
  const again = await beRung(desk, since, patienceMs);
  await witness.rung?.();
  await answer(desk, again);
  await until(
    'the customer hears the agent again',
    () => customer.heardDb(agentToneHz) > audibleDb,
  );
  await witness.again?.(again);
  customer.hangUp();
  await desk.desk.wrapUp.waitFor();
  await completeAllWrapUps(desk);
  await witness.over?.();
};

const ready = async (desk: DeskApp): Promise<void> => {
  await until(
    'registered',
    async () => {
      const { registration } = await desk.phoneSnapshot();
      return registration.state === 'registered';
    },
    patienceMs,
  );
  const { agent } = await desk.deskSnapshot();
  if (agent?.state.state !== 'ready') await wishReady(desk);
};

/** What the death of the phone left behind is put right, and the customer is taken again. */
const goOn = async (
  scene: Scene,
  customer: FarEnd,
  elsewhere: boolean,
  witness: Witness,
): Promise<void> => {
  const { bed, desk } = scene;
  await until('every wrap-up can be done', async () =>
    (await desk.deskSnapshot()).wrapUps.every(({ ended }) => ended),
  );
  const legs = await legsOf(desk);
  const since = Date.now();
  await completeAllWrapUps(desk);
  for (const leg of legs) {
    if ((await desk.deskSnapshot()).finished?.callId === leg) await expectSameHandleTime(desk, leg);
  }
  await ready(desk);
  if (elsewhere && !(await inQueue(bed.stack))) customer.hangUp();
  else await takeAgain(scene, customer, since, witness);
  // A desk that stumbles again and again is held back for some seconds more.
  await until(
    'ready again',
    async () => (await desk.deskSnapshot()).agent?.state.state === 'ready',
    patienceMs,
  );
};

/** How long after the death of the phone in this moment its legs were gone, ms; the agent is ready again afterwards. */
const dieIn = async (moment: Moment, scene: Scene): Promise<number> => {
  const { bed, desk } = scene;
  const { stack } = bed;
  const call = await moment.begin(scene);
  await moment.reach(desk, call);
  const witness = (await moment.witness?.(scene, call)) ?? {};
  try {
    const dying = await agentChannels(stack, desk.user.extension);
    const before = await engineOf(desk);
    const killedAt = Date.now();
    await (moment.kill ?? killPhone)(desk);
    await until(
      'the legs are gone at the PBX',
      async () => {
        const left = await agentChannels(stack, desk.user.extension);
        return !left.some((channel) => dying.includes(channel));
      },
      settledWithinMs,
    );
    const goneMs = Date.now() - killedAt;
    if (call.customer.hasEnded() && moment.elsewhere !== true) {
      throw new Error('the customer was hung up');
    }
    await witness.gone?.();
    await untilAnotherEngine(desk, before);
    await goOn(scene, call.customer, moment.elsewhere === true, witness);
    await stack.pbx.cli('channel request hangup all');
    await until(
      'nobody is on the phone',
      async () => (await agentChannels(stack, desk.user.extension)).length === 0,
    );
    return goneMs;
  } finally {
    await witness.leave?.();
  }
};

/** The phone dies in every odd moment of a call: nobody is left in silence, and the agent can go on working. */
export const measureOddMoments: Measure = async ({ quick }) => {
  const times = quick ? 1 : 3;
  const flaws: string[] = [];
  let next = 0;
  const total = times * moments.length;
  const { done, failed } = await repeatedly(
    'death of the phone',
    total,
    ({ desk }) => becomeReady(desk),
    async (scene) => {
      const moment = moments[next % moments.length];
      next += 1;
      if (moment === undefined) throw new Error('no moment');
      try {
        const value = await dieIn(moment, scene);
        return { value, desk: scene.desk };
      } catch (error) {
        flaws.push(moment.name);
        throw new Error(`while ${moment.name}: ${messageOf(error)}`, { cause: error });
      }
    },
  );
  if (flaws.length > 0) progress(`went wrong: ${flaws.join(', ')}`);
  const n = done.length + failed;
  return [
    figureOf('odd moments: engine crash to its legs gone, slowest', largest(done), 'ms', n, {
      atMost: settledWithinMs,
    }),
    figureOf(
      `odd moments (${String(moments.length)} kinds) after which something was lost or stuck`,
      failed,
      '',
      n,
      { exactly: 0 },
    ),
  ].map((figure) => ofPromise(10, figure));
};
