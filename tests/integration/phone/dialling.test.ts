import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import {
  closeWithoutErrors,
  describePhone,
  startPhoneBed,
} from '../../support/engine-page/phone-bed.ts';

describePhone('calls that go out', () => {
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

  const dial = async (number: string) => {
    const answer = await phone.command({ kind: 'dial', number });
    expect(answer).toMatchObject({ ok: true });
  };

  test('a number is dialled in E.164, and both hear each other', async () => {
    const callee = bed.farEnds.expect('00000000-0000-4000-8000-000000000199');
    callee.say(1_000);
    await dial('(202) 555-0199');
    const call = await phone.untilCall('connected');
    expect(call.remote.number).toBe('+12025550199');
    expect(call.facts.map(({ kind }) => kind)).toEqual(['dialed', 'answered']);
    expect(phone.snapshots.flatMap(({ calls }) => calls.map(({ state }) => state))).toEqual(
      expect.arrayContaining(['dialing', 'alerting', 'answering', 'connected']),
    );
    await until('the callee hears', () => callee.heardDb(agentToneHz) > -20);
    await until('the agent hears', () => (phone.levels.at(-1)?.speaker ?? 0) > 0.1);
    const invite = (await phone.traffic()).find(({ text }) => text.startsWith('INVITE'));
    expect(invite?.text).toContain(`X-Ringside-Call: ${call.callKey}\r\n`);
    expect(invite?.text).toContain('User-Agent: Ringside\r\n');
    await phone.command({ kind: 'end', callId: call.callId });
    await until('the callee is gone', () => callee.hasEnded());
  });

  test('what is heard before the answer is early media', async () => {
    const callee = bed.farEnds.expect('00000000-0000-4000-8000-000000000183');
    await dial('+12025550183');
    const alerting = await phone.untilCall('alerting');
    expect(alerting.earlyMedia).toBe(true);
    await phone.untilCall('connected');
    await until('the callee hears', () => callee.heardDb(agentToneHz) > -20);
  });

  test.each([
    ['+12025550186', 'busy', 'remote', 17],
    ['+12025550104', 'wrong_number', 'remote', 1],
    ['+12025550103', 'rejected', 'remote', 21],
    ['+12025550180', 'no_answer', 'remote', 19],
    ['+12025550150', 'unreachable', 'system', 34],
    ['555', 'wrong_number', 'remote', 1],
  ])('%s ends as %s', async (number, outcome, side, cause) => {
    await dial(number);
    expect((await phone.untilCall('ended', 10_000)).end).toMatchObject({ outcome, side, cause });
  });

  test('a call can be given up while it rings', async () => {
    await dial('+12025550180');
    const { callId } = await phone.untilCall('alerting');
    await phone.command({ kind: 'end', callId });
    expect((await phone.untilCall('ended')).end).toMatchObject({
      side: 'local',
      outcome: 'cancelled',
    });
    await until('the PBX forgets it', async () =>
      (await bed.pbx.cli('core show channels count')).includes('0 active channels'),
    );
  });

  test('feature codes pass as typed', async () => {
    await dial('*43');
    const call = await phone.untilCall('connected');
    expect(call.remote.number).toBe('*43');
  });

  test.each(['hello', '++', '<sip:x@y>\r\nX: 1', '1'])('%j is not a number', async (number) => {
    expect(await phone.command({ kind: 'dial', number })).toEqual({
      ok: false,
      why: 'not_a_number',
    });
  });

  test('dialling holds the conversation under way', async () => {
    await dial('*43');
    const first = await phone.untilCall('connected');
    await dial('+12025550144');
    await phone.untilCall('connected');
    expect(phone.latest().calls.find(({ callId }) => callId === first.callId)).toMatchObject({
      hold: 'local',
    });
  });

  test('a second dial waits until the first is decided', async () => {
    await dial('+12025550180');
    await phone.untilCall('alerting');
    expect(await phone.command({ kind: 'dial', number: '*43' })).toEqual({
      ok: false,
      why: 'busy',
    });
  });

  test('without a microphone nothing is dialled, and the reason is shown', async () => {
    await phone.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('gone', 'NotReadableError'));
    });
    expect(await phone.command({ kind: 'dial', number: '*43' })).toEqual({
      ok: false,
      why: 'no_microphone',
    });
    expect(phone.latest().devices.problem).toBe('microphone_busy');
    expect(phone.latest().calls).toEqual([]);
  });

  test('help is called whatever is in the way, and is told where the agent is', async () => {
    await phone.changeSetup({ location: 'country=US,A3=Austin,RD=Main%20St,HNO=5' });
    await dial('+12025550180');
    await phone.untilCall('alerting');
    // Another call is being set up, and no microphone answers.
    await phone.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
    });
    await dial('9-1-1');
    const call = await phone.untilCall('connected', 10_000);
    expect(call.remote.number).toBe('911');
    await until('the other side is heard', () => (phone.levels.at(-1)?.speaker ?? 0) > 0.1);
    const invites = (await phone.traffic()).filter(({ text }) =>
      text.startsWith('INVITE sip:911@'),
    );
    expect(invites.at(-1)?.text).toContain(
      'X-Ringside-Location: country=US,A3=Austin,RD=Main%20St,HNO=5\r\n',
    );
    const others = (await phone.traffic()).filter(({ text }) => text.includes('12025550180'));
    expect(others.some(({ text }) => text.includes('X-Ringside-Location'))).toBe(false);
  });
});
