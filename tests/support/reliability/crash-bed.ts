import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { makeTone, encodeWav } from '../../../scripts/display/wav.ts';
import { answer, beRung, type OfferedCall } from '../agent-at-work.ts';
import { type DeskApp, launchDeskApp, signOutAtBackend } from '../desk-app.ts';
import { agentToneHz, type FarEnd, listenForFarEnds, until } from '../engine-page/far-end.ts';
import { signedIn } from '../far-end.ts';
import { finishWrapUps } from '../finish-wrap-ups.ts';
import { startStack, type Stack } from '../stack.ts';
import { text } from '../texts.ts';
import { switchProcessingOff } from './desk-orders.ts';

/** The whole product, an agent whose microphone says a tone without a pause, and customers who hear it. */
export type CrashBed = {
  readonly stack: Stack;
  /** A customer calls `queue-NAME` or an extension, and says nothing. */
  readonly customerCalls: (target: string) => Promise<FarEnd>;
  /** A customer calls, and it rings at the agent. */
  readonly ringing: (
    desk: DeskApp,
    target: string,
  ) => Promise<OfferedCall & { readonly customer: FarEnd }>;
  /** The agent answers as well, and the customer hears the agent. */
  readonly inCall: (
    desk: DeskApp,
    target: string,
  ) => Promise<OfferedCall & { readonly customer: FarEnd }>;
  /** The agent's desk, signed in and not ready; with the profile of an earlier one it goes on where that one was. */
  readonly openDesk: (profile?: string) => Promise<DeskApp>;
  /** Whatever went wrong: the desk is closed, nobody is on the phone and nothing is owed. */
  readonly clear: (desk: DeskApp) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const username = 'alice';
const customerNumber = '+12025550123';
const toneSeconds = 1_200;
const toneRateHz = 8_000;

/** The PBX learns of customers whose audio is a TCP stream to this process; until it is restarted. */
const letCustomersCall = async ({ pbx }: Stack, audioPort: number): Promise<void> => {
  const extension = (line: string, context: string) =>
    pbx.cli(`dialplan add extension ${line} into ${context}`);
  await pbx.cli('module load res_audiosocket.so');
  await pbx.cli('module load app_audiosocket.so');
  // `channel originate`
  await pbx.cli('module load res_clioriginate.so');
  await extension('_[0-9a-f].,1,Answer()', 'heard-customers');
  await extension(
    `_[0-9a-f].,2,AudioSocket(\${EXTEN},127.0.0.1:${String(audioPort)})`,
    'heard-customers',
  );
  await extension('_[0-9a-f].,3,Hangup(16)', 'heard-customers');
  for (const pattern of ['_queue-.', '_10XX']) {
    await extension(`${pattern},1,Set(CALLERID(num)=${customerNumber})`, 'heard-entry');
    await extension(`${pattern},2,Goto(ringside-entry,\${EXTEN},1)`, 'heard-entry');
  }
};

const speakTone = async (stack: Stack): Promise<() => void> => {
  const path = join(stack.scratch, 'tone.wav');
  await writeFile(path, encodeWav(makeTone(agentToneHz, toneSeconds, toneRateHz, 0.3), toneRateHz));
  let stopped = false;
  let stop: () => void = () => undefined;
  const next = (): void => {
    if (stopped) return;
    const playing = stack.screen.sound.playIntoMicrophone(path);
    stop = playing.stop;
    playing.finished.then(next, next);
  };
  next();
  return () => {
    stopped = true;
    stop();
  };
};

export const startCrashBed = async (): Promise<CrashBed> => {
  const stack = await startStack();
  const farEnds = await listenForFarEnds();
  const beSilent = await speakTone(stack);
  await letCustomersCall(stack, farEnds.port);

  const customerCalls: CrashBed['customerCalls'] = async (target) => {
    const customer = farEnds.expect(randomUUID());
    await stack.pbx.cli(
      `channel originate Local/${customer.id}@heard-customers/n extension ${target}@heard-entry`,
    );
    return customer;
  };

  const ringing: CrashBed['ringing'] = async (desk, target) => {
    const since = Date.now();
    const customer = await customerCalls(target);
    return { ...(await beRung(desk, since)), customer };
  };

  return {
    stack,
    customerCalls,
    ringing,
    inCall: async (desk, target) => {
      const call = await ringing(desk, target);
      await answer(desk, call);
      await until('the customer hears the agent', () => call.customer.firstHeardAt() !== null);
      return call;
    },
    openDesk: async (profile) => {
      const desk = await launchDeskApp(stack, {
        username,
        ...(profile === undefined ? {} : { profile, signIn: false }),
      });
      if (profile === undefined) await switchProcessingOff(desk);
      // What an earlier program left may be owed: any state will do.
      else await desk.desk.signIn(desk.user.username, desk.user.password);
      try {
        await desk.desk.statusLine.getByText(text('status.signalling.registered')).waitFor();
      } catch (error) {
        await desk.close();
        throw error;
      }
      return desk;
    },
    clear: async (desk) => {
      await desk.close();
      await stack.pbx.cli('channel request hangup all');
      if ((await signedIn(stack)).includes(username)) {
        await signOutAtBackend(stack, stack.user(username));
      }
      await finishWrapUps(stack);
    },
    stop: async () => {
      beSilent();
      await stack.stop();
      farEnds.close();
    },
  };
};
