import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Playback, Sound } from '../../../scripts/display/pulseaudio.ts';
import { startSound } from '../../../scripts/display/pulseaudio.ts';
import { writeAgentVoice } from '../../../scripts/headless/agent-voice.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import { noDeviceSettings } from '../../../src/shared/ipc/devices.ts';
import { reasonToSkip } from '../../../scripts/platform/test-needs.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { until } from '../../support/engine-page/far-end.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import { closeWithoutErrors, startPhoneBed } from '../../support/engine-page/phone-bed.ts';

const missing = reasonToSkip(['Electron', 'virtual desk', 'Asterisk']);

const rmsOf = (samples: Float64Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / Math.max(1, samples.length));

describe.skipIf(missing !== null)('what is wrong with the agent’s voice', () => {
  let folder: string;
  let sound: Sound;
  let bed: PhoneBed;
  let phone: EnginePage;
  let speaking: readonly Playback[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-voice-test-'));
    sound = await startSound({ logDir: folder });
    bed = await startPhoneBed({ sound: sound.env });
    await writeAgentVoice(join(folder, 'voice.wav'), 60);
  });
  afterAll(async () => {
    await bed.stop();
    await sound.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    phone = await bed.registered();
  });
  afterEach(async () => {
    for (const one of speaking) one.stop();
    await closeWithoutErrors(phone);
  });

  const speak = () => {
    speaking = (['headset_mic', 'laptop_mic'] as const).map((microphone) =>
      sound.playIntoMicrophone(join(folder, 'voice.wav'), microphone),
    );
  };
  const word = () => phone.latest().voice?.word ?? null;
  const untilWord = (wanted: string | null) =>
    until(`the word ${wanted ?? 'nothing'}`, () => word() === wanted, 15_000);
  const inCall = async () => {
    const customer = bed.farEnds.expect();
    await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
    const { callId } = await phone.untilCall('offered');
    await phone.command({ kind: 'answer', callId });
    await phone.untilCall('connected');
    return { customer, callId };
  };
  const words = () => new Set(phone.snapshots.map(({ voice }) => voice?.word ?? null));

  test('a dead microphone is told of, and the word goes with the first word that is said', async () => {
    const { callId } = await inCall();
    await untilWord('silent');
    expect(phone.latest().voice).toEqual({ callId, word: 'silent' });
    speak();
    await untilWord(null);
    expect(words()).toEqual(new Set([null, 'silent']));
  });

  test('the system’s mute is told of, and so is whoever talks while muted', async () => {
    speak();
    const { customer, callId } = await inCall();
    const heard = () => rmsOf(customer.lastHeard(500));
    await until('the customer hears', () => heard() > 0.01);
    const muteSource = (on: boolean) =>
      runProgram('pactl', ['set-source-mute', 'headset_mic', on ? '1' : '0'], { env: sound.env });
    await muteSource(true);
    await untilWord('system_muted');
    await muteSource(false);
    await untilWord(null);
    await phone.command({ kind: 'mute', callId });
    await untilWord('muted_talking');
    expect(heard()).toBeLessThan(0.0005);
    await phone.command({ kind: 'unmute', callId });
    expect(word()).toBeNull();
    await until('the customer hears again', () => heard() > 0.01);
    expect(words()).toEqual(new Set([null, 'system_muted', 'muted_talking']));
  });

  test('a mute while one microphone hands over to another silences both', async () => {
    speak();
    const { customer, callId } = await inCall();
    const heard = () => rmsOf(customer.lastHeard(300));
    await until('the customer hears', () => heard() > 0.01);
    const laptop = () =>
      phone.latest().devices.microphones.find(({ label }) => label.includes('Laptop'));
    await until('the other microphone', () => laptop() !== undefined);
    // Where the exchange takes its time, the old one is heard until it is done.
    await phone.page.evaluate(() => {
      const replace = Object.getOwnPropertyDescriptor(RTCRtpSender.prototype, 'replaceTrack')
        ?.value as RTCRtpSender['replaceTrack'];
      RTCRtpSender.prototype.replaceTrack = async function slow(track) {
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        return replace.call(this, track);
      };
    });
    const microphone = laptop();
    if (microphone === undefined) throw new Error('no other microphone');
    await phone.changeSetup({ devices: { ...noDeviceSettings, microphone: [microphone] } });
    await pause(600);
    expect(await phone.command({ kind: 'mute', callId })).toMatchObject({ ok: true });
    // Sound is late by up to a second where a microphone is opened for the first time.
    await until('silence', () => heard() < 0.0005, 3_500);
    await pause(4_000);
    expect(heard()).toBeLessThan(0.0005);
    expect(phone.latest().calls.at(-1)).toMatchObject({ muted: true });
    expect(await phone.command({ kind: 'unmute', callId })).toMatchObject({ ok: true });
    await until('the customer hears the other one', () => heard() > 0.01);
  });
});
