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
import type { SipPhone } from './sip-phone.ts';
import { plainSdp } from './test-sdp.ts';
import { levelDb, rmsDb } from './tone.ts';

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let agent: SipPhone;
let customer: SipPhone;
let agentMedia: RtpMedia;
let customerMedia: RtpMedia;
let story: PbxStory;

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest();
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.start();
  await story.until('connected');
  const phone = async (extension: string): Promise<SipPhone> => {
    const { password } = known(await pbx.mintCredentials(extension, 60_000));
    const made = createSipPhone(await openUdpWire(asterisk.sipPort), extension);
    expect(await made.register(password)).toBe(200);
    return made;
  };
  agent = await phone('1091');
  customer = await phone('1092');
  agentMedia = await openRtpMedia();
  customerMedia = await openRtpMedia();
});

afterAll(async () => {
  await pbx.stop();
  agent.close();
  customer.close();
  agentMedia.close();
  customerMedia.close();
  await asterisk.stop();
});

test('both hear each other; who is held hears music; afterwards both hear each other again', async () => {
  const dialing = agent.dial('1092', [], plainSdp(agentMedia.port, 'sendrecv', 1));
  const incoming = await customer.nextCall();
  await incoming.answer(plainSdp(customerMedia.port, 'sendrecv', 1));
  const { answer, call } = await dialing;
  agentMedia.talkTo(answer.body, 440);
  customerMedia.talkTo(incoming.invite.body, 700);
  await wait(700);
  expect(levelDb(agentMedia.heard(300), 8_000, 700)).toBeGreaterThan(-30);
  expect(levelDb(customerMedia.heard(300), 8_000, 440)).toBeGreaterThan(-30);

  await call.reinvite(plainSdp(agentMedia.port, 'sendonly', 2));
  await wait(2_500);
  const held = customerMedia.heard(2_000);
  expect(rmsDb(held)).toBeGreaterThan(-40);
  // the agent's steady tone is gone: over two seconds the music's own A is far weaker
  expect(levelDb(held, 8_000, 440)).toBeLessThan(-32);

  await call.reinvite(plainSdp(agentMedia.port, 'sendrecv', 3));
  await wait(700);
  expect(levelDb(customerMedia.heard(300), 8_000, 440)).toBeGreaterThan(-30);
  expect(levelDb(agentMedia.heard(300), 8_000, 700)).toBeGreaterThan(-30);
  await call.hangUp();
});

test('what was lost on the customer’s line and on the agent’s is told as they hang up', async () => {
  const outside = createSipPhone(await openUdpWire(asterisk.sipPort), 'outside');
  const dialing = outside.dial('1091', [], plainSdp(customerMedia.port, 'sendrecv', 1));
  const call = await agent.nextCall();
  await call.answer(plainSdp(agentMedia.port, 'sendrecv', 1));
  const dialed = await dialing;
  agentMedia.talkTo(call.invite.body, 440);
  customerMedia.talkTo(dialed.answer.body, 700);
  await wait(1_000);
  customerMedia.pause(true);
  await wait(400);
  customerMedia.pause(false);
  // What is lost is reckoned with each report, two seconds after the last.
  await wait(2_500);
  const since = Date.now();
  await dialed.call.hangUp();
  outside.close();
  const countOf = async (extension: string | null) =>
    (await story.until('leg_counted', (leg) => leg.extension === extension && leg.at >= since - 50))
      .count;
  const [customers, agents] = [await countOf(null), await countOf('1091')];
  expect(customers.received).toBeGreaterThan(60);
  // Twenty packets of 20 ms.
  expect(customers.lost).toBeGreaterThan(12);
  expect(customers.lost).toBeLessThan(40);
  expect(agents.lost).toBeLessThan(5);
  expect(agents.sent).toBeGreaterThan(60);
  expect(agents.jitterMs).toBeGreaterThan(0);
  // These phones report nothing of what they hear.
  expect(customers.sentLost).toBe(null);
}, 20_000);

test('a demo customer speaks after the answer, and presses digits', async () => {
  known(
    await pbx.callDemoCustomer({
      queue: 'support',
      number: '+15551230000',
      name: 'Dana',
      voice: 'en-oliver',
      scenario: 'presses_digits',
      extension: '1091',
    }),
  );
  const call = await agent.nextCall();
  await wait(1_000);
  await call.answer(plainSdp(agentMedia.port, 'sendrecv', 1));
  agentMedia.talkTo(call.invite.body, null);
  await wait(2_500);
  expect(rmsDb(agentMedia.heard(1_500))).toBeGreaterThan(-35);
  await wait(5_500);
  expect(agentMedia.digits()).toBe('1984#');
  await call.hangUp();
}, 30_000);

test('a queue plays music while the customer waits', async () => {
  const dialed = await agent.dial('*45', [], plainSdp(agentMedia.port, 'sendrecv', 1));
  agentMedia.talkTo(dialed.answer.body, null);
  await wait(1_500);
  expect(rmsDb(agentMedia.heard(1_000))).toBeGreaterThan(-40);
  await dialed.call.hangUp();
});
