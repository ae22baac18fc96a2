import { setTimeout as pause } from 'node:timers/promises';
import type { DeskApp } from '../../../support/desk-app.ts';
import { until } from '../../../support/engine-page/far-end.ts';
import { killPage } from '../../../support/kill-page.ts';
import { beginCommand, commandPhone } from '../../../support/reliability/desk-orders.ts';
import {
  type Call,
  engineOf,
  killPhone,
  type Moment,
  nothing,
  ringing,
  talking,
  untilAnotherEngine,
} from './moment.ts';

/** In the demo: rings and is never answered; an echo. */
const neverAnswers = { kind: 'number', number: '+12025550180' } as const;
const echoes = { kind: 'number', number: '+12025550143' } as const;

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

/** The agent alone: answering, hold, mute, transfer, question, three talking; and the deaths of more than the phone. */
export const momentsOfTheCall: readonly Moment[] = [
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
