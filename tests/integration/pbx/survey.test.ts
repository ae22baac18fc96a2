import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Pbx, PbxEvent } from '../../../src/backend/pbx/pbx.ts';
import type { KeypadSurvey } from '../../../src/backend/pbx/survey.ts';
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
import { rmsDb } from './tone.ts';

const AGENT_HZ = 440;
/** What is heard of a prompt, beside what µ-law makes of silence. */
const speechDb = -45;

const csat: KeypadSurvey = { kind: 'csat', language: 'en', asksResolved: false };
const nps: KeypadSurvey = { kind: 'nps', language: 'es', asksResolved: true };

let asterisk: AsteriskUnderTest;
let pbx: Pbx;
let story: PbxStory;
let agent: SipPhone;
let colleague: SipPhone;
let customer: SipPhone;
let agentMedia: RtpMedia;
let customerMedia: RtpMedia;
/** What the backend would answer; undefined: it does not. */
let planned: KeypadSurvey | null | undefined;

beforeAll(async () => {
  asterisk = await startAsteriskUnderTest({
    'extensions_local.conf': 'SURVEY_KEY_SECONDS = 2\nSURVEY_DIGIT_SECONDS = 1\n',
  });
  agent = createSipPhone(await openUdpWire(asterisk.sipPort), '1091');
  colleague = createSipPhone(await openUdpWire(asterisk.sipPort), '1092');
  customer = createSipPhone(await openUdpWire(asterisk.sipPort), 'outside');
  agentMedia = await openRtpMedia();
  customerMedia = await openRtpMedia();
});

beforeEach(async () => {
  planned = csat;
  pbx = asterisk.adapter();
  story = listenTo(pbx);
  pbx.subscribe((event) => {
    if (event.kind === 'survey_wanted' && planned !== undefined)
      void pbx.playSurvey(event.callKey, planned);
  });
  pbx.start();
  await story.until('connected');
  for (const [phone, extension] of [
    [agent, '1091'],
    [colleague, '1092'],
  ] as const) {
    const { password } = known(await pbx.mintCredentials(extension, 60_000));
    expect(await phone.register(password)).toBe(200);
  }
  known(await pbx.setSurveyQueue('support', true));
  const member = { queue: 'support', extension: '1091', paused: false, pauseReason: '' };
  known(await pbx.setMember(member));
});

afterEach(async () => {
  await asterisk.cli('channel request hangup all');
  known(await pbx.removeMember('support', '1091'));
  await pbx.stop();
});

afterAll(async () => {
  agent.close();
  colleague.close();
  customer.close();
  agentMedia.close();
  customerMedia.close();
  await asterisk.stop();
});

type Talk = {
  readonly callKey: string;
  readonly atAgent: PhoneCall;
  readonly atCustomer: PhoneCall;
};

const begun = new Set<string>();

const talk = async (): Promise<Talk> => {
  const dialing = customer.dial('queue-support', [], plainSdp(customerMedia.port, 'sendrecv', 1));
  const atAgent = await agent.nextCall();
  await atAgent.answer(plainSdp(agentMedia.port, 'sendrecv', 1));
  agentMedia.talkTo(atAgent.invite.body, AGENT_HZ);
  const { callKey } = await story.until('leg_answered', (event) => !begun.has(event.callKey));
  begun.add(callKey);
  const dialed = await dialing;
  customerMedia.talkTo(dialed.answer.body, null);
  await wait(1_000);
  return { callKey, atAgent, atCustomer: dialed.call };
};

const answersOf = (callKey: string) =>
  story
    .events()
    .filter(
      (event): event is Extract<PbxEvent, { kind: 'survey_answered' }> =>
        event.kind === 'survey_answered' && event.callKey === callKey,
    )
    .map(({ question, keys }) => [question, keys]);

const ended = (callKey: string): Promise<unknown> =>
  story.until('call_ended', (event) => event.callKey === callKey);

test('the agent ends the call: the leg is over, the recording too, and the customer is asked', async () => {
  const { callKey, atAgent, atCustomer } = await talk();
  known(await pbx.startRecording({ callKey, extension: '1091', recordingId: randomUUID() }));
  const hungUpAt = Date.now();
  await atAgent.hangUp();
  const leg = await story.until('leg_ended');
  expect(leg).toMatchObject({ callKey, extension: '1091', answered: true });
  expect(leg.at - hungUpAt).toBeLessThan(400);
  const wanted = await story.until('survey_wanted');
  expect(wanted).toMatchObject({ callKey, queue: 'support' });
  expect(known(await pbx.runningRecordings())).toEqual([]);
  await expect.poll(() => rmsDb(customerMedia.heard(400))).toBeGreaterThan(speechDb);
  expect(story.ofCall(callKey)).not.toContain('call_ended');

  customerMedia.press('4');
  await story.until('survey_answered');
  expect(answersOf(callKey)).toEqual([['csat', '4']]);
  // thanked, and let go by the phone system
  await atCustomer.ended;
  await ended(callKey);
  expect(story.ofCall(callKey).slice(-4)).toEqual([
    'leg_ended',
    'survey_wanted',
    'survey_answered',
    'call_ended',
  ]);
}, 30_000);

test('the customer hangs up first: nothing is asked', async () => {
  const { callKey, atAgent, atCustomer } = await talk();
  await atCustomer.hangUp();
  await atAgent.ended;
  await ended(callKey);
  expect(story.ofCall(callKey)).not.toContain('survey_wanted');
}, 20_000);

test('ten is 1 and 0 in a row, the second question follows, and a key that means nothing is asked for once more', async () => {
  planned = nps;
  const { callKey, atAgent, atCustomer } = await talk();
  await atAgent.hangUp();
  await story.until('survey_wanted');
  await wait(1_500);
  customerMedia.press('1');
  await wait(400);
  customerMedia.press('0');
  await story.until('survey_answered');
  await wait(1_000);
  customerMedia.press('7');
  // "sorry", and the question again
  await wait(4_000);
  customerMedia.press('0');
  await atCustomer.ended;
  await ended(callKey);
  expect(answersOf(callKey)).toEqual([
    ['nps', '10'],
    ['resolved', '0'],
  ]);
}, 40_000);

test('a star is ten as well, and who presses the one alone says one', async () => {
  planned = { ...nps, asksResolved: false };
  for (const key of ['*', '1']) {
    const { callKey, atAgent, atCustomer } = await talk();
    await atAgent.hangUp();
    await story.until('survey_wanted', (event) => event.callKey === callKey);
    await wait(1_000);
    customerMedia.press(key);
    await atCustomer.ended;
    await ended(callKey);
    expect(answersOf(callKey)).toEqual([['nps', key]]);
  }
}, 40_000);

test('two wrong keys are no answer, and the call ends', async () => {
  planned = { ...csat, asksResolved: true };
  const first = await talk();
  await first.atAgent.hangUp();
  await story.until('survey_wanted');
  await wait(1_000);
  customerMedia.press('9');
  await wait(4_000);
  customerMedia.press('0');
  await first.atCustomer.ended;
  await ended(first.callKey);
  expect(answersOf(first.callKey)).toEqual([]);
}, 40_000);

test('who presses nothing is thanked and let go; who hangs up after a question has answered it', async () => {
  planned = { ...nps, language: 'pt' };
  const silent = await talk();
  const hungUpAt = Date.now();
  await silent.atAgent.hangUp();
  await silent.atCustomer.ended;
  await ended(silent.callKey);
  expect(answersOf(silent.callKey)).toEqual([]);
  // the question, the time for a key (2 s here) and the thanks: never the second question
  expect(Date.now() - hungUpAt).toBeLessThan(21_000);

  const partly = await talk();
  await partly.atAgent.hangUp();
  await story.until('survey_wanted', ({ callKey }) => callKey === partly.callKey);
  await wait(1_000);
  customerMedia.press('8');
  await story.until('survey_answered', ({ callKey }) => callKey === partly.callKey);
  await partly.atCustomer.hangUp();
  await ended(partly.callKey);
  expect(answersOf(partly.callKey)).toEqual([['nps', '8']]);
}, 60_000);

test('nothing is played where the backend says so or is not there, and in other queues it is not asked', async () => {
  for (const plan of [null, undefined]) {
    planned = plan;
    const { callKey, atAgent, atCustomer } = await talk();
    const hungUpAt = Date.now();
    await atAgent.hangUp();
    await atCustomer.ended;
    await ended(callKey);
    expect(Date.now() - hungUpAt).toBeLessThan(3_000);
    expect(story.ofCall(callKey)).toContain('survey_wanted');
    await pbx.stop();
    pbx = asterisk.adapter();
    story = listenTo(pbx);
    pbx.subscribe((event) => {
      if (event.kind === 'survey_wanted' && planned !== undefined)
        void pbx.playSurvey(event.callKey, planned);
    });
    pbx.start();
    await story.until('connected');
  }
  known(await pbx.setSurveyQueue('support', false));
  const { callKey, atAgent, atCustomer } = await talk();
  await atAgent.hangUp();
  await atCustomer.ended;
  await ended(callKey);
  expect(story.ofCall(callKey)).not.toContain('survey_wanted');
}, 40_000);

test('a customer who was handed to a colleague is asked as the colleague ends the call', async () => {
  const { callKey, atAgent, atCustomer } = await talk();
  const told = await atAgent.refer('1092');
  expect(told.status).toBe(202);
  const atColleague = await colleague.nextCall();
  await atColleague.answer(plainSdp(agentMedia.port, 'sendrecv', 2));
  await story.until('leg_answered', ({ extension }) => extension === '1092');
  expect(story.ofCall(callKey)).not.toContain('survey_wanted');
  await wait(500);
  await atColleague.hangUp();
  await story.until('survey_wanted', (event) => event.callKey === callKey);
  customerMedia.press('3');
  await story.until('survey_answered');
  await atCustomer.ended;
  expect(answersOf(callKey)).toEqual([['csat', '3']]);
}, 30_000);
