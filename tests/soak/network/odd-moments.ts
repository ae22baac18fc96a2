import { setTimeout as pause } from 'node:timers/promises';
import { figureOf, type Measure, ofPromise, progress } from '../../../scripts/platform/figures.ts';
import { messageOf } from '../../../scripts/platform/problem.ts';
import { answer, becomeReady, beRung, type OfferedCall } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { agentToneHz, type FarEnd, until } from '../../support/engine-page/far-end.ts';
import { agentChannels, expectSameHandleTime } from '../../support/far-end.ts';
import { killPage } from '../../support/kill-page.ts';
import {
  beginCommand,
  commandPhone,
  completeAllWrapUps,
  wishReady,
} from '../../support/reliability/desk-orders.ts';
import type { Stack } from '../../support/stack.ts';
import { largest } from '../../bench/support/statistics.ts';
import { repeatedly, type Scene } from './repeated.ts';

const settledWithinMs = 10_000;
const patienceMs = 30_000;
const audibleDb = -30;

/** In the demo: rings and is never answered; an echo. */
const neverAnswers = { kind: 'number', number: '+12025550180' } as const;
const echoes = { kind: 'number', number: '+12025550143' } as const;

type Call = OfferedCall & { readonly customer: FarEnd };

/** Brings the desk into a moment, in which its phone dies. */
type Moment = {
  readonly name: string;
  readonly begin: (scene: Scene) => Promise<Call>;
  readonly reach: (desk: DeskApp, call: Call) => Promise<unknown>;
  /** What is killed, one after another; the phone alone unless said otherwise. */
  readonly kill?: (desk: DeskApp) => Promise<void>;
  /** The customer is with somebody else by then, or may be. */
  readonly elsewhere?: true;
};

const ringing = ({ bed, desk }: Scene): Promise<Call> => bed.ringing(desk, 'queue-support');
const talking = ({ bed, desk }: Scene): Promise<Call> => bed.inCall(desk, 'queue-support');
const nothing = (): Promise<void> => Promise.resolve();

const killPhone = (desk: DeskApp): Promise<void> => killPage(desk.app, 'phone');

const consulting = async (desk: DeskApp, { callId }: Call): Promise<string> => {
  await commandPhone(desk, { kind: 'consult', callId, to: echoes });
  const second = async () =>
    (await desk.phoneSnapshot()).calls.find((call) => call.callId !== callId)?.callId ?? '';
  await until('the question is answered', async () =>
    (await desk.phoneSnapshot()).calls.some(
      (call) => call.callId !== callId && call.state === 'connected',
    ),
  );
  return second();
};

const engineOf = async (desk: DeskApp): Promise<string> => (await desk.phoneSnapshot()).engineId;

const untilAnotherEngine = (desk: DeskApp, before: string): Promise<void> =>
  until(
    'another phone is there',
    async () =>
      (await engineOf(desk)) !== before && (await desk.deskSnapshot()).engine === 'running',
    patienceMs,
  );

const moments: readonly Moment[] = [
  { name: 'it rings', begin: ringing, reach: nothing },
  {
    name: 'it is being answered',
    begin: ringing,
    reach: (desk, { callId }) => {
      beginCommand(desk, { kind: 'answer', callId });
      return pause(Math.random() * 60);
    },
  },
  {
    name: 'a hold is under way',
    begin: talking,
    reach: (desk, { callId }) => {
      beginCommand(desk, { kind: 'hold', callId });
      return pause(Math.random() * 20);
    },
  },
  {
    name: 'the customer is on hold',
    begin: talking,
    reach: (desk, { callId }) => commandPhone(desk, { kind: 'hold', callId }),
  },
  {
    name: 'a resume is under way',
    begin: talking,
    reach: async (desk, { callId }) => {
      await commandPhone(desk, { kind: 'hold', callId });
      beginCommand(desk, { kind: 'resume', callId });
      return pause(Math.random() * 20);
    },
  },
  {
    name: 'the agent is muted',
    begin: talking,
    reach: (desk, { callId }) => commandPhone(desk, { kind: 'mute', callId }),
  },
  {
    name: 'a transfer is under way',
    begin: talking,
    elsewhere: true,
    reach: (desk, { callId }) => {
      beginCommand(desk, { kind: 'transfer', callId, to: neverAnswers });
      return pause(Math.random() * 40);
    },
  },
  {
    name: 'a transfer rings',
    begin: talking,
    elsewhere: true,
    reach: (desk, { callId }) => {
      beginCommand(desk, { kind: 'transfer', callId, to: neverAnswers });
      return pause(1_500);
    },
  },
  {
    name: 'a question rings',
    begin: talking,
    reach: (desk, { callId }) => {
      beginCommand(desk, { kind: 'consult', callId, to: neverAnswers });
      return pause(1_500);
    },
  },
  { name: 'a colleague is asked', begin: talking, reach: consulting },
  {
    name: 'all three talk',
    begin: talking,
    reach: async (desk, call) => {
      const withCallId = await consulting(desk, call);
      await commandPhone(desk, { kind: 'merge', callId: call.callId, withCallId });
    },
  },
  {
    name: 'the customer is being given to whom was asked',
    begin: talking,
    elsewhere: true,
    reach: async (desk, call) => {
      const withCallId = await consulting(desk, call);
      beginCommand(desk, { kind: 'complete_transfer', callId: call.callId, withCallId });
      await pause(Math.random() * 40);
    },
  },
  {
    name: 'the phone has just been born again',
    begin: talking,
    reach: nothing,
    kill: async (desk) => {
      const before = await engineOf(desk);
      await killPhone(desk);
      await untilAnotherEngine(desk, before);
      await killPhone(desk);
    },
  },
  {
    name: 'the window dies with it',
    begin: talking,
    reach: nothing,
    kill: async (desk) => {
      const dead = desk.desk.page;
      await killPhone(desk);
      await killPage(desk.app, 'ui');
      await desk.windowIsBack(dead);
    },
  },
];

const inQueue = async (stack: Stack): Promise<boolean> =>
  (await stack.pbx.cli('queue show support')).some((line) =>
    /Local\/.*heard-customers/u.test(line),
  );

/** The legs that this desk knows of. */
const legsOf = async (desk: DeskApp): Promise<readonly string[]> =>
  (await desk.deskSnapshot()).wrapUps.map(({ callId }) => callId);

/** The customer who is in the queue rings again, is answered and heard; then all is over. */
const takeAgain = async ({ desk }: Scene, customer: FarEnd, since: number): Promise<void> => {
  const again = await beRung(desk, since, patienceMs);
  await answer(desk, again);
  await until(
    'the customer hears the agent again',
    () => customer.heardDb(agentToneHz) > audibleDb,
  );
  customer.hangUp();
  await desk.desk.wrapUp.waitFor();
  await completeAllWrapUps(desk);
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

/** What the death of the phone in this moment left behind; the agent is ready again afterwards. */
const dieIn = async (moment: Moment, scene: Scene): Promise<number> => {
  const { bed, desk } = scene;
  const { stack } = bed;
  const call = await moment.begin(scene);
  await moment.reach(desk, call);
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
  await untilAnotherEngine(desk, before);
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
  if (moment.elsewhere === true && !(await inQueue(stack))) call.customer.hangUp();
  else await takeAgain(scene, call.customer, since);
  // A desk that stumbles again and again is held back for some seconds more.
  await until(
    'ready again',
    async () => (await desk.deskSnapshot()).agent?.state.state === 'ready',
    patienceMs,
  );
  await stack.pbx.cli('channel request hangup all');
  await until(
    'nobody is on the phone',
    async () => (await agentChannels(stack, desk.user.extension)).length === 0,
  );
  return goneMs;
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
