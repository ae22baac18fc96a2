import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { segmentsOf } from '../../../src/shared/domain/handle-time/segments.ts';
import { agentHearsDb } from '../../support/engine-page/ears.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import type { JointCalls } from '../../support/engine-page/joint-calls.ts';
import {
  audibleDb,
  callIn,
  colleague,
  customerToneHz,
  done,
  openJointCalls,
} from '../../support/engine-page/joint-calls.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import { describePhone, startPhoneBed } from '../../support/engine-page/phone-bed.ts';

const calleeToneHz = 1_500;
const silentDb = -50;
const calleeId = '00000000-0000-4000-8000-000000000199';

describePhone('calls that belong together', () => {
  let bed: PhoneBed;
  let scene: JointCalls;
  let agent: EnginePage;
  let other: EnginePage;

  beforeAll(async () => {
    bed = await startPhoneBed();
  });
  afterAll(() => bed.stop());
  beforeEach(async () => {
    scene = await openJointCalls(bed);
    ({ agent, other } = scene);
  });
  afterEach(() => scene.close());

  const calleeAnswers = async () => {
    const callee = bed.farEnds.expect(calleeId);
    callee.say(calleeToneHz);
    done(await agent.command({ kind: 'dial', number: '+12025550199' }));
    const { callId } = await agent.untilCall('connected');
    await until('the callee hears', () => callee.firstHeardAt() !== null);
    return { callee, callId };
  };

  describe.each([
    ['called', 'customerCalls'],
    ['was called', 'customerIsCalled'],
  ] as const)('a customer who %s', (_, connect) => {
    test.each([
      ['asked', 'asks'],
      ['calling', 'isAsked'],
    ] as const)('is joined with the colleague %s', async (_how, ask) => {
      const customer = await scene[connect]();
      const { callId, number, hears, hangUp } = customer;
      const withCallId = await scene[ask](customer);
      expect(callIn(agent, callId)).toMatchObject({ state: 'connected', hold: 'local' });
      done(await agent.command({ kind: 'complete_transfer', callId, withCallId }));
      await until('both are over', () =>
        agent.latest().calls.every(({ state }) => state === 'ended'),
      );
      expect(callIn(agent, callId)).toMatchObject({
        released: true,
        end: { side: 'local', outcome: 'transferred' },
      });
      expect(callIn(agent, withCallId)).toMatchObject({
        end: { side: 'local', outcome: 'completed' },
      });
      await scene.bothHear(customer);
      expect(await hears(agentToneHz)).toBeLessThan(silentDb);
      await until('the colleague sees the customer', () =>
        other.latest().calls.some(({ remote }) => remote.number === number),
      );
      hangUp();
      expect((await other.untilCall('ended')).end).toMatchObject({ side: 'remote' });
    });
  });

  test('a consult carries the customer’s key, and its time is told apart', async () => {
    const { customer, callId } = await scene.customerCalls();
    const consultId = await scene.asks({ callId });
    const key = callIn(agent, callId)?.callKey;
    expect(callIn(agent, consultId)).toMatchObject({ callKey: key, consultFor: callId });
    expect(other.latest().calls.at(-1)?.callKey).toBe(key);
    const invite = (await agent.traffic()).find(
      ({ way, text }) => way === 'out' && /^INVITE [\s\S]*X-Ringside-Consult: 1\r\n/u.test(text),
    );
    expect(invite?.text).toContain(`X-Ringside-Call: ${key}\r\n`);
    await until('music', () => customer.heardDb(agentToneHz) < -35);
    done(await other.command({ kind: 'end', callId: other.latest().calls.at(-1)?.callId ?? '' }));
    await until('the consult is over', () => callIn(agent, consultId)?.state === 'ended');
    expect(callIn(agent, callId)).toMatchObject({ state: 'connected', hold: 'local' });
    done(await agent.command({ kind: 'resume', callId }));
    await until('back', () => customer.heardDb(agentToneHz) > audibleDb);
    const kinds = segmentsOf(callIn(agent, callId)?.facts ?? []).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'hold')).toEqual(['ring', 'talk', 'consult', 'talk']);
  });

  test('a colleague who does not take the consult leaves the customer on hold', async () => {
    const { callId } = await scene.customerCalls();
    done(await agent.command({ kind: 'consult', callId, to: colleague }));
    const offered = await other.untilCall('offered');
    expect(await agent.command({ kind: 'consult', callId, to: colleague })).toMatchObject({
      ok: false,
    });
    await other.command({ kind: 'reject', callId: offered.callId });
    expect((await agent.untilCall('ended')).end).toMatchObject({ side: 'remote' });
    expect(callIn(agent, callId)).toMatchObject({ state: 'connected', hold: 'local' });
    expect(callIn(agent, callId)?.facts.map(({ kind }) => kind)).toEqual([
      'offered',
      'answered',
      'held',
      'consult_began',
      'consult_ended',
    ]);
  });

  test('a customer is handed over unasked', async () => {
    const customer = await scene.customerCalls();
    const { callId } = customer;
    done(await agent.command({ kind: 'transfer', callId, to: colleague }));
    expect(callIn(agent, callId)).toMatchObject({ hold: 'local', transfer: { to: '1002' } });
    const offered = await other.untilCall('offered');
    expect(offered.remote.number).toBe('+12025550123');
    done(await other.command({ kind: 'answer', callId: offered.callId }));
    expect((await agent.untilCall('ended')).end).toMatchObject({
      side: 'local',
      outcome: 'transferred',
    });
    await scene.bothHear(customer);
  });

  test('three talk, apart again, and together once more', async () => {
    const { customer, callId } = await scene.customerCalls();
    const { callee, callId: withCallId } = await calleeAnswers();
    done(await agent.command({ kind: 'merge', callId, withCallId }));
    for (const id of [callId, withCallId])
      expect(callIn(agent, id)).toMatchObject({ conference: true, hold: 'none' });
    const allHear = async () => {
      await until(
        'the customer hears the callee',
        () => customer.heardDb(calleeToneHz) > audibleDb,
      );
      await until('the customer hears the agent', () => customer.heardDb(agentToneHz) > audibleDb);
      await until(
        'the callee hears the customer',
        () => callee.heardDb(customerToneHz) > audibleDb,
      );
      await until('the callee hears the agent', () => callee.heardDb(agentToneHz) > audibleDb);
      for (const toneHz of [customerToneHz, calleeToneHz])
        await until(
          'the agent hears both',
          async () => (await agentHearsDb(agent.page, toneHz)) > audibleDb,
        );
    };
    await allHear();

    done(await agent.command({ kind: 'mute', callId }));
    for (const id of [callId, withCallId]) expect(callIn(agent, id)).toMatchObject({ muted: true });
    await until('no agent', () => customer.heardDb(agentToneHz) < silentDb);
    await until('no agent there either', () => callee.heardDb(agentToneHz) < silentDb);
    expect(customer.heardDb(calleeToneHz)).toBeGreaterThan(audibleDb);
    await until(
      'the level is the microphone’s',
      () => (agent.levels.at(-1)?.microphone ?? 1) < 0.01,
    );
    done(await agent.command({ kind: 'unmute', callId: withCallId }));
    await allHear();

    // Another microphone takes over, and what the old one said has faded.
    await agent.changeSetup({
      audioProcessing: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
    });
    await pause(800);
    await allHear();

    done(await agent.command({ kind: 'split', callId }));
    expect(callIn(agent, callId)).toMatchObject({ conference: false, hold: 'none' });
    expect(callIn(agent, withCallId)).toMatchObject({ conference: false, hold: 'local' });
    await until('apart', () => customer.heardDb(calleeToneHz) < silentDb);
    expect(customer.heardDb(agentToneHz)).toBeGreaterThan(audibleDb);
    await until('the callee is alone', () => callee.heardDb(agentToneHz) < -35);

    done(await agent.command({ kind: 'merge', callId: withCallId, withCallId: callId }));
    await allHear();
    callee.hangUp();
    await until('two are left', () => callIn(agent, withCallId)?.state === 'ended');
    await until('a plain call', () => {
      const call = callIn(agent, callId);
      return call?.state === 'connected' && !call.conference && call.hold === 'none';
    });
    expect(customer.heardDb(agentToneHz)).toBeGreaterThan(audibleDb);
  }, 30_000);

  test('the agent leaves a conference, and the two others go on', async () => {
    const called = await scene.customerCalls();
    const { customer, callId } = called;
    const withCallId = await scene.asks(called);
    done(await agent.command({ kind: 'merge', callId, withCallId }));
    await scene.bothHear(called);
    done(await agent.command({ kind: 'complete_transfer', callId, withCallId }));
    await until('both are over', () =>
      agent.latest().calls.every(({ state }) => state === 'ended'),
    );
    await until('no agent', () => customer.heardDb(agentToneHz) < silentDb);
    await scene.bothHear(called);
  });
});
