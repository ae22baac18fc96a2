import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mintRelay } from '../../../src/backend/relay.ts';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import { closeWithoutErrors, setupFor } from '../../support/engine-page/phone-bed.ts';
import {
  type Conversation,
  converse,
  type NetworkBed,
  openPhone,
  startNetworkBed,
} from '../../support/network/network-bed.ts';
import { startRelay } from '../../support/network/relay.ts';

const missing = reasonToSkip([...windowNeeds, 'Asterisk', 'desk network']);
const patienceMs = 20_000;

describe.skipIf(missing !== null)('in a network that fails', () => {
  let bed: NetworkBed;
  let phone: EnginePage;
  let conversation: Conversation;

  beforeAll(async () => {
    bed = await startNetworkBed();
    phone = await openPhone(bed);
  }, 60_000);
  afterAll(async () => {
    await closeWithoutErrors(phone);
    await bed.stop();
  });
  afterEach(async () => {
    await bed.network.set({});
  });

  const nowMs = () => performance.timeOrigin + performance.now();
  const lostPaths = () => phone.latest().lostPaths ?? [];
  const expectBothHear = async (since: number, lastsMs?: number) => {
    expect(await conversation.heardAgain(since, patienceMs, lastsMs)).toEqual({
      byCustomer: expect.any(Number) as number,
      byAgent: expect.any(Number) as number,
    });
    expect(conversation.isUp()).toBe(true);
  };

  test('an outage is said, and sound and signalling come back after it', async () => {
    conversation = await converse(bed, phone);
    await bed.network.set({ isDown: true });
    await until('the path is said to be lost', () => lostPaths().length > 0, patienceMs);
    expect(lostPaths()).toMatchObject([{ callId: conversation.callId }]);
    await until(
      'the link is given up as well',
      () => phone.latest().registration.state === 'failed',
      patienceMs,
    );
    await bed.network.set({});
    await expectBothHear(nowMs());
    await until('said to be back', () => lostPaths().length === 0, patienceMs);
    await phone.untilRegistered();
  }, 90_000);

  test('sound that finds no way while signalling does is offered another one', async () => {
    const offers = async () =>
      (await phone.traffic()).filter(({ way, text }) => way === 'out' && text.startsWith('INVITE'))
        .length;
    const before = await offers();
    await bed.network.set({ isUdpBlocked: true });
    await until('another way is offered', async () => (await offers()) > before, patienceMs);
    expect(phone.latest().registration.state).toBe('registered');
    await bed.network.set({});
    await expectBothHear(nowMs());
  }, 60_000);

  test('a desk that moves to another network keeps its call', async () => {
    await bed.network.unplug('eth0');
    const since = nowMs();
    await bed.network.plug('wlan0', 3);
    await phone.wake('moved');
    await pause(500);
    await expectBothHear(since, 800);
    await phone.untilRegistered();
    conversation.customer.hangUp();
    await phone.untilCall('ended', patienceMs);
  }, 90_000);

  test('where no UDP passes sound goes by the relay, in another network and with another account too', async () => {
    const { secret, stop } = await startRelay(bed.network.machine);
    const urls = [`turns:${bed.network.machine}:443?transport=tcp`];
    const account = () => mintRelay({ urls, secret }, '1001', Date.now() + 3_600_000);
    try {
      await closeWithoutErrors(phone);
      await bed.network.set({ isUdpBlocked: true });
      phone = await openPhone(bed, account());
      conversation = await converse(bed, phone);
      await expectBothHear(nowMs());
      const { account: before } = setupFor(bed.bed.pbx.sipUrl);
      await phone.changeSetup({ account: before && { ...before, relay: account() } });
      await bed.network.unplug('wlan0');
      const since = nowMs();
      await bed.network.plug('eth0', 4);
      await phone.wake('moved');
      await expectBothHear(since, 800);
      await until('the word on the line', () => phone.levels.at(-1)?.line !== undefined);
      const path = phone.levels.findLast(({ line }) => line !== undefined)?.line?.desk?.path;
      expect(path).toMatchObject({ local: 'relay' });
    } finally {
      await stop();
    }
  }, 90_000);
});
