import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import { known } from '../../support/known.ts';
import { startAsteriskUnderTest, test } from './asterisk-under-test.ts';
import type { AsteriskUnderTest } from './asterisk-under-test.ts';
import { listenTo } from './pbx-story.ts';
import type { PbxStory } from './pbx-story.ts';
import { createSipPhone, openWebSocketWire } from './sip-phone.ts';
import type { SipPhone } from './sip-phone.ts';
import { webrtcSdp } from './test-sdp.ts';

const CUSTOMER = {
  queue: 'support',
  number: '+34600111222',
  name: 'Ana',
  voice: null,
  scenario: 'talks',
  extension: null,
} as const;

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;

const openPhone = async (password: string): Promise<SipPhone> => {
  const phone = createSipPhone(await openWebSocketWire(asterisk.webSocketUrl), '1001');
  expect(await phone.register(password)).toBe(200);
  return phone;
};

const connect = async (): Promise<void> => {
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.start();
  await story.until('connected');
};

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest();
});

afterAll(async () => {
  await pbx.stop();
  await asterisk.stop();
});

test('the backend restarts in a call: the new adapter knows it, its customer and the one who waits', async () => {
  await connect();
  const phone = await openPhone(known(await pbx.mintCredentials('1001', 60_000)).password);
  const member = { queue: 'support', extension: '1001', paused: false, pauseReason: '' };
  known(await pbx.setMember(member));
  const talking = known(await pbx.callDemoCustomer(CUSTOMER));
  const call = await phone.nextCall();
  await call.answer(webrtcSdp('active'));
  await story.until('queue_left');
  const waiting = known(await pbx.callDemoCustomer({ ...CUSTOMER, number: '+5511987654321' }));
  await story.until('queue_entered', (event) => event.callKey === waiting);
  await pbx.stop();

  await connect();
  expect(story.ofCall(talking)).toEqual(['leg_offered', 'leg_answered']);
  expect(await story.until('leg_offered')).toMatchObject({
    extension: '1001',
    queue: 'support',
    remoteNumber: '+34600111222',
    remoteName: 'Ana',
  });
  expect(story.ofCall(waiting)).toEqual(['queue_entered']);
  expect(known(await pbx.members())).toEqual([member]);

  await call.hangUp();
  await story.until('call_ended', (event) => event.callKey === talking);
  expect(await story.until('leg_ended')).toMatchObject({ answered: true, cause: 16 });
  phone.close();
});

test('the PBX is killed in a call: told at once, the call ends, the secret works again by itself', async () => {
  await connect();
  const { password } = known(await pbx.mintCredentials('1001', 60_000));
  const phone = await openPhone(password);
  const callKey = known(await pbx.callDemoCustomer({ ...CUSTOMER, extension: '1001' }));
  const call = await phone.nextCall();
  await call.answer(webrtcSdp('active'));
  await story.until('leg_answered');

  await asterisk.kill();
  await story.until('disconnected');
  expect(pbx.status()).toMatchObject({ state: 'disconnected' });
  expect(await pbx.members()).toMatchObject({ ok: false, why: { code: 'pbx_away' } });
  expect(await pbx.mintCredentials('1002', 1_000)).toMatchObject({ why: { code: 'pbx_away' } });

  await asterisk.start();
  await story.until('call_ended', (event) => event.callKey === callKey);
  expect(story.ofCall(callKey).slice(-2)).toEqual(['leg_ended', 'call_ended']);
  expect(known(await pbx.members())).toEqual([]);
  const again = await openPhone(password);
  again.close();
  phone.close();
});

test('a secret revoked while the PBX is away stays revoked when it is back', async () => {
  await connect();
  const { password } = known(await pbx.mintCredentials('1001', 60_000));
  await asterisk.kill();
  await story.until('disconnected');
  expect(await pbx.revokeCredentials('1001')).toMatchObject({ why: { code: 'pbx_away' } });
  const before = story.events().length;
  await asterisk.start();
  while (
    !story
      .events()
      .slice(before)
      .some(({ kind }) => kind === 'connected')
  )
    await wait(10);
  const phone = createSipPhone(await openWebSocketWire(asterisk.webSocketUrl), '1001');
  expect(await phone.register(password)).toBe(401);
  phone.close();
});

test('a secret that both the PBX and the backend forgot is asked for again', async () => {
  // Adapters of the tests before this one still hold a secret of 1001.
  const extension = '1002';
  const { password } = known(await pbx.mintCredentials(extension, 60_000));
  await pbx.stop();
  await connect();
  await asterisk.kill();
  await story.until('disconnected');
  const before = story.events().length;
  await asterisk.start();
  const isBack = (): boolean =>
    story
      .events()
      .slice(before)
      .some(({ kind }) => kind === 'connected');
  while (!isBack()) await wait(10);
  const register = async (secret: string): Promise<number> => {
    const phone = createSipPhone(await openWebSocketWire(asterisk.webSocketUrl), extension);
    const status = await phone.register(secret);
    phone.close();
    return status;
  };
  // A phone would take this for a passing fault, and try for ever.
  expect(await register(password)).toBe(500);
  await pbx.challengeForgotten([extension]);
  expect(await register(password)).toBe(401);
  const fresh = known(await pbx.mintCredentials(extension, 60_000));
  expect(await register(fresh.password)).toBe(200);
});

test('started before the PBX, the adapter says so once and connects as soon as it can', async () => {
  await pbx.stop();
  await asterisk.kill();
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.start();
  await wait(1_200);
  expect(story.events().map(({ kind }) => kind)).toEqual(['disconnected']);
  await asterisk.start();
  await story.until('connected');
  expect(pbx.status()).toMatchObject({ state: 'connected' });
});
