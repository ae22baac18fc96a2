import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import {
  closeWithoutErrors,
  describePhone,
  setupFor,
  startPhoneBed,
} from '../../support/engine-page/phone-bed.ts';
import type { TcpEdge } from '../../support/engine-page/tcp-edge.ts';
import { openTcpEdge } from '../../support/engine-page/tcp-edge.ts';

describePhone('when the PBX is out of reach', () => {
  let bed: PhoneBed;
  let phone: EnginePage;
  let edge: TcpEdge;

  beforeAll(async () => {
    bed = await startPhoneBed();
    edge = await openTcpEdge(bed.pbx.sipUrl);
  });
  afterAll(async () => {
    edge.close();
    await bed.stop();
  });
  afterEach(async () => {
    edge.mend();
    await closeWithoutErrors(phone);
  });

  const register = async () => {
    phone = await bed.browser.open(setupFor(edge.url));
    await phone.untilRegistered();
  };
  const conversation = async () => {
    const customer = bed.farEnds.expect();
    customer.say(1_000);
    await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
    const { callId } = await phone.untilCall('offered');
    await phone.command({ kind: 'answer', callId });
    await phone.untilCall('connected');
    await until('the customer hears', () => customer.firstHeardAt() !== null);
    return { customer, callId };
  };

  test('a wrong password is a refusal that is tried again, later and later', async () => {
    const setup = setupFor(edge.url);
    phone = await bed.browser.open({
      ...setup,
      account: setup.account === null ? null : { ...setup.account, password: 'wrong' },
    });
    await until('refused', () => phone.latest().registration.state === 'failed');
    expect(phone.latest().registration).toMatchObject({
      why: 'credentials_refused',
      sipCode: 401,
    });
    expect(await phone.command({ kind: 'dial', number: '*43' })).toEqual({
      ok: false,
      why: 'not_registered',
    });
    await phone.changeSetup(setup);
    await phone.untilRegistered();
  });

  test('without an account the phone leaves the PBX', async () => {
    await register();
    await phone.changeSetup({ account: null });
    await until('unregistered', () => phone.latest().registration.state === 'unregistered');
    await until('the PBX knows', async () =>
      (await bed.pbx.cli('pjsip show contacts')).includes('No objects found'),
    );
    await phone.changeSetup(setupFor(edge.url));
    await phone.untilRegistered();
  });

  test('a broken socket keeps the call, and a hang-up in between reaches the PBX', async () => {
    await register();
    const { customer, callId } = await conversation();
    edge.cut();
    await until('known', () => phone.latest().registration.state === 'failed', 1_000);
    await pause(1_500);
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected' });
    expect(customer.heardDb(agentToneHz)).toBeGreaterThan(-20);
    await phone.command({ kind: 'end', callId });
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'ended', released: false });
    await pause(300);
    expect(customer.hasEnded()).toBe(false);
    edge.mend();
    await phone.wake('network');
    await phone.untilRegistered();
    await until('the customer is gone', () => customer.hasEnded(), 2_000);
    await until('the far side knows', () => {
      const call = phone.latest().calls.at(-1);
      return call?.state === 'ended' && call.released;
    });
  });

  test('after a reconnect the PBX still reaches the call', async () => {
    await register();
    const { customer } = await conversation();
    edge.cut();
    await pause(500);
    edge.mend();
    await phone.wake('resume');
    await phone.untilRegistered();
    await pause(500);
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected' });
    customer.hangUp();
    expect((await phone.untilCall('ended', 3_000)).end).toMatchObject({
      side: 'remote',
      outcome: 'completed',
    });
  });

  test('a socket that carries nothing is found out within 15 s, with the call still up', async () => {
    await register();
    const { customer } = await conversation();
    edge.swallow();
    const swallowedAt = performance.now();
    await until('found out', () => phone.latest().registration.state === 'failed', 15_000);
    expect(performance.now() - swallowedAt).toBeLessThan(15_000);
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected' });
    expect(customer.heardDb(agentToneHz)).toBeGreaterThan(-20);
    edge.mend();
    await phone.untilRegistered();
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected' });
  }, 60_000);

  /** Names of the paths (ICE) that the phone offered so far. */
  const pathNames = async (): Promise<readonly string[]> =>
    (await phone.traffic()).flatMap(
      ({ way, text }) => (way === 'out' ? /^a=ice-ufrag:(\S+)/mu.exec(text)?.[1] : null) ?? [],
    );

  test.each(['network', 'resume'] as const)(
    'after %s the audio takes a new path, and both hear each other on it',
    async (why) => {
      await register();
      const { customer, callId } = await conversation();
      const before = (await pathNames()).at(-1);
      await phone.wake(why);
      await until('sought', async () => (await pathNames()).at(-1) !== before, 4_000);
      // The PBX has agreed to the new one: nothing of the old one is heard any more.
      await pause(3_000);
      expect(customer.heardDb(agentToneHz)).toBeGreaterThan(-20);
      expect(phone.levels.at(-1)?.speaker).toBeGreaterThan(0.05);
      expect(phone.latest().calls.at(-1)).toMatchObject({ callId, state: 'connected' });
      customer.hangUp();
      await phone.untilCall('ended', 3_000);
    },
  );

  test('a PBX that stood still is reached again, and both hear each other', async () => {
    await register();
    const { customer, callId } = await conversation();
    bed.pbx.freeze(true);
    try {
      // The browser says `disconnected` after some six seconds, and the link is doubted by that.
      await until('the path is lost', () => (phone.latest().lostPaths ?? []).length > 0, 15_000);
      await until('the link as well', () => phone.latest().registration.state === 'failed', 5_000);
    } finally {
      bed.pbx.freeze(false);
    }
    await until('the path is back', () => (phone.latest().lostPaths ?? []).length === 0, 20_000);
    await phone.untilRegistered();
    // Nothing of an older path is heard any more.
    await pause(3_000);
    expect(customer.heardDb(agentToneHz)).toBeGreaterThan(-20);
    expect(phone.levels.at(-1)?.speaker).toBeGreaterThan(0.05);
    expect(phone.latest().calls.at(-1)).toMatchObject({ callId, state: 'connected' });
    customer.hangUp();
    await phone.untilCall('ended', 3_000);
  }, 60_000);

  test('when an edge dies the call goes on by the next, and the PBX knows one contact', async () => {
    const second = await openTcpEdge(bed.pbx.sipUrl);
    try {
      phone = await bed.browser.open(setupFor([edge.url, second.url]));
      await phone.untilRegistered();
      const { customer } = await conversation();
      edge.cut();
      await until('known', () => phone.latest().registration.state === 'failed');
      await phone.wake('network');
      await phone.untilRegistered();
      expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected' });
      expect((await bed.pbx.cli('pjsip show contacts')).match(/Contact: {2}1001\//gu)).toHaveLength(
        1,
      );
      const held = await phone.command({
        kind: 'hold',
        callId: phone.latest().calls.at(-1)?.callId ?? '',
      });
      expect(held).toMatchObject({ ok: true });
      customer.hangUp();
      await phone.untilCall('ended', 3_000);
      const next = await conversation();
      await phone.command({ kind: 'end', callId: next.callId });
      await phone.untilCall('ended');
    } finally {
      second.close();
    }
  });

  test('waking connects anew at once', async () => {
    await register();
    edge.swallow();
    await pause(200);
    edge.mend();
    await phone.wake('resume');
    const wokenAt = performance.now();
    await until('away', () => phone.latest().registration.state !== 'registered');
    await phone.untilRegistered();
    expect(performance.now() - wokenAt).toBeLessThan(1_000);
  });

  test('a call whose PBX was restarted ends, and the next one works', async () => {
    await register();
    await conversation();
    await bed.pbx.kill();
    await pause(500);
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected' });
    await bed.pbx.startAgain();
    expect((await phone.untilCall('ended', 40_000)).end).toMatchObject({
      side: 'system',
      outcome: 'unreachable',
    });
    await phone.untilRegistered();
    const { callId } = await conversation();
    await phone.command({ kind: 'end', callId });
    await phone.untilCall('ended');
  }, 90_000);

  test('a call whose PBX never comes back ends by itself', async () => {
    await register();
    await conversation();
    await bed.pbx.kill();
    const ended = await phone.untilCall('ended', 50_000);
    expect(ended.end).toMatchObject({ side: 'system', outcome: 'unreachable' });
    await bed.pbx.startAgain();
  }, 70_000);

  test('a call that rings when the PBX dies does not ring for ever', async () => {
    await register();
    const customer = bed.farEnds.expect();
    await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
    await phone.untilCall('offered');
    await bed.pbx.kill();
    expect((await phone.untilCall('ended', 15_000)).end).toMatchObject({
      side: 'system',
      outcome: 'unreachable',
    });
    await bed.pbx.startAgain();
  }, 40_000);
});
