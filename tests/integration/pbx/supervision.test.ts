import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import type { JoinOrder } from '../../../src/backend/pbx/supervision.ts';
import type { SupervisionMode } from '../../../src/shared/domain/supervision/join.ts';
import { known } from '../../support/known.ts';
import { startAsteriskUnderTest, test } from './asterisk-under-test.ts';
import type { AsteriskUnderTest } from './asterisk-under-test.ts';
import { listenTo } from './pbx-story.ts';
import type { PbxStory } from './pbx-story.ts';
import { openRtpMedia } from './rtp-media.ts';
import type { PlainCodec, RtpMedia } from './rtp-media.ts';
import { header } from './sip-message.ts';
import { createSipPhone, openUdpWire, openWebSocketWire, replacing } from './sip-phone.ts';
import type { PhoneCall, SipPhone } from './sip-phone.ts';
import { plainSdp, webrtcSdp, wideSdp } from './test-sdp.ts';
import { levelDb } from './tone.ts';

/** Whole waves in 300 ms, and what µ-law adds to some of them is at none of the others. */
const AGENT_HZ = 440;
const CUSTOMER_HZ = 700;
const SUPERVISOR_HZ = 1_200;
const OTHER_HZ = 2_000;

const HEARD = -25;
/** 60 dB below what is heard, which is at -12 dB. */
const UNHEARD = -72;

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest();
});
afterAll(() => asterisk.stop());

beforeEach(async () => {
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.start();
  await story.until('connected');
});
afterEach(async () => {
  for (const member of known(await pbx.members()))
    known(await pbx.removeMember(member.queue, member.extension));
  do await asterisk.cli('channel request hangup all');
  while ((await asterisk.cli('core show channels concise')).trim() !== '');
  await pbx.stop();
  for (const close of closing.splice(0)) close();
});

type Phone = SipPhone & { readonly media: RtpMedia };

const enter = async (extension: string, codec: PlainCodec = 'ulaw'): Promise<Phone> => {
  const phone = createSipPhone(await openUdpWire(asterisk.sipPort), extension);
  const media = await openRtpMedia(codec);
  closing.push(phone.close, media.close);
  if (extension !== 'outside') {
    const { password } = known(await pbx.mintCredentials(extension, 600_000));
    expect(await phone.register(password)).toBe(200);
  }
  return { ...phone, media };
};

const serve = async (extension: string): Promise<void> => {
  known(await pbx.setMember({ queue: 'support', extension, paused: false, pauseReason: '' }));
};

const answered = async ({ nextCall, media }: Phone, toneHz: number): Promise<PhoneCall> => {
  const call = await nextCall();
  const offer = call.invite.body;
  await call.answer(
    offer.includes(' L16')
      ? wideSdp(media.port, 'sendrecv', 1, offer)
      : plainSdp(media.port, 'sendrecv', 1),
  );
  media.talkTo(offer, toneHz);
  return call;
};

type Talk = {
  readonly callKey: string;
  readonly customer: Phone;
  readonly customersCall: PhoneCall;
  readonly agentsCall: PhoneCall;
};

/** A customer talks with the agent, having come by the queue or straight to the extension. */
const talk = async (agent: Phone, extension: string, by = extension): Promise<Talk> => {
  const customer = await enter('outside');
  if (by !== extension) await serve(extension);
  const sdp = plainSdp(customer.media.port, 'sendrecv', 1);
  const [dialed, agentsCall] = await Promise.all([
    customer.dial(by, [], sdp),
    answered(agent, AGENT_HZ),
  ]);
  customer.media.talkTo(dialed.answer.body, CUSTOMER_HZ);
  const { callKey } = await story.until('leg_answered', (event) => event.extension === extension);
  if (by !== extension) known(await pbx.removeMember('support', extension));
  return { callKey, customer, customersCall: dialed.call, agentsCall };
};

const order = (
  callKey: string,
  agentExtension: string,
  mode: SupervisionMode = 'listen',
): JoinOrder => ({
  joinId: crypto.randomUUID(),
  supervisorExtension: '1092',
  agentExtension,
  callKey,
  mode,
});

const join = async (
  supervisor: Phone,
  asked: JoinOrder,
  toneHz = SUPERVISOR_HZ,
): Promise<PhoneCall> => {
  const [call] = await Promise.all([
    answered(supervisor, toneHz),
    pbx.supervise(asked).then(known),
  ]);
  return call;
};

const level = ({ media }: Phone, toneHz: number): number =>
  levelDb(media.heard(300), media.rateHz, toneHz);

/** Of these tones, which this ear has heard for the last 300 ms. */
const heardBy = (phone: Phone, tonesHz: readonly number[]): readonly number[] =>
  tonesHz.filter((toneHz) => level(phone, toneHz) > HEARD);

/** Until this ear hears these tones and nothing at all of the others: what an ear had heard before goes by. */
const hears = (phone: Phone, tonesHz: readonly number[], othersHz: readonly number[]) =>
  expect
    .poll(
      () => [heardBy(phone, tonesHz), othersHz.filter((toneHz) => level(phone, toneHz) > UNHEARD)],
      { timeout: 15_000, interval: 60 },
    )
    .toEqual([tonesHz, []]);

const ended = (id: string) => story.until('supervision_ended', ({ joinId }) => joinId === id);

describe('a supervisor on a call', () => {
  let agent: Phone;
  let supervisor: Phone;
  beforeEach(async () => {
    agent = await enter('1095', 'l16');
    supervisor = await enter('1092');
  });

  test('hears both and is heard by nobody, by the agent, or by both; the recording has none of it', async () => {
    const { callKey, customer } = await talk(agent, '1095');
    const recordingId = crypto.randomUUID();
    known(await pbx.startRecording({ callKey, extension: '1095', recordingId }));
    const asked = order(callKey, '1095');
    await join(supervisor, asked);
    for (const mode of ['listen', 'whisper', 'barge', 'listen', 'barge', 'whisper'] as const) {
      known(await pbx.superviseMode(asked.joinId, mode));
      await hears(supervisor, [AGENT_HZ, CUSTOMER_HZ], []);
      const [toAgent, toCustomer] = [mode !== 'listen', mode === 'barge'];
      await hears(
        agent,
        [CUSTOMER_HZ, ...(toAgent ? [SUPERVISOR_HZ] : [])],
        // half the pitch: what a PBX plays of a whisper whose rate it took for another
        [SUPERVISOR_HZ / 2, ...(toAgent ? [] : [SUPERVISOR_HZ])],
      );
      await hears(
        customer,
        [AGENT_HZ, ...(toCustomer ? [SUPERVISOR_HZ] : [])],
        toCustomer ? [] : [SUPERVISOR_HZ],
      );
    }
    known(await pbx.endSupervision(asked.joinId));
    expect(await ended(asked.joinId)).toMatchObject({ why: 'left' });
    await hears(agent, [CUSTOMER_HZ], [SUPERVISOR_HZ]);
    await hears(customer, [AGENT_HZ], [SUPERVISOR_HZ]);
    known(await pbx.stopRecording(callKey, recordingId));
    const wav = await readFile(known(await pbx.recordingFile(recordingId)));
    for (const [offset, saidHz] of [
      [0, AGENT_HZ],
      [2, CUSTOMER_HZ],
    ] as const) {
      const frames = Math.floor((wav.length - 44) / 4);
      const samples = Int16Array.from({ length: frames }, (_, i) =>
        wav.readInt16LE(44 + i * 4 + offset),
      );
      // A busy machine sends with gaps, and what follows one is out of step with what was before.
      const spans = Array.from({ length: Math.floor(frames / 4_800) }, (_, i) =>
        levelDb(samples.subarray(i * 4_800, (i + 1) * 4_800), 16_000, saidHz),
      );
      expect(Math.max(...spans)).toBeGreaterThan(HEARD);
      expect(levelDb(samples, 16_000, SUPERVISOR_HZ)).toBeLessThan(-60);
    }
    expect(story.ofCall(callKey)).toEqual([
      ...['leg_offered', 'leg_answered', 'supervision_started'],
    ]);
  }, 40_000);

  test('changes nothing of a hold, and goes on after it', async () => {
    const { callKey, customer, agentsCall } = await talk(agent, '1095');
    const asked = order(callKey, '1095', 'whisper');
    await join(supervisor, asked);
    const { invite } = agentsCall;
    const { port } = agent.media;
    await agentsCall.reinvite(wideSdp(port, 'sendonly', 2, invite.body));
    await expect.poll(() => level(customer, AGENT_HZ), { timeout: 15_000 }).toBeLessThan(HEARD);
    for (const mode of ['listen', 'whisper'] as const) {
      known(await pbx.superviseMode(asked.joinId, mode));
      expect(level(customer, SUPERVISOR_HZ)).toBeLessThan(-40);
    }
    const holds = () => story.events().filter(({ kind }) => kind === 'hold_changed').length;
    expect(holds()).toBe(1);
    await agentsCall.reinvite(wideSdp(port, 'sendrecv', 3, invite.body));
    await hears(customer, [AGENT_HZ], [SUPERVISOR_HZ]);
    await hears(agent, [CUSTOMER_HZ, SUPERVISOR_HZ], []);
    await hears(supervisor, [AGENT_HZ, CUSTOMER_HZ], []);
    expect(holds()).toBe(2);
  }, 40_000);

  test('is one of two, who both speak, and of whom one leaves', async () => {
    const { callKey, customer } = await talk(agent, '1095');
    const other = await enter('1093');
    const [first, second] = [order(callKey, '1095', 'barge'), order(callKey, '1095', 'whisper')];
    await join(supervisor, first);
    await join(other, { ...second, supervisorExtension: '1093' }, OTHER_HZ);
    await hears(agent, [CUSTOMER_HZ, SUPERVISOR_HZ, OTHER_HZ], []);
    await hears(customer, [AGENT_HZ, SUPERVISOR_HZ], [OTHER_HZ]);
    expect(known(await pbx.runningSupervisions())).toHaveLength(2);
    known(await pbx.endSupervision(first.joinId));
    await hears(agent, [CUSTOMER_HZ, OTHER_HZ], [SUPERVISOR_HZ]);
    await hears(customer, [AGENT_HZ], [SUPERVISOR_HZ, OTHER_HZ]);
  }, 40_000);

  test('is offered no call of a queue, and is in no call', async () => {
    const { callKey } = await talk(agent, '1095');
    const asked = order(callKey, '1095');
    await join(supervisor, asked);
    await serve('1092');
    const next = await enter('outside');
    const dialing = next.dial('queue-support', [], plainSdp(next.media.port, 'sendrecv', 1));
    await story.until('queue_entered', (event) => event.callKey !== callKey);
    known(await pbx.endSupervision(asked.joinId));
    // only now is it free
    const offer = await story.until('leg_offered', (event) => event.extension === '1092');
    expect(story.events().indexOf(await ended(asked.joinId))).toBeLessThan(
      story.events().indexOf(offer),
    );
    await answered(supervisor, OTHER_HZ);
    await dialing;
  }, 40_000);

  test('cannot whisper while somebody else would hear it, and falls silent when somebody comes', async () => {
    const { callKey } = await talk(agent, '1095');
    const asked = order(callKey, '1095', 'whisper');
    await join(supervisor, asked);
    const otherMedia = await openRtpMedia('l16');
    closing.push(otherMedia.close);
    const otherKey = crypto.randomUUID();
    const other = await agent.dial(
      '+12025550143',
      [['X-Ringside-Call', otherKey]],
      wideSdp(otherMedia.port, 'sendrecv', 1, ''),
    );
    expect(other.status).toBe(200);
    const fellBack = await story.until('supervision_mode');
    expect(fellBack).toMatchObject({ joinId: asked.joinId, mode: 'listen' });
    expect(await pbx.superviseMode(asked.joinId, 'whisper')).toMatchObject({
      why: { code: 'pbx_refused' },
    });
    known(await pbx.superviseMode(asked.joinId, 'barge'));
    await other.call.hangUp();
    await story.until('call_ended', (event) => event.callKey === otherKey);
    known(await pbx.superviseMode(asked.joinId, 'whisper'));
  }, 40_000);
});

describe('a join', () => {
  let agent: Phone;
  let supervisor: Phone;
  beforeEach(async () => {
    agent = await enter('1091');
    supervisor = await enter('1092');
  });

  test('ends with the call', async () => {
    const { callKey, customersCall } = await talk(agent, '1091');
    const asked = order(callKey, '1091', 'barge');
    const call = await join(supervisor, asked);
    await customersCall.hangUp();
    expect(await ended(asked.joinId)).toMatchObject({ why: 'call_over' });
    await call.ended;
    expect(known(await pbx.runningSupervisions())).toEqual([]);
    known(await pbx.endSupervision(asked.joinId));
  });

  test('of an agent who hangs up meanwhile comes to nothing', async () => {
    const { callKey, agentsCall } = await talk(agent, '1091');
    const asked = order(callKey, '1091');
    const joining = pbx.supervise(asked);
    const call = await supervisor.nextCall();
    await agentsCall.hangUp();
    await story.until('leg_ended', (event) => event.callKey === callKey);
    expect(await joining).toMatchObject({ why: { code: 'no_such_call' } });
    await call.ended;
    expect(story.events().filter(({ kind }) => kind.startsWith('supervision'))).toEqual([]);
  });

  test('is not taken by a phone that refuses it, and none is made where there is nothing to hear', async () => {
    const { callKey } = await talk(agent, '1091');
    const joining = pbx.supervise(order(callKey, '1091'));
    const call = await supervisor.nextCall();
    expect(header(call.invite, 'X-Ringside-Supervise')).toMatch(/^[0-9a-f-]{36}$/);
    call.reject('603 Decline');
    expect(await joining).toMatchObject({ why: { code: 'no_answer' } });
    const refusal = async (changes: Partial<JoinOrder>) => {
      const answer = await pbx.supervise({ ...order(callKey, '1091'), ...changes });
      return answer.ok ? 'joined' : answer.why.code;
    };
    expect(await refusal({ supervisorExtension: '1094' })).toBe('no_answer');
    expect(await refusal({ agentExtension: '1094' })).toBe('no_such_call');
    expect(await refusal({ callKey: 'x' })).toBe('no_such_call');
    expect(await refusal({ supervisorExtension: '1091' })).toBe('pbx_refused');
    expect(await refusal({ supervisorExtension: 'Local/1092@agents' })).toBe('pbx_refused');
    expect(await refusal({ joinId: '1,2' })).toBe('pbx_refused');
    expect(await pbx.superviseMode(crypto.randomUUID(), 'barge')).toMatchObject({
      why: { code: 'no_such_call' },
    });
    expect(known(await pbx.runningSupervisions())).toEqual([]);
  });

  test('waits for the next agent and is moved there, or ends', async () => {
    const next = await enter('1093');
    const { callKey } = await talk(agent, '1091', 'queue-support');
    const asked = order(callKey, '1091', 'barge');
    await join(supervisor, asked);
    await serve('1093');
    known(await pbx.hangUp({ callKey, extension: '1091', failedAt: Date.now() }));
    await story.until('supervision_agent_left');
    await answered(next, OTHER_HZ);
    await story.until('leg_answered', (event) => event.extension === '1093');
    expect(known(await pbx.runningSupervisions())).toMatchObject([{ isWaiting: true }]);
    expect(await pbx.superviseMode(asked.joinId, 'whisper')).toMatchObject({
      why: { code: 'no_such_call' },
    });
    known(await pbx.supervise({ ...asked, agentExtension: '1093', mode: 'listen' }));
    expect(
      await story.until('supervision_started', (event) => event.agentExtension === '1093'),
    ).toMatchObject({ joinId: asked.joinId, callKey, mode: 'listen' });
    await hears(supervisor, [OTHER_HZ, CUSTOMER_HZ], []);
    await hears(next, [CUSTOMER_HZ], [SUPERVISOR_HZ]);
  }, 40_000);

  test('goes to the colleague who was asked first and has the customer now', async () => {
    const next = await enter('1093');
    const { callKey, agentsCall } = await talk(agent, '1091');
    const asked = order(callKey, '1091');
    await join(supervisor, asked);
    const names = [
      ['X-Ringside-Call', callKey],
      ['X-Ringside-Consult', '1'],
    ] as const;
    const ear = await openRtpMedia();
    closing.push(ear.close);
    const [asking] = await Promise.all([
      agent.dial('1093', names, plainSdp(ear.port, 'sendrecv', 1)),
      answered(next, OTHER_HZ),
    ]);
    await story.until('leg_answered', (event) => event.extension === '1093');
    // An answer is told a moment before the two are together.
    await expect
      .poll(() => levelDb(ear.heard(300), 8_000, OTHER_HZ), { timeout: 15_000 })
      .toBeGreaterThan(HEARD);
    const referred = await agentsCall.refer(replacing(asking.call, '1093'));
    const moving = story
      .until('supervision_agent_left')
      .then(() => pbx.supervise({ ...asked, agentExtension: '1093' }));
    expect((await referred.told).at(-1)).toBe(200);
    await agentsCall.hangUp();
    known(await moving);
    await hears(supervisor, [OTHER_HZ, CUSTOMER_HZ], [AGENT_HZ]);
  }, 40_000);

  test('is known to a backend that starts in the middle of it, which can end it', async () => {
    const { callKey, customer } = await talk(agent, '1091');
    const asked = order(callKey, '1091', 'listen');
    await join(supervisor, asked);
    known(await pbx.superviseMode(asked.joinId, 'barge'));
    await pbx.stop();
    pbx = asterisk.adapter();
    story = listenTo(pbx);
    pbx.start();
    await story.until('leg_answered', (event) => event.callKey === callKey);
    expect(known(await pbx.runningSupervisions())).toEqual([
      { ...asked, mode: 'barge', isWaiting: false },
    ]);
    known(await pbx.superviseMode(asked.joinId, 'listen'));
    await hears(customer, [AGENT_HZ], [SUPERVISOR_HZ]);
    known(await pbx.endSupervision(asked.joinId));
    await ended(asked.joinId);
    expect(story.events().filter(({ kind }) => kind === 'leg_offered')).toHaveLength(1);
  }, 40_000);

  test('is over in a second when the supervisor’s app dies in it', async () => {
    const { callKey } = await talk(agent, '1091');
    const app = createSipPhone(await openWebSocketWire(asterisk.webSocketUrl), '1005');
    const { password } = known(await pbx.mintCredentials('1005', 60_000));
    expect(await app.register(password)).toBe(200);
    const asked = { ...order(callKey, '1091', 'barge'), supervisorExtension: '1005' };
    const [joined] = await Promise.all([
      pbx.supervise(asked).then(known),
      app.nextCall().then((call) => call.answer(webrtcSdp('active'))),
    ]);
    expect(joined).toBe(null);
    app.close();
    expect(await ended(asked.joinId)).toMatchObject({ why: 'phone_gone' });
    expect(story.events().some(({ kind }) => kind === 'leg_ended')).toBe(false);
  });

  test('is over when the PBX was started anew', async () => {
    const { callKey } = await talk(agent, '1091');
    const asked = order(callKey, '1091');
    await join(supervisor, asked);
    await asterisk.kill();
    await story.until('disconnected');
    await asterisk.start();
    expect(await ended(asked.joinId)).toMatchObject({ why: 'pbx_away' });
  }, 40_000);
});

describe('a customer who is taken over', () => {
  const takeOver = (callKey: string) =>
    pbx.takeOver({ callKey, agentExtension: '1091', supervisorExtension: '1092' });

  test('is handed to the phone of the supervisor, who had joined the call', async () => {
    const [agent, supervisor] = [await enter('1091'), await enter('1092')];
    const { callKey, customer, agentsCall } = await talk(agent, '1091');
    const asked = order(callKey, '1091');
    await join(supervisor, asked);
    known(await takeOver(callKey));
    const call = await answered(supervisor, OTHER_HZ);
    expect(header(call.invite, 'X-Ringside-Take-Over')).toBe('1');
    expect(header(call.invite, 'X-Ringside-Call')).toBe(callKey);
    expect(await ended(asked.joinId)).toMatchObject({ why: 'taken_over' });
    await agentsCall.ended;
    await hears(customer, [OTHER_HZ], [AGENT_HZ]);
    const referred = await call.refer('1091');
    const back = await agent.nextCall();
    expect(header(back.invite, 'X-Ringside-Take-Over')).toBe('');
    back.reject('486 Busy Here');
    await referred.told;
    const returned = await supervisor.nextCall();
    expect(header(returned.invite, 'X-Ringside-Take-Over')).toBe('');
  }, 40_000);

  test('goes back to the agent when the supervisor’s phone does not take the call', async () => {
    const [agent, supervisor] = [await enter('1091'), await enter('1092')];
    const { callKey } = await talk(agent, '1091');
    known(await takeOver(callKey));
    (await supervisor.nextCall()).reject('486 Busy Here');
    const back = await agent.nextCall();
    expect(header(back.invite, 'X-Ringside-Call')).toBe(callKey);
    expect(header(back.invite, 'X-Ringside-Take-Over')).toBe('');
    expect(await takeOver(callKey)).toMatchObject({ why: { code: 'no_such_call' } });
  });
});

describe('a phone', () => {
  test('cannot make a join by itself: any call with the header of one is refused', async () => {
    await enter('1091');
    const phone = await enter('1092');
    const sdp = plainSdp(phone.media.port, 'sendrecv', 1);
    const names = [['X-Ringside-Supervise', crypto.randomUUID()]] as const;
    for (const number of ['1091', '+12025550143', '*43', 'park-701', '*97']) {
      expect([number, (await phone.dial(number, names, sdp)).status]).toEqual([number, 403]);
    }
    expect(story.events().some(({ kind }) => kind === 'outbound_dialed')).toBe(false);
  });

  test('cannot dial into where joins are made', async () => {
    const phone = await enter('1092');
    const sdp = plainSdp(phone.media.port, 'sendrecv', 1);
    for (const number of ['listen', 'whisper', 'barge', 'waits', 'ringside-supervise', 'chanspy']) {
      expect((await phone.dial(number, [], sdp)).status).toBe(404);
    }
  });

  test('cannot transfer a customer there', async () => {
    const agent = await enter('1091');
    const { agentsCall } = await talk(agent, '1091');
    for (const target of ['listen', 'barge', 'waits']) {
      const referred = await agentsCall.refer(target);
      expect((await referred.told).at(-1)).toBe(404);
    }
    expect(story.events().some(({ kind }) => kind === 'leg_ended')).toBe(false);
  });
});
