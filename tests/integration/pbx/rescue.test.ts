import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import { known } from '../../support/known.ts';
import { startAsteriskUnderTest, test } from './asterisk-under-test.ts';
import type { AsteriskUnderTest } from './asterisk-under-test.ts';
import { listenTo } from './pbx-story.ts';
import type { PbxStory } from './pbx-story.ts';
import { openRtpMedia } from './rtp-media.ts';
import type { RtpMedia } from './rtp-media.ts';
import { createSipPhone, openUdpWire } from './sip-phone.ts';
import type { PhoneCall, SipPhone } from './sip-phone.ts';
import { plainSdp } from './test-sdp.ts';
import { levelDb, rmsDb } from './tone.ts';

const AGENT_HZ = 440;
const CUSTOMER_HZ = 700;
const audibleDb = -30;

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;
let agent: SipPhone;
let customer: SipPhone;
let agentMedia: RtpMedia;
let customerMedia: RtpMedia;

beforeAll(async () => {
  // Without a backend it is the sound's timeout that ends the leg of an agent who vanished.
  asterisk = await startAsteriskUnderTest({ 'pjsip.conf': '\n[1091](+)\nrtp_timeout = 8\n' });
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.start();
  await story.until('connected');
  const { password } = known(await pbx.mintCredentials('1091', 60_000));
  agent = createSipPhone(await openUdpWire(asterisk.sipPort), '1091');
  expect(await agent.register(password)).toBe(200);
  customer = createSipPhone(await openUdpWire(asterisk.sipPort), 'outside');
  agentMedia = await openRtpMedia();
  customerMedia = await openRtpMedia();
  const member = { queue: 'support', extension: '1091', paused: false, pauseReason: '' };
  known(await pbx.setMember(member));
});

afterAll(async () => {
  await pbx.stop();
  agent.close();
  customer.close();
  agentMedia.close();
  customerMedia.close();
  await asterisk.stop();
});

const customerHears = (hz: number): number => levelDb(customerMedia.heard(400), 8_000, hz);

const answered = async (): Promise<{ readonly call: PhoneCall; readonly callKey: string }> => {
  const call = await agent.nextCall();
  await call.answer(plainSdp(agentMedia.port, 'sendrecv', 1));
  agentMedia.talkTo(call.invite.body, AGENT_HZ);
  agentMedia.pause(false);
  const { callKey } = await story.until('leg_answered');
  return { call, callKey };
};

test('an agent is not heard: music, talk again at once, and in the end the front of the queue', async () => {
  const dialing = customer.dial('queue-support', [], plainSdp(customerMedia.port, 'sendrecv', 1));
  const { callKey } = await answered();
  const dialed = await dialing;
  customerMedia.talkTo(dialed.answer.body, CUSTOMER_HZ);
  // The first report is the one that later ones are compared with.
  await wait(2_200);
  expect(customerHears(AGENT_HZ)).toBeGreaterThan(audibleDb);

  agentMedia.pause(true);
  const pausedAt = Date.now();
  const silent = await story.until('agent_silent');
  expect(silent).toMatchObject({ callKey, extension: '1091', held: false });
  expect(Date.now() - pausedAt).toBeLessThan(6_000);
  known(await pbx.comfort(callKey, '1091', true));
  await expect.poll(() => rmsDb(customerMedia.heard(400)), { timeout: 5_000 }).toBeGreaterThan(-45);
  await expect.poll(() => customerHears(AGENT_HZ)).toBeLessThan(-35);

  agentMedia.pause(false);
  await story.until('agent_heard');
  known(await pbx.comfort(callKey, '1091', false));
  await expect.poll(() => customerHears(AGENT_HZ), { timeout: 5_000 }).toBeGreaterThan(audibleDb);
  await expect.poll(() => asterisk.cli('bridge show all')).toContain('simple_bridge');

  agentMedia.pause(true);
  known(await pbx.comfort(callKey, '1091', true));
  const leg = { callKey, extension: '1091', failedAt: Date.now() };
  expect(known(await pbx.hangUp(leg))).toEqual({ hadCustomer: true });
  await story.until('leg_ended');
  // No call of this customer's ends with it: the same call waits again, and rings again.
  const again = await agent.nextCall();
  expect(story.ofCall(callKey)).not.toContain('call_ended');
  await again.answer(plainSdp(agentMedia.port, 'sendrecv', 2));
  agentMedia.talkTo(again.invite.body, AGENT_HZ);
  agentMedia.pause(false);
  await expect.poll(() => customerHears(AGENT_HZ), { timeout: 5_000 }).toBeGreaterThan(audibleDb);

  // The agent vanishes once more, and nobody but the PBX is there.
  await wait(500);
  agentMedia.pause(true);
  await expect
    .poll(() => story.ofCall(callKey).filter((kind) => kind === 'queue_entered').length, {
      timeout: 14_000,
    })
    .toBe(3);
  await dialed.call.hangUp();
  await story.until('call_ended');
  expect(await asterisk.cli('core show channels concise')).not.toContain('ringside-comfort');
}, 50_000);
