import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { reasonToSkip } from '../../../scripts/platform/test-needs.ts';
import type { PhoneSnapshot } from '../../../src/shared/ipc/phone.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { agentToneHz, type FarEnd, until } from '../../support/engine-page/far-end.ts';
import { closeWithoutErrors } from '../../support/engine-page/phone-bed.ts';
import type { LivingHeadset } from '../../support/headset/firmware.ts';
import { type HeadsetPhone, startHeadsetPhone } from '../../support/headset/headset-phone.ts';
import { interleaveMany } from '../../support/headset/interleaving.ts';
import { logitech, telephonyModels } from '../../support/headset/models.ts';
import { seededRandom } from '../../support/seeded-random.ts';

type Name = keyof typeof telephonyModels;

const names = Object.keys(telephonyModels) as Name[];
const missing = reasonToSkip(['Electron', 'virtual desk', 'Asterisk']);
const audibleDb = -20;
const silentDb = -70;
/** Whatever would be written wrongly was written by then, and no echo is awaited any more. */
const restMs = 650;

describe.skipIf(missing !== null)('headsets, by what goes over the wire', () => {
  let bed: HeadsetPhone;
  let phone: EnginePage;
  const headset = {} as Record<Name, LivingHeadset>;
  const plugged: LivingHeadset[] = [];

  // One phone for all of them: what one leaves behind the next would see.
  beforeAll(async () => {
    bed = await startHeadsetPhone(...Object.values(telephonyModels), logitech);
    for (const [index, name] of names.entries()) {
      const made = bed.headsets[index];
      if (made !== undefined) headset[name] = made;
    }
    phone = await bed.registered();
  });
  afterAll(async () => {
    try {
      await closeWithoutErrors(phone);
    } finally {
      await bed.stop();
    }
  });
  afterEach(async () => {
    const left = call();
    if (left !== undefined) {
      const kind = left.state === 'offered' ? 'reject' : 'end';
      await phone.command({ kind, callId: left.callId });
      await over();
    }
    for (const one of plugged.splice(0)) if (one.isPlugged()) await one.unplug();
    await until('all are gone', () => (phone.latest().headsets ?? []).length === 0);
  });

  const plug = async (name: Name): Promise<LivingHeadset> => {
    const one = headset[name];
    const before = phone.latest().headsets?.length ?? 0;
    plugged.push(one);
    await one.plug();
    await until('it is known', () => phone.latest().headsets?.length === before + 1);
    return one;
  };
  const call = (): PhoneSnapshot['calls'][number] | undefined =>
    phone.latest().calls.findLast(({ state }) => state !== 'ended');
  const connected = () => {
    const now = call();
    return now?.state === 'connected' ? now : null;
  };
  const rings = async (): Promise<FarEnd> => {
    const customer = bed.farEnds.expect();
    await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
    await until('it rings', () => call()?.state === 'offered');
    return customer;
  };
  const answered = async (by: LivingHeadset): Promise<FarEnd> => {
    const customer = await rings();
    await by.lightsBecome({ ring: true });
    await by.press('hook');
    await phone.untilCall('connected');
    return customer;
  };
  const heard = (customer: FarEnd, isHeard: boolean) =>
    until(isHeard ? 'the customer hears' : 'the customer hears nothing', () => {
      const level = customer.heardDb(agentToneHz);
      return isHeard ? level > audibleDb : level < silentDb;
    });
  const over = () => until('the call is over', () => call() === undefined);

  test.each(names)(
    '%s: answers, mutes, holds and ends by its buttons, and its lights say so',
    async (name) => {
      const one = await plug(name);
      const { lights, buttons } = one.model;
      const customer = await answered(one);
      await one.lightsBecome({ offHook: true, ring: false, mute: false });
      await heard(customer, true);

      await one.press('mute');
      await one.lightsBecome({ offHook: true, mute: true });
      await heard(customer, false);
      expect(connected()?.muted).toBe(true);
      await phone.command({ kind: 'unmute', callId: connected()?.callId ?? '' });
      await one.lightsBecome({ offHook: true, mute: false });
      await heard(customer, true);
      await one.press('mute');
      await one.lightsBecome({ mute: true });

      if (buttons.flash === undefined) {
        await phone.command({ kind: 'hold', callId: connected()?.callId ?? '' });
      } else await one.press('flash');
      await until('it is held', () => connected()?.hold === 'local');
      if (lights.hold !== undefined) await one.lightsBecome({ hold: true });
      // Two reports of a mute that come closer together would be a button that was pressed and let go.
      await pause(restMs);
      // What the headset says of the lights that it was given is no press.
      expect(connected()).toMatchObject({ hold: 'local', muted: true });
      await phone.command({ kind: 'resume', callId: connected()?.callId ?? '' });
      await until('it goes on', () => connected()?.hold === 'none');
      await one.lightsBecome({ hold: false, offHook: true });
      await one.press('mute');
      await one.lightsBecome({ mute: false });
      await until('it is not muted', () => connected()?.muted === false);

      await one.press('hook');
      await over();
      await one.lightsBecome({ offHook: false, ring: false, mute: false, hold: false });
    },
  );

  test.each(['jabra', 'jabraConstant', 'yealink'] as const)(
    '%s: its own button rejects what rings',
    async (name) => {
      const one = await plug(name);
      await rings();
      await one.lightsBecome({ ring: true });
      await one.press(one.model.buttons.reject === undefined ? 'drop' : 'reject');
      const { end } = await phone.untilCall('ended');
      expect(end.outcome).toBe('rejected');
      await one.lightsBecome({ ring: false, offHook: false });
    },
  );

  test('a headset that is plugged in during a call shows it and takes part; unplugged, the call goes on', async () => {
    const customer = await rings();
    await phone.command({ kind: 'answer', callId: call()?.callId ?? '' });
    await phone.untilCall('connected');
    const one = await plug('jabra');
    await one.lightsBecome({ offHook: true });
    await one.press('mute');
    await one.lightsBecome({ mute: true });
    await heard(customer, false);
    await one.unplug();
    await until('it is gone', () => phone.latest().headsets?.length === 0);
    expect(connected()?.muted).toBe(true);
    await one.plug();
    await one.lightsBecome({ offHook: true, mute: true });
    await one.press('mute');
    await heard(customer, true);
    await one.press('hook');
    await over();
  });

  test('one that went away in a call that ended without it is put out when it comes back', async () => {
    const one = await plug('jabra');
    await answered(one);
    await one.lightsBecome({ offHook: true });
    await one.unplug();
    await until('it is gone', () => phone.latest().headsets?.length === 0);
    await phone.command({ kind: 'end', callId: call()?.callId ?? '' });
    await over();
    await one.plug();
    await one.lightsBecome({ offHook: false, microphone: false });
    // What it shows from here on is nobody's debt of ours.
    await one.unplug();
    await until('it is gone', () => phone.latest().headsets?.length === 0);
    await one.plug();
    await until('it is known', () => phone.latest().headsets?.length === 1);
    await pause(restMs);
    expect(one.reports()).toHaveLength(0);
  });

  test('a line to an agent’s call: lit off-hook, muted by its button where somebody hears, left by its hook', async () => {
    const one = await plug('jabra');
    const joinId = '0197aa00-0000-4000-8000-000000000002';
    const order = { joinId, microphoneOpen: false, takeOver: null };
    const join = () => phone.latest().join ?? null;
    await phone.orderJoin(order);
    await bed.pbx.action('Originate', [
      ['Channel', 'PJSIP/1001'],
      ['Application', 'Wait'],
      ['Data', '60'],
      ['Async', 'true'],
      ['Variable', `PJSIP_HEADER(add,X-Ringside-Supervise)=${joinId}`],
    ]);
    await until('it listens', () => join()?.state === 'connected');
    await one.lightsBecome({ offHook: true, mute: true, ring: false });
    await one.press('mute');
    await pause(restMs);
    expect(phone.headsetAsked).toEqual([]);
    expect(one.lights()).toMatchObject({ offHook: true, mute: true });

    await phone.orderJoin({ ...order, microphoneOpen: true });
    await one.lightsBecome({ offHook: true, mute: false });
    await one.press('mute');
    await one.lightsBecome({ mute: true });
    await until('the microphone is closed', () => join()?.microphone === 'closed');
    await until('it is to listen', () => phone.headsetAsked.length === 1);
    expect(phone.headsetAsked).toEqual([{ what: 'listen' }]);
    await phone.orderJoin(order);

    await one.press('hook');
    await until('it is to be left', () => phone.headsetAsked.length === 2);
    expect(phone.headsetAsked.at(-1)).toEqual({ what: 'leave_join' });
    await phone.orderJoin({ ...order, joinId: null });
    await one.lightsBecome({ offHook: false, mute: false, microphone: false });
    expect(join()).toBeNull();
    expect(phone.latest().calls.filter(({ state }) => state !== 'ended')).toEqual([]);
  });

  test('two headsets: each answers and mutes, and both show it', async () => {
    const one = await plug('jabra');
    const other = await plug('poly');
    const customer = await answered(other);
    await one.lightsBecome({ offHook: true, ring: false });
    await one.press('mute');
    await other.lightsBecome({ mute: true });
    await other.press('mute');
    await one.lightsBecome({ mute: false });
    await heard(customer, true);
    await one.press('hook');
    await over();
    await other.lightsBecome({ offHook: false });
  });

  test('in any order of deeds, presses and plugs: at rest screen, lights and sound agree', async () => {
    const headsets = [await plug('jabra'), await plug('poly')];
    const scene = { bed, phone, headsets, random: seededRandom(7) };
    const wrong: unknown[] = [];
    await interleaveMany(scene, 5, (outcome) => wrong.push(outcome));
    expect(wrong).toEqual([]);
  });

  test('without a call of ours nothing is written to it, whatever is pressed: it is another program’s', async () => {
    const one = await plug('jabra');
    await pause(restMs);
    const before = one.reports().length;
    await one.send('hook');
    await one.send('hook', 'mute');
    await one.send('hook');
    await one.send();
    await pause(restMs);
    expect(one.reports()).toHaveLength(before);
    expect(call()).toBeUndefined();
  });

  test('a device with volume keys alone is no headset', async () => {
    const volumeKeys = bed.headsets.at(-1);
    await volumeKeys?.plug();
    const one = await plug('epos');
    expect(phone.latest().headsets?.map((view) => view.name)).toEqual([one.model.product]);
    await volumeKeys?.unplug();
  });

  test('a page that watches is told of the descriptor, and of what goes in and out', async () => {
    const one = await plug('jabraConstant');
    await phone.watchHeadsets(true);
    await until('all of it', () => phone.headsetNews.length > 0);
    expect(phone.headsetNews[0]).toMatchObject({
      whole: true,
      headsets: expect.arrayContaining([
        expect.objectContaining({
          productName: one.model.product,
          vendorId: one.model.vendorId,
          present: true,
        }),
      ]) as unknown,
    });
    const from = phone.headsetNews.length;
    await answered(one);
    await one.press('hook');
    await over();
    const kinds = () =>
      new Set(
        phone.headsetNews
          .slice(from)
          .flatMap(({ entries }) => entries)
          .map(({ kind }) => kind),
      );
    await until('each kind', () =>
      ['in', 'out', 'wish', 'press'].every((kind) => kinds().has(kind as never)),
    );
    await phone.watchHeadsets(false);
    const told = phone.headsetNews.length;
    await one.press('hook');
    await pause(restMs);
    expect(phone.headsetNews).toHaveLength(told);
  });

  test('an agent who does not want its buttons: the headset is left alone', async () => {
    const one = await plug('generic');
    const settings = { use: true, unused: [], spareButton: 'nothing' } as const;
    await phone.changeSetup({ headset: { ...settings, use: false } });
    await rings();
    await pause(restMs);
    expect(one.lights().ring ?? false).toBe(false);
    await phone.changeSetup({ headset: settings });
  });

  // The last ones: they leave a phone that has just begun.
  test('what a phone that died left lit is put out by the next one', async () => {
    const one = await plug('jabra');
    await answered(one);
    await one.press('mute');
    await one.lightsBecome({ offHook: true, mute: true });
    await phone.page.reload();
    await one.lightsBecome({ offHook: false, mute: false });
  });

  test('also one that was not plugged in when that one began', async () => {
    await phone.untilRegistered();
    const one = await plug('jabra');
    await answered(one);
    await one.lightsBecome({ offHook: true });
    await one.unplug();
    await until('it is gone', () => phone.latest().headsets?.length === 0);
    const before = phone.latest().engineId;
    await phone.page.reload();
    await until('another phone', () => phone.latest().engineId !== before);
    await phone.untilRegistered();
    await one.plug();
    await one.lightsBecome({ offHook: false, microphone: false });
  });
});
