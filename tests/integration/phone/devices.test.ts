import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Playback } from '../../../scripts/display/pulseaudio.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import { reasonToSkip } from '../../../scripts/platform/test-needs.ts';
import type { CheckTelling } from '../../../src/shared/ipc/shift-check.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import { closeWithoutErrors } from '../../support/engine-page/phone-bed.ts';
import {
  answeredCustomer,
  customerToneHz,
  type DeviceBed,
  laptopToneHz,
  listenAt,
  listedDevice,
  offersSent,
  rankHeadsetFirst,
  startDeviceBed,
} from '../../support/headset/device-bed.ts';

/** The last of the ring's four bells. */
const ringHz = 1_046.5;
const missing = reasonToSkip(['Electron', 'virtual desk', 'Asterisk']);

describe.skipIf(missing !== null)('devices that come and go', () => {
  let devices: DeviceBed;
  let phone: EnginePage;
  const playing: Playback[] = [];

  beforeAll(async () => {
    devices = await startDeviceBed();
  });
  afterAll(() => devices.stop());
  beforeEach(async () => {
    phone = await devices.bed.registered();
  });
  afterEach(async () => {
    for (const playback of playing.splice(0)) playback.stop();
    await closeWithoutErrors(phone);
  });

  test('a headset that is pulled out in a call is replaced without a word to the PBX, told of, and offered when it is back', async () => {
    playing.push(devices.say('headset_mic'), devices.say('laptop_mic'));
    const { microphone, laptop, speaker, speakers } = await rankHeadsetFirst(phone);
    const { customer, callId } = await answeredCustomer(devices.bed, phone);
    await until('the headset is heard', () => customer.heardDb(agentToneHz) > -25);
    const before = await offersSent(phone);

    await devices.plug.unplug();
    await until('the laptop is heard', () => customer.heardDb(laptopToneHz) > -25);
    await until('told', () => phone.latest().devices.replaced?.number === 1);
    expect(phone.latest().devices).toMatchObject({
      inUse: { microphone: laptop, speaker: speakers },
      replaced: { inCall: true, why: 'gone' },
      problem: null,
    });
    await until('the customer is heard there', async () => (await devices.heard('speakers')) > -25);
    const lostOf = (device: string) =>
      phone.notes.find(({ note }) => note.kind === 'device_lost' && note.device === device);
    await until(
      'noted',
      () => lostOf('microphone') !== undefined && lostOf('speaker') !== undefined,
    );
    // How long there was no sound is what the verdict on a call goes by.
    const gapMs = expect.any(Number) as unknown;
    expect(lostOf('microphone')).toMatchObject({
      callId,
      note: { name: microphone.label, replacedBy: laptop.label, gapMs },
    });
    expect(lostOf('speaker')).toMatchObject({
      callId,
      note: { name: speaker.label, replacedBy: speakers.label, gapMs },
    });
    // At the next speaker as well a bang is kept from the agent.
    customer.say(customerToneHz, 32_000);
    await until('a bang is noted', () => phone.notes.some(({ note }) => note.kind === 'loud'));
    customer.say(customerToneHz);
    expect(phone.latest().calls.at(-1)).toMatchObject({ state: 'connected', muted: false });
    expect(await offersSent(phone)).toBe(before);

    await devices.plug.plug();
    await until('offered', () => (phone.latest().devices.offered ?? []).length === 2);
    expect(phone.latest().devices.inUse).toMatchObject({ microphone: laptop });
    await phone.orderDevices({ kind: 'take', yes: true });
    await until('the headset is heard again', () => customer.heardDb(agentToneHz) > -25);
    await until(
      'the customer is heard there again',
      async () => (await devices.heard('headset')) > -25,
    );
    expect(phone.latest().devices.offered).toEqual([]);
  });

  test('a headset that became a telephone is noticed by the rate of its open microphone', async () => {
    await rankHeadsetFirst(phone);
    await phone.page.evaluate(() => {
      // What Windows and macOS tell of a Bluetooth headset in its hands-free profile; the sound server here has none.
      MediaStreamTrack.prototype.getCapabilities = () => ({
        sampleRate: { min: 16_000, max: 48_000 },
      });
    });
    expect(phone.latest().devices.handsFree).toBe(false);
    await answeredCustomer(devices.bed, phone);
    await until('noticed', () => phone.latest().devices.handsFree === true);
  });

  test('every microphone shows how loud it is while somebody looks, and every speaker can be tried', async () => {
    playing.push(devices.say('headset_mic'));
    const microphone = await listedDevice(phone, 'microphones', /Headset_Microphone/u);
    const laptop = await listedDevice(phone, 'microphones', /Laptop_Microphone/u);
    const speakers = await listedDevice(phone, 'speakers', /Speakers/u);
    await phone.orderDevices({ kind: 'meter', on: true });
    const levels = () => {
      const report = phone.deviceReports.findLast(({ kind }) => kind === 'levels');
      return report?.kind === 'levels' ? report.levels : {};
    };
    await until('both are measured', () => (levels()[microphone.id] ?? 0) > 0.1);
    expect(levels()[laptop.id]).toBeLessThan(0.01);
    await phone.orderDevices({ kind: 'meter', on: false });
    await until('none is open', async () => {
      const args = ['list', 'short', 'source-outputs'];
      return !(await runProgram('pactl', args, { env: devices.sound.env })).output.includes(
        'native',
      );
    });

    const id = randomUUID();
    // A sound that is played once is over before a recorder has begun.
    const ear = listenAt(devices.sound, 'speakers');
    await until('the ear is open', ear.isOpen);
    await phone.orderDevices({ kind: 'test', id, sound: 'ring', deviceId: speakers.id });
    await until('heard', () => ear.loudestDb(ringHz) > -50);
    ear.stop();
    await until('told', () => phone.deviceReports.some((one) => one.kind === 'tested'));
    expect(phone.deviceReports.at(-1)).toEqual({ kind: 'tested', id, played: true });
  });

  const checked = async <Kind extends CheckTelling['kind']>(
    runId: string,
    what: 'voice' | 'tone',
    kind: Kind,
  ): Promise<Extract<CheckTelling, { readonly kind: Kind }>> => {
    const before = phone.checkTold.length;
    await phone.orderCheck({ runId, what });
    const told = () => phone.checkTold.slice(before).find((each) => each.kind === kind);
    await until(`${what} told`, () => told() !== undefined, 20_000);
    // Found by its kind.
    return told() as Extract<CheckTelling, { readonly kind: Kind }>;
  };

  test('a shift-start check hears a voice over its room, its own notes where they come back, and is over with a call', async () => {
    await rankHeadsetFirst(phone);
    const runId = randomUUID();
    const hearing = checked(runId, 'voice', 'voice');
    await until('the voice is asked for', () =>
      phone.checkTold.some(({ kind }) => kind === 'speak'),
    );
    playing.push(devices.say('headset_mic', true));
    const { microphone } = await hearing;
    expect(microphone).toMatchObject({ state: 'heard', clippedPercent: 0, handsFree: false });
    expect(microphone.speechDbfs).toBeGreaterThan(-30);
    expect(microphone.noiseDbfs).toBeLessThan(-60);

    const loop = 'load-module module-loopback source=headset.monitor sink=headset_mic_feed';
    await runProgram('pactl', loop.split(' '), { env: devices.sound.env });
    const open = await checked(runId, 'tone', 'tone');
    await runProgram('pactl', ['unload-module', 'module-loopback'], { env: devices.sound.env });
    expect(open).toMatchObject({ played: true, heard: true });
    // Nothing weakens it here.
    expect(Math.abs(open.echoLossDb ?? 99)).toBeLessThan(12);

    const before = phone.checkTold.length;
    const voices = () => phone.checkTold.slice(before);
    await phone.orderCheck({ runId, what: 'voice' });
    await until('it listens', () => voices().some(({ kind }) => kind === 'level'));
    await answeredCustomer(devices.bed, phone);
    const count = phone.checkTold.length;
    await phone.orderCheck({ runId, what: 'tone' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(phone.checkTold).toHaveLength(count);
    expect(voices().some(({ kind }) => kind === 'voice')).toBe(false);
  });
});
