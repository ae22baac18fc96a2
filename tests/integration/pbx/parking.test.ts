import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import { known } from '../../support/known.ts';
import { startAsteriskUnderTest, test } from './asterisk-under-test.ts';
import type { AsteriskUnderTest } from './asterisk-under-test.ts';
import { asides, listenTo } from './pbx-story.ts';
import type { PbxStory } from './pbx-story.ts';
import { header } from './sip-message.ts';
import { createSipPhone, openWebSocketWire } from './sip-phone.ts';
import type { PhoneCall, SipPhone } from './sip-phone.ts';
import { webrtcSdp } from './test-sdp.ts';

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;
let alice: SipPhone;
let bruno: SipPhone;

const signIn = async (extension: string): Promise<SipPhone> => {
  const { password } = known(await pbx.mintCredentials(extension, 60_000));
  const phone = createSipPhone(await openWebSocketWire(asterisk.webSocketUrl), extension);
  expect(await phone.register(password)).toBe(200);
  return phone;
};

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest({ 'res_parking.conf': 'parkingtime = 3\n' });
});
afterAll(() => asterisk.stop());
beforeEach(async () => {
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.start();
  await story.until('connected');
  alice = await signIn('1001');
  bruno = await signIn('1002');
});
afterEach(async () => {
  for (const extension of ['1001', '1002']) known(await pbx.removeMember('support', extension));
  do await asterisk.cli('channel request hangup all');
  while ((await asterisk.cli('core show channels concise')).trim() !== '');
  await pbx.stop();
  alice.close();
  bruno.close();
});

const told = (callKey: string): readonly string[] =>
  story
    .events()
    .filter((event) => 'callKey' in event && event.callKey === callKey)
    .filter(({ kind }) => !asides.has(kind))
    .map((event) => ('extension' in event ? `${event.kind} ${event.extension}` : event.kind));

/** Alice talks with a customer and parks them. */
const park = async (extension: string | null = null) => {
  if (extension === null) {
    const member = { queue: 'support', extension: '1001', paused: false, pauseReason: '' };
    known(await pbx.setMember(member));
  }
  const callKey = known(
    await pbx.callDemoCustomer({
      queue: 'support',
      number: '+34600111222',
      name: 'Nora',
      voice: null,
      scenario: 'talks',
      extension,
    }),
  );
  const call = await alice.nextCall();
  call.ring();
  await call.answer(webrtcSdp('active'));
  await story.until('leg_answered', (event) => event.callKey === callKey);
  await wait(150);
  if (extension === null) known(await pbx.removeMember('support', '1001'));
  const { status, told: codes } = await call.refer('park');
  expect(status).toBe(202);
  expect((await codes).at(-1)).toBe(200);
  await call.hangUp();
  // Who parked may be told a moment after the place.
  const parked = await story.until(
    'parked',
    (event) => event.callKey === callKey && event.extension !== null,
  );
  return { callKey, parked };
};
const pickUp = (phone: SipPhone, slot: string, callKey: string) =>
  phone.dial(`park-${slot}`, [['X-Ringside-Call', callKey]], webrtcSdp('actpass'));
const namesOf = ({ invite }: PhoneCall) => [
  header(invite, 'X-Ringside-Call'),
  header(invite, 'X-Ringside-Queue'),
];

describe('a customer who is parked', () => {
  test('is told of with who parked, and picked up by a colleague in the same call', async () => {
    const { callKey, parked } = await park();
    expect(parked).toMatchObject({ slot: '701', extension: '1001' });
    const { status, call } = await pickUp(bruno, parked.slot, callKey);
    expect(status).toBe(200);
    await story.until('unparked');
    await story.until('leg_answered', (event) => event.extension === '1002');
    const offered = await story.until('leg_offered', (event) => event.extension === '1002');
    expect(offered).toMatchObject({ callKey, pickUp: true, remoteNumber: '+34600111222' });
    expect(
      known(
        await pbx.startRecording({ callKey, extension: '1002', recordingId: crypto.randomUUID() }),
      ),
    ).toBeNull();
    await call.hangUp();
    await story.until('call_ended');
    expect(
      told(callKey)
        .filter((line) => line !== 'parked null')
        .toSorted(),
    ).toEqual([
      ...['call_ended', 'leg_answered 1001', 'leg_answered 1002', 'leg_ended 1001'],
      ...['leg_ended 1002', 'leg_offered 1001', 'leg_offered 1002', 'parked 1001'],
      ...['queue_entered', 'queue_left', 'unparked'],
    ]);
  });

  test('belongs to the call that the PBX parked, whatever a phone says', async () => {
    const { callKey, parked } = await park();
    const { call } = await pickUp(bruno, parked.slot, 'somebody-elses-call');
    const offered = await story.until('leg_offered', (event) => event.extension === '1002');
    expect(offered.callKey).toBe(callKey);
    await call.hangUp();
  });

  test('can be had by one only: who comes second is told so', async () => {
    const { callKey, parked } = await park();
    const first = await pickUp(bruno, parked.slot, callKey);
    const second = await pickUp(alice, parked.slot, callKey);
    expect(first.status).toBe(200);
    expect(second.status).toBeGreaterThan(399);
    expect(told(callKey)).not.toContain('call_ended');
    await first.call.hangUp();
  });

  test('and not picked up comes back to whoever parked, then to the front of the queue', async () => {
    const { callKey } = await park();
    const back = await alice.nextCall();
    expect(namesOf(back)).toEqual([callKey, 'support']);
    await story.until('unparked');
    back.reject('486 Busy Here');
    await story.until(
      'queue_entered',
      () => told(callKey).filter((line) => line === 'queue_entered').length === 2,
    );
  }, 20_000);

  test('and came from no queue ends as a transfer does, not before', async () => {
    const { callKey } = await park('1001');
    const back = await alice.nextCall();
    back.reject('486 Busy Here');
    await story.until(
      'leg_ended',
      () => told(callKey).filter((line) => line === 'leg_ended 1001').length === 2,
    );
    expect(told(callKey)).not.toContain('call_ended');
    await story.until('call_ended');
  }, 20_000);

  test('is known to a backend that starts meanwhile, and gone when the customer is', async () => {
    const { callKey } = await park();
    const later = asterisk.adapter();
    const laterStory = listenTo(later);
    later.start();
    expect(await laterStory.until('parked')).toMatchObject({
      callKey,
      slot: '701',
      extension: '1001',
    });
    const channels = await asterisk.cli('core show channels concise');
    const customer = channels
      .split('\n')
      .find((line) => line.includes('!Park!'))
      ?.split('!')[0];
    await asterisk.cli(`channel request hangup ${customer ?? ''}`);
    await laterStory.until('unparked');
    await laterStory.until('call_ended');
    await later.stop();
  });

  test('is parked no longer when the PBX died', async () => {
    await park();
    await asterisk.kill();
    await asterisk.start();
    await story.until('unparked');
    await story.until('call_ended');
  }, 30_000);
});
