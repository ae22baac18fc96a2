import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { handleTimeOf, segmentsOf } from '../../../src/shared/domain/handle-time/segments.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import {
  closeWithoutErrors,
  describePhone,
  setupFor,
  startPhoneBed,
} from '../../support/engine-page/phone-bed.ts';

const customerToneHz = 1_000;
const silentDb = -70;
const audibleDb = -20;

describePhone('calls that come in', () => {
  let bed: PhoneBed;
  let phone: EnginePage;

  beforeAll(async () => {
    bed = await startPhoneBed();
  });
  afterAll(() => bed.stop());
  beforeEach(async () => {
    phone = await bed.registered();
  });
  afterEach(() => closeWithoutErrors(phone));

  const customerCalls = async (options: { number?: string; name?: string } = {}) => {
    const customer = bed.farEnds.expect();
    customer.say(customerToneHz);
    const before = phone.latest().calls.length;
    await bed.pbx.callFrom({ audioId: customer.id, target: '1001', ...options });
    await until('the call is offered', () => phone.latest().calls.length > before);
    return { customer, call: await phone.untilCall('offered') };
  };
  const conversation = async () => {
    const { customer, call } = await customerCalls();
    expect(await phone.command({ kind: 'answer', callId: call.callId })).toEqual({
      ok: true,
      value: { callId: call.callId },
    });
    await phone.untilCall('connected');
    await until('the customer hears', () => customer.firstHeardAt() !== null);
    return { customer, callId: call.callId };
  };
  const state = (callId: string) => phone.latest().calls.find((call) => call.callId === callId);

  test('a call is offered with who calls and the name that the PBX gave it', async () => {
    const { call } = await customerCalls({ number: '+34911234567', name: 'Lucía "L" <b>' });
    expect(call.remote).toEqual({ number: '+34911234567', name: 'Lucía "L" <b>' });
    expect(call.callKey).toMatch(/^\d+\.\d+$/u);
    expect(call.queue).toBeNull();
    expect(call.facts.map(({ kind }) => kind)).toEqual(['offered']);
  });

  test('the phone proves what a call needs by calls that nobody sees, and leaves one for a real call', async () => {
    const { account } = setupFor(bed.pbx.sipUrl);
    if (account === null) throw new Error('no account');
    const channels = () => bed.pbx.cli('core show channels concise');
    const registeredAt = async () => (await bed.pbx.cli('pjsip show contacts')).includes('1001/');
    await phone.changeSetup({ account: { ...account, proofExtension: 'proof' } });
    const proven = await phone.prove('registration', 'microphone', 'ringer', 'media_path');
    expect(proven.map(({ proof, word }) => `${proof} ${word}`).toSorted()).toEqual([
      'media_path holds',
      'microphone holds',
      'registration holds',
      'ringer holds',
    ]);
    expect(phone.snapshots.flatMap(({ calls }) => calls)).toEqual([]);
    await until('the proof call is over', async () => !(await channels()).includes('PJSIP/'));

    // It is answered late, so that a customer comes before.
    await phone.changeSetup({ account: { ...account, proofExtension: '+12025550183' } });
    const proving = phone.prove('media_path');
    await until('the proof call is dialled', async () => (await channels()).includes('550183'));
    const { call } = await customerCalls();
    expect(await proving).toMatchObject([{ word: 'unknown', why: 'in_call' }]);
    expect(await phone.prove('media_path')).toMatchObject([{ word: 'unknown', why: 'in_call' }]);
    await phone.command({ kind: 'reject', callId: call.callId });
    await phone.untilCall('ended');

    await phone.changeSetup({ away: true });
    await until('the PBX knows of no phone', async () => !(await registeredAt()));
    await phone.changeSetup({ away: false });
    await until('it is there again', registeredAt);
  });

  test('a phone is told of its mailbox, and of the phones that it watches', async () => {
    const watching = await bed.browser.open({
      ...setupFor(bed.pbx.sipUrl, '1002'),
      watch: ['1001'],
    });
    const state = () => watching.latest().presence['1001'];
    await until('idle', () => state() === 'idle');
    await until('nothing waits', () => watching.latest().voicemail?.newMessages === 0);
    const { call } = await customerCalls();
    await until('it rings there', () => state() === 'ringing');
    await phone.command({ kind: 'answer', callId: call.callId });
    await until('it is in use', () => state() === 'busy');
    await phone.command({ kind: 'end', callId: call.callId });
    await until('idle again', () => state() === 'idle');
    await closeWithoutErrors(watching);
  });

  test('a queue names itself', async () => {
    await bed.pbx.action('QueueAdd', [
      ['Queue', 'support'],
      ['Interface', 'PJSIP/1001'],
      ['MemberName', '1001'],
    ]);
    const customer = bed.farEnds.expect();
    await bed.pbx.callFrom({ audioId: customer.id, target: 'queue-support' });
    const call = await phone.untilCall('offered');
    expect(call.queue).toBe('support');
    // The queue goes on after a refusal.
    await phone.command({ kind: 'reject', callId: call.callId });
    await phone.untilCall('ended');
    const again = await phone.untilCall('offered', 5_000);
    expect(again.callKey).toBe(call.callKey);
    await bed.pbx.action('QueueRemove', [
      ['Queue', 'support'],
      ['Interface', 'PJSIP/1001'],
    ]);
    customer.hangUp();
    expect((await phone.untilCall('ended')).end).toMatchObject({
      side: 'remote',
      outcome: 'cancelled',
    });
  });

  test('both hear each other', async () => {
    const { customer } = await conversation();
    await until('the agent hears', () => (phone.levels.at(-1)?.speaker ?? 0) > 0.1);
    await until('the customer hears', () => customer.heardDb(agentToneHz) > audibleDb);
    expect(phone.levels.at(-1)?.microphone).toBeGreaterThan(0.1);
    const answer = (await phone.traffic()).find(
      ({ way, text }) => way === 'out' && text.includes('a=rtpmap'),
    );
    expect(answer?.text).toMatch(/m=audio \d+ UDP\/TLS\/RTP\/SAVPF (\d+)[\s\S]*a=rtpmap:\1 opus/u);
    expect(answer?.text).toContain('useinbandfec=1');
    expect(answer?.text).not.toContain('stereo=1');
  });

  test('mute sends silence, and says what is sent', async () => {
    const { customer, callId } = await conversation();
    await phone.command({ kind: 'mute', callId });
    expect(state(callId)).toMatchObject({ state: 'connected', muted: true });
    await until('silence', () => customer.heardDb(agentToneHz) < silentDb);
    await phone.command({ kind: 'unmute', callId });
    expect(state(callId)).toMatchObject({ state: 'connected', muted: false });
    await until('audio', () => customer.heardDb(agentToneHz) > audibleDb);
  });

  test('a held customer hears music and no agent, and a mute outlives the hold', async () => {
    const { customer, callId } = await conversation();
    await phone.command({ kind: 'mute', callId });
    await phone.command({ kind: 'hold', callId });
    expect(state(callId)).toMatchObject({ hold: 'local', muted: true });
    await until('no agent', () => customer.heardDb(agentToneHz) < -35);
    await until('music', () => customer.lastHeard(200).some((sample) => Math.abs(sample) > 0.01));
    await phone.command({ kind: 'resume', callId });
    expect(state(callId)).toMatchObject({ hold: 'none', muted: true });
    await until('silence', () => customer.heardDb(agentToneHz) < silentDb);
    await phone.command({ kind: 'unmute', callId });
    await until('audio', () => customer.heardDb(agentToneHz) > audibleDb);
  });

  test('digits arrive as pressed, also while muted', async () => {
    const { customer, callId } = await conversation();
    await phone.command({ kind: 'send_digits', callId, digits: '19#' });
    await phone.command({ kind: 'mute', callId });
    await phone.command({ kind: 'send_digits', callId, digits: '*0' });
    await until('digits', () => customer.digits() === '19#*0');
  });

  test('hanging up ends the call at the customer, and the facts tile the time', async () => {
    const { customer, callId } = await conversation();
    await phone.command({ kind: 'hold', callId });
    await pause(200);
    await phone.command({ kind: 'resume', callId });
    await phone.command({ kind: 'end', callId });
    const ended = await phone.untilCall('ended');
    await until('the customer is gone', () => customer.hasEnded());
    expect(ended.end).toEqual({ side: 'local', outcome: 'completed', sipCode: null, cause: null });
    const segments = segmentsOf(ended.facts);
    expect(segments.map(({ kind }) => kind)).toEqual(['ring', 'talk', 'hold', 'talk', 'wrap_up']);
    const { handleMs } = handleTimeOf(segments, ended.endedAt);
    expect(handleMs).toBe(ended.endedAt - (ended.facts[1]?.at ?? 0));
  });

  test('a customer who hangs up ends the call here', async () => {
    const { customer } = await conversation();
    customer.hangUp();
    expect((await phone.untilCall('ended')).end).toMatchObject({
      side: 'remote',
      outcome: 'completed',
    });
  });

  test('a customer who gives up stops the ringing', async () => {
    const { customer } = await customerCalls();
    await pause(200);
    customer.hangUp();
    expect((await phone.untilCall('ended')).end).toMatchObject({
      side: 'remote',
      outcome: 'cancelled',
    });
  });

  test('a rejected call is told to the PBX as rejected', async () => {
    const { call } = await customerCalls();
    await phone.command({ kind: 'reject', callId: call.callId });
    expect((await phone.untilCall('ended')).end).toMatchObject({
      side: 'local',
      outcome: 'rejected',
    });
    const sent = (await phone.traffic()).map(({ text }) => text);
    expect(sent.some((text) => /^SIP\/2\.0 480 [\s\S]*Reason: Q\.850;cause=21/u.test(text))).toBe(
      true,
    );
  });

  test('answering a second call holds the first, and resuming swaps them', async () => {
    const first = await conversation();
    const second = await conversation();
    expect(state(first.callId)).toMatchObject({ state: 'connected', hold: 'local' });
    await until('no agent', () => first.customer.heardDb(agentToneHz) < -35);
    await until('audio', () => second.customer.heardDb(agentToneHz) > audibleDb);
    await phone.command({ kind: 'resume', callId: first.callId });
    expect(state(first.callId)).toMatchObject({ hold: 'none' });
    expect(state(second.callId)).toMatchObject({ hold: 'local' });
    await until('audio', () => first.customer.heardDb(agentToneHz) > audibleDb);
  });

  test('a call that another agent took says so', async () => {
    const other = await bed.registered('1002');
    const customer = bed.farEnds.expect();
    await bed.pbx.callFrom({ audioId: customer.id, target: 'both' });
    await phone.untilCall('offered');
    const taken = await other.untilCall('offered');
    await other.command({ kind: 'answer', callId: taken.callId });
    expect((await phone.untilCall('ended')).end).toMatchObject({
      side: 'remote',
      outcome: 'answered_elsewhere',
    });
    await other.close();
  });

  test('a call right after the last one rings and can be answered, again and again', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { customer, callId } = await conversation();
      await phone.command({ kind: 'end', callId });
      await until('the customer is gone', () => customer.hasEnded());
      await pause(300);
    }
    await until('ended calls leave', () => phone.latest().calls.length === 0, 10_000);
    const peers = await phone.page.evaluate(() => document.querySelectorAll('audio').length);
    expect(peers).toBe(0);
  }, 60_000);

  test('leaving the page hangs up', async () => {
    const { customer } = await conversation();
    await phone.page.goto('about:blank');
    await until('the customer is gone', () => customer.hasEnded(), 3_000);
  });
});
