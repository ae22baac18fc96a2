import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { DemoCustomerCall, Pbx } from '../../../src/backend/pbx/pbx.ts';
import { known } from '../../support/known.ts';
import { startAsteriskUnderTest, test } from './asterisk-under-test.ts';
import type { AsteriskUnderTest } from './asterisk-under-test.ts';
import { asides, listenTo } from './pbx-story.ts';
import type { PbxStory } from './pbx-story.ts';
import { header } from './sip-message.ts';
import { createSipPhone, openWebSocketWire, replacing } from './sip-phone.ts';
import type { PhoneCall, SipPhone } from './sip-phone.ts';
import { webrtcSdp } from './test-sdp.ts';

const CUSTOMER: DemoCustomerCall = {
  queue: 'support',
  number: '+34600111222',
  name: 'Nora',
  voice: null,
  scenario: 'talks',
  extension: null,
};

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
  asterisk = await startAsteriskUnderTest();
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
  for (const extension of ['1001', '1002']) {
    for (const queue of ['support', 'sales']) known(await pbx.removeMember(queue, extension));
  }
  do await asterisk.cli('channel request hangup all');
  while ((await asterisk.cli('core show channels concise')).trim() !== '');
  await pbx.stop();
  alice.close();
  bruno.close();
});

const serve = async (queue: string, extension: string): Promise<void> => {
  known(await pbx.setMember({ queue, extension, paused: false, pauseReason: '' }));
};

/** An answer is told a moment before the two sides are together, and nobody transfers as fast. */
const together = () => wait(150);

const inTime = <Value>(value: Promise<Value>, what: string): Promise<Value> =>
  Promise.race([
    value,
    wait(8_000).then(() => {
      throw new Error(`${what} never came`);
    }),
  ]);

/** REFER, which the PBX takes; resolves with what the NOTIFYs told of it. */
const transfer = async (call: PhoneCall, target: string) => {
  const { status, told: codes } = await call.refer(target);
  expect(status).toBe(202);
  const last = inTime(codes, `the end of the transfer to ${target}`);
  // whoever does not care for it must not fail by it
  last.catch(() => undefined);
  return { told: last };
};

const answered = async (phone: SipPhone): Promise<PhoneCall> => {
  const call = await inTime(phone.nextCall(), 'a call to answer');
  call.ring();
  await call.answer(webrtcSdp('active'));
  return call;
};

/** Alice talks with a customer who came by the queue. */
const talk = async (): Promise<{ readonly callKey: string; readonly call: PhoneCall }> => {
  await serve('support', '1001');
  const callKey = known(await pbx.callDemoCustomer(CUSTOMER));
  const call = await answered(alice);
  await story.until('leg_answered', (event) => event.callKey === callKey);
  await together();
  known(await pbx.removeMember('support', '1001'));
  return { callKey, call };
};

const namesOf = ({ invite }: PhoneCall) => ({
  call: header(invite, 'X-Ringside-Call'),
  queue: header(invite, 'X-Ringside-Queue'),
  consult: header(invite, 'X-Ringside-Consult'),
});

/** Offered at this phone as a part of this call; what is left of an earlier test is passed over. */
const offeredAt = async (phone: SipPhone, callKey: string): Promise<PhoneCall> => {
  for (;;) {
    const call = await inTime(phone.nextCall(), 'a leg of the call');
    if (header(call.invite, 'X-Ringside-Call') === callKey) return call;
  }
};

const told = (callKey: string): readonly string[] =>
  story
    .events()
    .filter((event) => 'callKey' in event && event.callKey === callKey)
    .filter(({ kind }) => !asides.has(kind))
    .map((event) => ('extension' in event ? `${event.kind} ${event.extension}` : event.kind));

const callEnded = (callKey: string) =>
  story.until('call_ended', (event) => event.callKey === callKey);

const legEnded = (extension: string) =>
  story.until('leg_ended', (event) => event.extension === extension);

const customersNumber = (call: PhoneCall): string => header(call.invite, 'P-Asserted-Identity');

describe('a customer who is transferred without asking', () => {
  test('rings at the colleague as the same call, and the first agent is out of it', async () => {
    const { callKey, call } = await talk();
    const referred = await transfer(call, '1002');
    const there = await offeredAt(bruno, callKey);
    expect(namesOf(there)).toEqual({ call: callKey, queue: 'support', consult: '' });
    expect(customersNumber(there)).toContain('sip:+34600111222@');
    there.ring();
    await wait(200);
    await there.answer(webrtcSdp('active'));
    expect(await referred.told).toEqual([100, 180, 200]);
    await call.hangUp();
    await story.until('leg_answered', (event) => event.extension === '1002');
    await there.hangUp();
    await callEnded(callKey);
    // the end of the one leg and the beginning of the other come from two threads
    expect(told(callKey).slice(0, 4)).toEqual([
      ...['queue_entered', 'leg_offered 1001', 'leg_answered 1001', 'queue_left'],
    ]);
    expect(told(callKey).slice(4).toSorted()).toEqual([
      ...[
        'call_ended',
        'leg_answered 1002',
        'leg_ended 1001',
        'leg_ended 1002',
        'leg_offered 1002',
      ],
    ]);
  });

  test('and finds the colleague busy comes back to the agent, then to the front of the queue', async () => {
    const { callKey, call } = await talk();
    const other = known(await pbx.callDemoCustomer({ ...CUSTOMER, number: '+34600111333' }));
    await story.until('queue_entered', (event) => event.callKey === other);
    const referred = await transfer(call, '1002');
    (await offeredAt(bruno, callKey)).reject('486 Busy Here');
    expect(await referred.told).toEqual([100, 486]);
    await call.hangUp();
    const back = await offeredAt(alice, callKey);
    expect(namesOf(back)).toEqual({ call: callKey, queue: 'support', consult: '' });
    expect(customersNumber(back)).toContain('sip:+34600111222@');
    back.reject('486 Busy Here');
    await story.until(
      'queue_entered',
      () => told(callKey).filter((line) => line === 'queue_entered').length === 2,
    );
    await serve('support', '1002');
    const next = await bruno.nextCall();
    expect(namesOf(next)).toEqual({ call: callKey, queue: 'support', consult: '' });
    await next.answer(webrtcSdp('active'));
    await next.hangUp();
    expect(header((await bruno.nextCall()).invite, 'X-Ringside-Call')).toBe(other);
  }, 20_000);

  test('to a colleague without a phone is with the first agent again at once', async () => {
    const { callKey, call } = await talk();
    const referred = await transfer(call, '1003');
    expect(await referred.told).toEqual([100, 503]);
    await call.hangUp();
    const back = await offeredAt(alice, callKey);
    await back.answer(webrtcSdp('active'));
    await story.until('leg_answered', () => told(callKey).at(-1) === 'leg_answered 1001');
    expect(told(callKey).slice(4)).toEqual([
      'leg_ended 1001',
      'leg_offered 1001',
      'leg_answered 1001',
    ]);
    await back.hangUp();
    await callEnded(callKey);
  });

  test('to another queue waits there, and the transfer is done at once', async () => {
    const { callKey, call } = await talk();
    const referred = await transfer(call, 'queue-sales');
    expect((await referred.told).at(-1)).toBe(200);
    await call.hangUp();
    await story.until('queue_entered', (event) => event.queue === 'sales');
    await serve('sales', '1002');
    const there = await offeredAt(bruno, callKey);
    expect(namesOf(there)).toEqual({ call: callKey, queue: 'sales', consult: '' });
    there.reject('486 Busy Here');
  });

  test('to what is no target stays with the agent, who is told 404', async () => {
    const { callKey, call } = await talk();
    const referred = await transfer(call, 'nonsense');
    expect(await referred.told).toEqual([100, 404]);
    await wait(300);
    expect(told(callKey)).not.toContain('leg_ended 1001');
    await call.hangUp();
  });

  test('to a queue that does not exist comes back', async () => {
    const { callKey, call } = await talk();
    const referred = await transfer(call, 'queue-nowhere');
    expect(await referred.told).toEqual([100, 503]);
    await call.hangUp();
    expect(namesOf(await offeredAt(alice, callKey))).toMatchObject({ queue: 'support' });
  });

  test('to a number is connected there, or comes back as who it is when the number is busy', async () => {
    const first = await talk();
    const connected = await transfer(first.call, '+12025550143');
    expect((await connected.told).at(-1)).toBe(200);
    await first.call.hangUp();
    await legEnded('1001');
    expect(told(first.callKey)).not.toContain('call_ended');
    const second = await talk();
    const busy = await transfer(second.call, '+12025550186');
    expect(await busy.told).toEqual([100, 486]);
    await second.call.hangUp();
    const back = await offeredAt(alice, second.callKey);
    expect(customersNumber(back)).toContain('sip:+34600111222@');
  }, 20_000);

  test('without a queue to go back to hears that it is over, and the call ends', async () => {
    const callKey = known(await pbx.callDemoCustomer({ ...CUSTOMER, extension: '1001' }));
    const call = await answered(alice);
    await story.until('leg_answered');
    await (
      await transfer(call, '1003')
    ).told;
    await call.hangUp();
    (await offeredAt(alice, callKey)).reject('486 Busy Here');
    await story.until(
      'leg_ended',
      () => told(callKey).filter((t) => t.startsWith('leg_ended')).length === 2,
    );
    await wait(1_000);
    expect(told(callKey)).not.toContain('call_ended');
    await callEnded(callKey);
  }, 20_000);

  test('whom the agent had called keeps the name that the agent’s phone gave to the call', async () => {
    const callKey = crypto.randomUUID();
    const names = [['X-Ringside-Call', callKey]] as const;
    const { call } = await alice.dial('+12025550143', names, webrtcSdp('actpass'));
    await together();
    const referred = await transfer(call, '1002');
    const there = await offeredAt(bruno, callKey);
    expect(customersNumber(there)).toContain('sip:+12025550143@');
    await there.answer(webrtcSdp('active'));
    expect((await referred.told).at(-1)).toBe(200);
    await call.hangUp();
    await there.hangUp();
    await callEnded(callKey);
    expect(told(callKey).toSorted()).toEqual([
      ...['call_ended', 'leg_answered 1001', 'leg_answered 1002', 'leg_ended 1001'],
      ...['leg_ended 1002', 'leg_offered 1002', 'outbound_dialed 1001'],
    ]);
  });

  test('and whose new agent’s phone dies goes back into the queue', async () => {
    const { callKey, call } = await talk();
    await transfer(call, '1002');
    const there = await offeredAt(bruno, callKey);
    await there.answer(webrtcSdp('active'));
    await call.hangUp();
    await story.until('leg_answered', (event) => event.extension === '1002');
    known(await pbx.hangUp({ callKey, extension: '1002', failedAt: Date.now() }));
    await serve('support', '1002');
    expect(namesOf(await offeredAt(bruno, callKey))).toMatchObject({ queue: 'support' });
  });
});

describe('a colleague who is asked about a customer', () => {
  const consult = async () => {
    const { callKey, call } = await talk();
    const names = [
      ['X-Ringside-Call', callKey],
      ['X-Ringside-Consult', '1'],
      ['X-Ringside-Queue', 'support'],
    ] as const;
    const dialing = alice.dial('1002', names, webrtcSdp('actpass'));
    const there = await offeredAt(bruno, callKey);
    await there.answer(webrtcSdp('active'));
    const asking = (await dialing).call;
    await story.until('leg_answered', (event) => event.extension === '1002');
    await together();
    return { callKey, call, there, asking };
  };
  const recording = (callKey: string, extension: string) =>
    pbx.startRecording({ callKey, extension, recordingId: crypto.randomUUID() });

  test('is rung as a part of the customer’s call, which has each agent once', async () => {
    const { callKey, call, there, asking } = await consult();
    expect(namesOf(there)).toEqual({ call: callKey, queue: 'support', consult: '1' });
    expect(await story.until('leg_offered', (event) => event.extension === '1002')).toMatchObject({
      consult: true,
    });
    await asking.hangUp();
    await legEnded('1002');
    await together();
    await call.hangUp();
    await callEnded(callKey);
    expect(told(callKey)).toEqual([
      ...['queue_entered', 'leg_offered 1001', 'leg_answered 1001', 'queue_left'],
      ...['leg_offered 1002', 'leg_answered 1002', 'leg_ended 1002', 'leg_ended 1001'],
      'call_ended',
    ]);
  });

  test('cannot be recorded before the customer is there, and has the call after the transfer', async () => {
    const { callKey, call, there, asking } = await consult();
    expect(await recording(callKey, '1002')).toMatchObject({ why: { code: 'no_such_call' } });
    const referred = await transfer(call, replacing(asking, '1002'));
    expect((await referred.told).at(-1)).toBe(200);
    await Promise.all([call.hangUp(), asking.ended]);
    await story.until('customer_joined', (event) => event.extension === '1002');
    known(await recording(callKey, '1002'));
    expect(there.told()).toContain('sip:+34600111222@');
    await there.hangUp();
    await callEnded(callKey);
    // the agent may lose the customer a moment before the colleague
    const toldThen = told(callKey).slice(4);
    expect(toldThen.filter((line) => line !== 'customer_left 1001').toSorted()).toEqual([
      'call_ended',
      'customer_joined 1002',
      ...['leg_answered 1002', 'leg_ended 1001', 'leg_ended 1002', 'leg_offered 1002'],
    ]);
  });

  test('leaves when the customer does, as far as recording goes', async () => {
    const { callKey, call, asking } = await consult();
    await call.hangUp();
    await story.until('customer_left', (event) => event.extension === '1001');
    expect(await recording(callKey, '1001')).toMatchObject({ why: { code: 'no_such_call' } });
    await asking.hangUp();
    await callEnded(callKey);
  });

  test('is known to a backend that starts in the middle of it', async () => {
    const { call, asking } = await consult();
    const later = asterisk.adapter();
    const laterStory = listenTo(later);
    later.start();
    await laterStory.until('leg_answered', (event) => event.extension === '1002');
    const offers = laterStory.events().filter((event) => event.kind === 'leg_offered');
    expect(
      offers.map(({ extension, consult: asked }) => [extension, asked ?? false]).toSorted(),
    ).toEqual([
      ['1001', false],
      ['1002', true],
    ]);
    await transfer(call, replacing(asking, '1002'));
    await laterStory.until('customer_joined', (event) => event.extension === '1002');
    await later.stop();
    await story.until('customer_joined', (event) => event.extension === '1002');
  });
});

describe('an attended transfer between two calls of their own', () => {
  const calledByCustomer = talk;
  const callingTheCustomer = async () => {
    const callKey = crypto.randomUUID();
    const names = [['X-Ringside-Call', callKey]] as const;
    const { call } = await alice.dial('+12025550143', names, webrtcSdp('actpass'));
    await story.until('leg_answered', (event) => event.callKey === callKey);
    return { callKey, call };
  };
  const callTheColleague = async () => {
    const callKey = crypto.randomUUID();
    const names = [['X-Ringside-Call', callKey]] as const;
    const dialing = alice.dial('1002', names, webrtcSdp('actpass'));
    const there = await offeredAt(bruno, callKey);
    await there.answer(webrtcSdp('active'));
    return { colleaguesKey: callKey, here: (await dialing).call, there };
  };
  const calledByTheColleague = async () => {
    const callKey = crypto.randomUUID();
    const names = [['X-Ringside-Call', callKey]] as const;
    const dialing = bruno.dial('1001', names, webrtcSdp('actpass'));
    const here = await offeredAt(alice, callKey);
    await here.answer(webrtcSdp('active'));
    return { colleaguesKey: callKey, here, there: (await dialing).call };
  };

  test.each([
    ['the customer called and so did the agent', calledByCustomer, callTheColleague],
    ['the customer called and the colleague did', calledByCustomer, calledByTheColleague],
    ['the agent called both', callingTheCustomer, callTheColleague],
    [
      'the agent called the customer, the colleague the agent',
      callingTheCustomer,
      calledByTheColleague,
    ],
  ])('gives the colleague the customer: %s', async (_who, toCustomer, toColleague) => {
    const { callKey, call } = await toCustomer();
    const { colleaguesKey, here, there } = await toColleague();
    await story.until(
      'leg_answered',
      (event) => event.callKey === colleaguesKey && event.extension === '1001',
    );
    await together();
    const referred = await transfer(call, replacing(here, '1002'));
    expect((await referred.told).at(-1)).toBe(200);
    await call.hangUp();
    expect(
      await story.until('customer_received', (event) => event.extension === '1002'),
    ).toMatchObject({ callKey: colleaguesKey, customerCallKey: callKey });
    await story.until(
      'leg_ended',
      (event) => event.callKey === colleaguesKey && event.extension === '1001',
    );
    await there.hangUp();
    await callEnded(callKey);
  });
});

test('a phone whose machine lost power is unreachable in 15 s, and the queue offers it nothing', async () => {
  await serve('support', '1002');
  const reachable = async (): Promise<readonly string[]> => known(await pbx.presence()).reachable;
  expect((await reachable()).toSorted()).toEqual(['1001', '1002']);
  const silentAt = performance.now();
  bruno.fallSilent();
  while ((await reachable()).includes('1002')) {
    if (performance.now() - silentAt > 20_000) throw new Error('it still counts as reachable');
    await wait(100);
  }
  const seconds = (performance.now() - silentAt) / 1_000;
  console.log(`unreachable after ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(15);
  const callKey = known(await pbx.callDemoCustomer(CUSTOMER));
  await story.until('queue_entered', (event) => event.callKey === callKey);
  await wait(1_500);
  expect(told(callKey)).toEqual(['queue_entered']);
  expect(known(await pbx.presence()).waiting).toEqual({ support: 1 });
}, 30_000);
