import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
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
/** What Asterisk's Milliwatt plays (ITU-T O.133). */
const CUSTOMER_HZ = 1004;
const TONE_NUMBER = '+12025550144';
const ECHO_NUMBER = '+12025550143';
/** What the agent says while nothing may be kept. */
const FORBIDDEN_HZ = 700;
const RATE_HZ = 16_000;

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;
let phone: SipPhone;
let media: RtpMedia;
let call: PhoneCall;
let callKey: string;
let recordingId: string;

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest();
});

afterAll(() => asterisk.stop());

const dial = async (number: string): Promise<void> => {
  callKey = crypto.randomUUID();
  const sdp = plainSdp(media.port, 'sendrecv', 1);
  const dialed = await phone.dial(number, [['X-Ringside-Call', callKey]], sdp);
  expect(dialed.status).toBe(200);
  call = dialed.call;
  media.talkTo(dialed.answer.body, AGENT_HZ);
  await story.until('leg_answered', (event) => event.callKey === callKey);
};

beforeEach(async () => {
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.start();
  await story.until('connected');
  const { password } = known(await pbx.mintCredentials('1091', 60_000));
  phone = createSipPhone(await openUdpWire(asterisk.sipPort), '1091');
  expect(await phone.register(password)).toBe(200);
  media = await openRtpMedia();
  recordingId = crypto.randomUUID();
  await dial(TONE_NUMBER);
});

afterEach(async () => {
  await call.hangUp();
  await pbx.stop();
  phone.close();
  media.close();
});

const record = async () =>
  known(await pbx.startRecording({ callKey, extension: '1091', recordingId }));

type Channels = {
  readonly agent: Int16Array;
  readonly customer: Int16Array;
  readonly seconds: number;
};

const recorded = async (): Promise<Channels> => {
  const wav = await readFile(known(await pbx.recordingFile(recordingId)));
  expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([
    2,
    RATE_HZ,
    16,
  ]);
  const frames = (wav.length - 44) / 4;
  const channel = (offset: number): Int16Array =>
    Int16Array.from({ length: frames }, (_, i) => wav.readInt16LE(44 + i * 4 + offset));
  return { agent: channel(0), customer: channel(2), seconds: frames / RATE_HZ };
};

const span = (samples: Int16Array, fromS: number, toS: number): Int16Array =>
  samples.subarray(fromS * RATE_HZ, toS * RATE_HZ);

test('the agent is on the first channel and the customer on the second, for as long as it ran', async () => {
  await record();
  const startedAt = performance.now();
  await wait(2_000);
  const stoppedAt = performance.now();
  known(await pbx.stopRecording(callKey, recordingId));
  const { agent, customer, seconds } = await recorded();
  const levels = {
    agentOnFirst: levelDb(span(agent, 0.3, 1.7), RATE_HZ, AGENT_HZ),
    customerOnFirst: levelDb(span(agent, 0.3, 1.7), RATE_HZ, CUSTOMER_HZ),
    customerOnSecond: levelDb(span(customer, 0.3, 1.7), RATE_HZ, CUSTOMER_HZ),
    agentOnSecond: levelDb(span(customer, 0.3, 1.7), RATE_HZ, AGENT_HZ),
  };
  console.log(levels, `${seconds.toFixed(2)} s in ${(stoppedAt - startedAt).toFixed(0)} ms`);
  // a busy machine sends the tone late and with gaps, which costs level but never moves it to the other channel
  expect(levels.agentOnFirst).toBeGreaterThan(-30);
  expect(levels.customerOnSecond).toBeGreaterThan(-15);
  expect(levels.customerOnFirst).toBeLessThan(-60);
  expect(levels.agentOnSecond).toBeLessThan(-60);
  expect(Math.abs(seconds - (stoppedAt - startedAt) / 1_000)).toBeLessThan(0.15);
});

test('both channels are in step: an echo stands right behind what the agent said', async () => {
  await call.hangUp();
  await story.until('call_ended');
  await dial(ECHO_NUMBER);
  media.setTone(null);
  await wait(200);
  await record();
  await wait(600);
  media.setTone(AGENT_HZ);
  await wait(800);
  known(await pbx.stopRecording(callKey, recordingId));
  const { agent, customer } = await recorded();
  const beginsAt = (samples: Int16Array): number => {
    for (let at = 0; at < 1.4; at += 0.01) {
      if (rmsDb(span(samples, at, at + 0.01)) > -30) return at;
    }
    throw new Error('no tone');
  };
  const delayS = beginsAt(customer) - beginsAt(agent);
  console.log(`the echo is ${(delayS * 1_000).toFixed(0)} ms behind`);
  expect(delayS).toBeGreaterThanOrEqual(-0.02);
  expect(delayS).toBeLessThan(0.15);
});

test('while the agent holds, the customer hears music and the recording goes on', async () => {
  await record();
  await wait(300);
  await call.reinvite(plainSdp(media.port, 'sendonly', 2));
  await wait(1_500);
  await call.reinvite(plainSdp(media.port, 'sendrecv', 3));
  await wait(400);
  known(await pbx.stopRecording(callKey, recordingId));
  const { customer, seconds } = await recorded();
  expect(seconds).toBeGreaterThan(2.1);
  expect(rmsDb(span(customer, 0.8, 1.6))).toBeLessThan(-60);
});

/** The longest stretch in which every sample is zero. */
const longestSilence = (samples: Int16Array): Int16Array => {
  let [best, from] = [samples.subarray(0, 0), 0];
  for (let at = 0; at <= samples.length; at += 1) {
    if (at < samples.length && samples[at] === 0) continue;
    if (at - from > best.length) best = samples.subarray(from, at);
    from = at + 1;
  }
  return best;
};

// By what is said and not by the clock: a busy machine loses sound, and what follows stands earlier in the file.
test('silence is exact in both channels, from its confirmation to the moment it is lifted, and the sound comes back', async () => {
  await record();
  await wait(700);
  known(await pbx.silenceRecording(recordingId, true));
  known(await pbx.silenceRecording(recordingId, true));
  media.setTone(FORBIDDEN_HZ);
  await wait(1_000);
  media.setTone(AGENT_HZ);
  // On its way through the PBX.
  await wait(200);
  known(await pbx.silenceRecording(recordingId, false));
  await wait(700);
  known(await pbx.stopRecording(callKey, recordingId));
  const { agent, customer } = await recorded();
  for (const [who, samples, hz] of [
    ['agent', agent, AGENT_HZ],
    ['customer', customer, CUSTOMER_HZ],
  ] as const) {
    const silent = longestSilence(samples);
    expect(silent.length, who).toBeGreaterThan(0.5 * RATE_HZ);
    const from = silent.byteOffset / samples.BYTES_PER_ELEMENT;
    const parts = [samples.subarray(0, from), samples.subarray(from + silent.length)];
    for (const part of parts) {
      expect(levelDb(part.subarray(-0.3 * RATE_HZ), RATE_HZ, hz), who).toBeGreaterThan(-30);
      expect(levelDb(part, RATE_HZ, FORBIDDEN_HZ), who).toBeLessThan(-45);
    }
  }
  expect(await pbx.silenceRecording(recordingId, true)).toMatchObject({
    why: { code: 'no_such_call' },
  });
});

test('who is heard over another line of the agent is told, and who is on hold is not', async () => {
  expect(pbx.heardWith(callKey, '1091')).toEqual([]);
  const otherMedia = await openRtpMedia();
  const otherKey = crypto.randomUUID();
  const sdp = plainSdp(otherMedia.port, 'sendrecv', 1);
  const other = await phone.dial(ECHO_NUMBER, [['X-Ringside-Call', otherKey]], sdp);
  await story.until('hold_changed', (event) => event.callKey === callKey);
  expect(pbx.heardWith(callKey, '1091')).toMatchObject([{ callKey: otherKey }]);
  expect(pbx.heardWith(otherKey, '1091')).toMatchObject([{ callKey }]);
  await call.reinvite(plainSdp(media.port, 'sendonly', 2));
  await expect.poll(() => pbx.heardWith(otherKey, '1091'), { timeout: 15_000 }).toEqual([]);
  await call.reinvite(plainSdp(media.port, 'sendrecv', 3));
  await expect.poll(() => pbx.heardWith(otherKey, '1091'), { timeout: 15_000 }).toHaveLength(1);
  await other.call.hangUp();
  await expect.poll(() => pbx.heardWith(callKey, '1091'), { timeout: 15_000 }).toEqual([]);
  otherMedia.close();
});

test('nothing is on disk before a recording is started', async () => {
  await wait(300);
  expect((await readdir(asterisk.recordings)).filter((name) => name.includes(recordingId))).toEqual(
    [],
  );
  expect(known(await pbx.runningRecordings())).toEqual([]);
});

test('the PBX itself tells what runs, to a new adapter too, which can stop it', async () => {
  await record();
  await record();
  expect(known(await pbx.runningRecordings())).toEqual([{ callKey, recordingId }]);
  await pbx.stop();
  const successor = asterisk.adapter();
  const successorStory = listenTo(successor);
  successor.start();
  await successorStory.until('leg_answered', (event) => event.callKey === callKey);
  expect(successorStory.ofCall(callKey)).toEqual(['outbound_dialed', 'leg_answered']);
  expect(known(await successor.runningRecordings())).toEqual([{ callKey, recordingId }]);
  await wait(300);
  known(await successor.stopRecording(callKey, recordingId));
  known(await successor.stopRecording(callKey, recordingId));
  expect(known(await successor.runningRecordings())).toEqual([]);
  pbx = successor;
  expect((await recorded()).seconds).toBeGreaterThan(0.2);
});

test('a hang-up ends the recording; the file is whole', async () => {
  await record();
  await wait(1_000);
  await call.hangUp();
  await story.until('call_ended');
  expect(known(await pbx.runningRecordings())).toEqual([]);
  known(await pbx.stopRecording(callKey, recordingId));
  const { agent, seconds } = await recorded();
  expect(seconds).toBeGreaterThan(0.85);
  expect(levelDb(span(agent, 0.3, 0.8), RATE_HZ, AGENT_HZ)).toBeGreaterThan(-30);
});

test('what cannot be is refused: another call, another agent, a second recording, a path', async () => {
  const other = crypto.randomUUID();
  const refusal = async (changes: object) => {
    const answer = await pbx.startRecording({
      callKey,
      extension: '1091',
      recordingId,
      ...changes,
    });
    return answer.ok ? 'started' : answer.why.code;
  };
  expect(await refusal({ callKey: other })).toBe('no_such_call');
  expect(await refusal({ extension: '1092' })).toBe('no_such_call');
  expect(await refusal({ recordingId: '../../etc/passwd' })).toBe('pbx_refused');
  await record();
  expect(await refusal({ recordingId: other })).toBe('pbx_refused');
  expect(await pbx.recordingFile(recordingId)).toMatchObject({ ok: false });
  expect(await pbx.recordingFile(other)).toMatchObject({ why: { code: 'no_such_call' } });
  expect(await pbx.recordingFile('../x')).toMatchObject({ why: { code: 'pbx_refused' } });
  expect(await pbx.stopRecording(callKey, other)).toMatchObject({ why: { code: 'no_such_call' } });
});
