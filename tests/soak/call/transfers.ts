import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../../../scripts/platform/figures.ts';
import { figureOf, progress } from '../../../scripts/platform/figures.ts';
import { until } from '../../support/engine-page/far-end.ts';
import type { JointCalls } from '../../support/engine-page/joint-calls.ts';
import { done, openJointCalls } from '../../support/engine-page/joint-calls.ts';
import { type PhoneBed, startPhoneBed } from '../../support/engine-page/phone-bed.ts';

/** Who called whom: both calls came in or went out. */
const combinations = [
  ['customer called, colleague was asked', 'customerCalls', 'asks'],
  ['customer called, colleague called too', 'customerCalls', 'isAsked'],
  ['customer was called, colleague was asked', 'customerIsCalled', 'asks'],
  ['customer was called, colleague called', 'customerIsCalled', 'isAsked'],
] as const;

const betweenMs = 1_200;

const allEnded = (phone: JointCalls['agent']) =>
  phone.latest().calls.every(({ state }) => state === 'ended');

/** Succeeds when customer and colleague hear each other and the agent is out. */
const oneTransfer = async (
  scene: JointCalls,
  connect: 'customerCalls' | 'customerIsCalled',
  ask: 'asks' | 'isAsked',
): Promise<void> => {
  const customer = await scene[connect]();
  try {
    const withCallId = await scene[ask](customer);
    const { callId } = customer;
    done(await scene.agent.command({ kind: 'complete_transfer', callId, withCallId }));
    await until('the agent is out', () => allEnded(scene.agent));
    await scene.bothHear(customer);
  } finally {
    customer.hangUp();
  }
  await until('the colleague is free', () => allEnded(scene.other));
  // Two calls in a second is the most that the phone lets through: faster ones are busy.
  await pause(betweenMs);
};

/** One transfer that failed must not keep the phones busy for the next. */
const clearAway = async (scene: JointCalls, bed: PhoneBed): Promise<void> => {
  for (const phone of [scene.agent, scene.other]) {
    for (const { callId, state } of phone.latest().calls) {
      if (state !== 'ended') await phone.command({ kind: 'end', callId });
    }
  }
  await bed.pbx.cli('channel request hangup all');
  await pause(2_000);
};

/** Attended transfers against the real PBX, each proven by who hears whom. */
export const measureTransfers = async (perCombination: number): Promise<readonly Figure[]> => {
  const bed = await startPhoneBed();
  try {
    const scene = await openJointCalls(bed);
    const figures: Figure[] = [];
    for (const [name, connect, ask] of combinations) {
      progress(`${perCombination} transfers: ${name}`);
      let lost = 0;
      for (let count = 0; count < perCombination; count += 1) {
        try {
          await oneTransfer(scene, connect, ask);
        } catch (error) {
          lost += 1;
          progress(`transfer ${count}: ${String(error)}`);
          await clearAway(scene, bed);
        }
      }
      figures.push(figureOf(`transfers lost: ${name}`, lost, '', perCombination, { exactly: 0 }));
    }
    return figures;
  } finally {
    await bed.stop();
  }
};
