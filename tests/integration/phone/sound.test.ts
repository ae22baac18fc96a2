import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sink, Sound } from '../../../scripts/display/pulseaudio.ts';
import { loudestDb } from '../../../scripts/display/read-wav.ts';
import { startSound } from '../../../scripts/display/pulseaudio.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import { reasonToSkip } from '../../../scripts/platform/test-needs.ts';
import { toDb } from '../../../src/shared/domain/sound/decibels.ts';
import { targetDb } from '../../../src/shared/domain/sound/evening.ts';
import { defaultSound, withProcessing } from '../../../src/shared/domain/sound/sound-settings.ts';
import type { DeviceRole } from '../../../src/shared/domain/devices/device.ts';
import { noDeviceSettings, type AudioDevice } from '../../../src/shared/ipc/devices.ts';
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { toneWav } from '../../support/engine-page/engine-page.ts';
import type { OutputPage } from '../../support/engine-page/output-page/output-page.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import { closeWithoutErrors, startPhoneBed } from '../../support/engine-page/phone-bed.ts';

const otherToneHz = 1_500;
const outputPagePath = 'tests/support/engine-page/output-page/index.html';
const missing = reasonToSkip(['Electron', 'virtual desk', 'Asterisk']);

describe.skipIf(missing !== null)('on real sound devices', () => {
  let folder: string;
  let sound: Sound;
  let bed: PhoneBed;
  let phone: EnginePage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-sound-test-'));
    sound = await startSound({ logDir: folder });
    bed = await startPhoneBed({ sound: sound.env, pages: [outputPagePath] });
    await writeFile(join(folder, 'agent.wav'), toneWav(agentToneHz));
    await writeFile(join(folder, 'other.wav'), toneWav(otherToneHz));
  });
  afterAll(async () => {
    await bed.stop();
    await sound.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    phone = await bed.registered();
  });
  afterEach(() => closeWithoutErrors(phone));

  /** Apart from what is said: a recording of the same name would be said from then on. */
  const recorded = (seconds: number, sink?: Sink) =>
    sound.captureHeadset(seconds, join(folder, `recorded-${sink ?? 'headset'}.wav`), sink);
  const heard = async (sink: Sink, seconds = 1) => (await recorded(seconds, sink)).rmsDb;
  const device = async (kind: 'microphones' | 'speakers', name: RegExp): Promise<AudioDevice> => {
    const named = () => phone.latest().devices[kind].find(({ label }) => name.test(label));
    await until(`${kind} listed`, () => named() !== undefined);
    const found = named();
    if (found === undefined) throw new Error(`no ${name.source}`);
    return found;
  };
  const rank = (first: Readonly<Partial<Record<DeviceRole, AudioDevice>>>) =>
    phone.changeSetup({
      devices: {
        ...noDeviceSettings,
        ...Object.fromEntries(Object.entries(first).map(([role, one]) => [role, [one]])),
      },
    });
  const customerCalls = async () => {
    const customer = bed.farEnds.expect();
    await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
    return { customer, ...(await phone.untilCall('offered')) };
  };

  test('devices are listed by name, aliases of the system left out', async () => {
    await device('microphones', /Headset_Microphone/u);
    await device('speakers', /Speakers/u);
    const { microphones, speakers } = phone.latest().devices;
    expect([...microphones, ...speakers].map(({ id }) => id)).not.toContain('default');
  });

  test('it rings at the ringer only, and stops at the answer', async () => {
    const ringer = await device('speakers', /Speakers/u);
    await rank({ ringer });
    const { callId } = await customerCalls();
    expect(await heard('speakers', 3)).toBeGreaterThan(-45);
    expect(await heard('headset')).toBeLessThan(-70);
    expect(phone.rings).toEqual([{ callIds: [callId], silence: null }]);
    await phone.command({ kind: 'answer', callId });
    expect(await heard('speakers')).toBeLessThan(-70);
  });

  test('a ring that is turned down to nothing is told to be so', async () => {
    await phone.changeSetup({ ringVolume: 0 });
    const { callId } = await customerCalls();
    await until('the account of the ring', () => phone.rings.length > 0);
    expect(phone.rings).toEqual([{ callIds: [callId], silence: 'volume_zero' }]);
  });

  test('a call that is answered by itself is told of in the headset, rings nowhere, and then both hear each other', async () => {
    sound.playIntoMicrophone(join(folder, 'agent.wav'), 'headset_mic');
    const ringer = await device('speakers', /Speakers/u);
    await phone.changeSetup({
      devices: { ...noDeviceSettings, ringer: [ringer] },
      incoming: { autoAnswerQueues: ['support'], directCalls: 'ring', duringCall: 'ring' },
    });
    const member = ['Interface', 'PJSIP/1001'] as const;
    await bed.pbx.action('QueueAdd', [['Queue', 'support'], [...member], ['MemberName', '1001']]);
    const customer = bed.farEnds.expect();
    const captured = Promise.all([recorded(4), recorded(4, 'speakers')]);
    // Recorders take a moment to begin.
    await pause(1_500);
    await bed.pbx.callFrom({ audioId: customer.id, target: 'queue-support' });
    const [headset, speakers] = await captured;
    expect(loudestDb(headset.samples, headset.sampleRate), 'the tone').toBeGreaterThan(-30);
    expect(loudestDb(speakers.samples, speakers.sampleRate), 'no ringing').toBeLessThan(-70);
    const { facts } = await phone.untilCall('connected');
    expect(facts.at(-1)).toMatchObject({ kind: 'answered', automatic: true });
    await until('the customer hears', () => customer.heardDb(agentToneHz) > -20);
    customer.say(1_000);
    await until('levels', () => (phone.levels.at(-1)?.speaker ?? 0) > 0.1);
    expect(await heard('headset')).toBeGreaterThan(-25);
    await bed.pbx.action('QueueRemove', [['Queue', 'support'], [...member]]);
  });

  test('a ringer that is unplugged does not silence the ring: it rings at every speaker', async () => {
    await rank({ ringer: { id: 'gone', label: 'Gone' } });
    await customerCalls();
    const both = await Promise.all([recorded(3, 'headset'), recorded(3, 'speakers')]);
    for (const { rmsDb } of both) expect(rmsDb).toBeGreaterThan(-45);
  });

  type WithOutput = { readonly outputPage: OutputPage };
  const both = ['Ringside_Headset', 'Ringside_Speakers'];

  test('a device that takes the ring and does not begin to play it leaves it to every other speaker', async () => {
    const page = await bed.browser.openRaw(outputPagePath);
    const word = await page.evaluate(
      (labels) => (window as unknown as WithOutput).outputPage.ring(labels[0] ?? '', labels),
      both,
    );
    expect(word).toBeNull();
    expect(await heard('speakers', 3)).toBeGreaterThan(-45);
    await page.evaluate(() => {
      (window as unknown as WithOutput).outputPage.stop();
    });
    await until('silence', async () => (await heard('speakers', 0.3)) < -70);
    await page.close();
  });

  test('what is closed or left on its way to another speaker does not take the page along', async () => {
    const page = await bed.browser.openRaw(outputPagePath);
    const crashes: string[] = [];
    page.on('crash', () => crashes.push('crash'));
    const states = await page.evaluate(
      (labels) => (window as unknown as WithOutput).outputPage.closedOnTheWay(labels, 12),
      both,
    );
    expect(new Set(states)).toEqual(new Set(['closed']));
    await page.evaluate(
      (labels) => (window as unknown as WithOutput).outputPage.onTheWay(labels, 6),
      both,
    );
    await page.reload();
    expect(await page.evaluate(() => document.title)).toBe('Output');
    expect(crashes).toEqual([]);
    await page.close();
  });

  test('the customer is heard where the agent chose, also in mid-call', async () => {
    const { customer, callId } = await customerCalls();
    await phone.command({ kind: 'answer', callId });
    customer.say(1_000);
    await until('levels', () => (phone.levels.at(-1)?.speaker ?? 0) > 0.1);
    expect(await heard('headset')).toBeGreaterThan(-25);
    const speaker = await device('speakers', /Speakers/u);
    await rank({ speaker });
    await until('moved', async () => (await heard('speakers', 0.5)) > -25);
    expect(await heard('headset')).toBeLessThan(-70);
  });

  test('another microphone takes over in mid-call, and a mute stays', async () => {
    sound.playIntoMicrophone(join(folder, 'agent.wav'), 'headset_mic');
    sound.playIntoMicrophone(join(folder, 'other.wav'), 'laptop_mic');
    const { customer, callId } = await customerCalls();
    await phone.command({ kind: 'answer', callId });
    await until('the headset is heard', () => customer.heardDb(agentToneHz) > -20);
    const microphone = await device('microphones', /Laptop_Microphone/u);
    await rank({ microphone });
    await until('the laptop is heard', () => customer.heardDb(otherToneHz) > -20);
    await phone.command({ kind: 'mute', callId });
    await rank({});
    await until('silence', () => customer.heardDb(otherToneHz) < -70);
    expect(customer.heardDb(agentToneHz)).toBeLessThan(-70);
    expect(phone.latest().calls.at(-1)).toMatchObject({ muted: true });
  });

  /** The highest sample of what the headset plays, dB of full scale. */
  const loudestSample = async () => {
    const { samples } = await recorded(1);
    return toDb(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32_768);
  };

  test('a bang is kept from the agent and noted, and so is what the agent found loud', async () => {
    const { customer, callId } = await customerCalls();
    await phone.command({ kind: 'answer', callId });
    customer.say(1_000, 32_000);
    await until('a note', () => phone.notes.length > 0);
    const peak = await loudestSample();
    expect(peak).toBeLessThan(defaultSound.ceilingDb + 1);
    expect(peak).toBeGreaterThan(defaultSound.ceilingDb - 4);
    await phone.command({ kind: 'was_loud', callId });
    await until('another note', () =>
      phone.notes.some(({ note }) => note.kind === 'loud' && note.byKey),
    );
    for (const { callId: of, note } of phone.notes) {
      expect(of).toBe(callId);
      expect(note).toMatchObject({ kind: 'loud' });
      // As it came in, not as it was let through.
      if (note.kind === 'loud') expect(note.peakDbfs).toBeGreaterThan(-3);
    }
    await phone.changeSetup({ sound: { ...defaultSound, limiter: false } });
    await until('it is as loud as it came', async () => (await loudestSample()) > -3);
  });

  test('a call is made quieter and louder by itself, and evened out where that is wanted', async () => {
    const { customer, callId } = await customerCalls();
    await phone.command({ kind: 'answer', callId });
    customer.say(1_000, 2_000);
    // A sine of 2 000 of 32 767.
    const cameDb = -27.3;
    await until('as it came', async () => Math.abs((await heard('headset', 0.5)) - cameDb) < 1.5);
    await phone.command({ kind: 'set_volume', callId, volumeDb: -12 });
    expect(phone.latest().sound?.volumes).toEqual({ [callId]: -12 });
    await until(
      '12 dB less',
      async () => Math.abs((await heard('headset', 0.5)) - cameDb + 12) < 1.5,
    );
    await phone.command({ kind: 'set_volume', callId, volumeDb: 0 });
    // Of 700: 10 dB are missing.
    customer.say(1_000, 700);
    await phone.changeSetup({ sound: { ...defaultSound, evenOut: true } });
    await until(
      'evened out',
      async () => Math.abs((await heard('headset', 0.5)) - targetDb) < 2,
      15_000,
    );
  });

  test('strong noise suppression is switched in mid-call: what is no voice goes, a mute stays', async () => {
    sound.playIntoMicrophone(join(folder, 'agent.wav'), 'headset_mic');
    const { customer, callId } = await customerCalls();
    await phone.command({ kind: 'answer', callId });
    // A steady tone is a noise.
    await until('the tone is sent', () => customer.heardDb(agentToneHz) > -20);
    const { label } = await device('microphones', /Headset_Microphone/u);
    const strong = (strongSuppression: boolean) =>
      phone.changeSetup({
        sound: withProcessing(defaultSound, label, {
          ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false },
          strongSuppression,
        }),
      });
    await strong(true);
    await until('it is on', () => phone.latest().sound?.suppression === 'on');
    await until('the tone is gone', () => customer.heardDb(agentToneHz) < -40);
    await until('its cost is told', () => (phone.levels.at(-1)?.suppressionLoad ?? 0) > 0);
    await phone.command({ kind: 'mute', callId });
    await strong(false);
    await until('it is off', () => phone.latest().sound?.suppression === 'off');
    await pause(500);
    expect(customer.heardDb(agentToneHz)).toBeLessThan(-70);
    await phone.command({ kind: 'unmute', callId });
    sound.playIntoMicrophone(join(folder, 'agent.wav'), 'headset_mic');
    await until('the tone is sent again', () => customer.heardDb(agentToneHz) > -20);
  });

  test('the microphone is open in calls only', async () => {
    const isOpen = async () => {
      const { output } = await runProgram('pactl', ['list', 'short', 'source-outputs'], {
        env: sound.env,
      });
      // The others are the sound server's own.
      return output.includes('protocol-native');
    };
    await until('closed', async () => !(await isOpen()));
    const { callId } = await customerCalls();
    await until('open', isOpen);
    await phone.command({ kind: 'reject', callId });
    await until('closed', async () => !(await isOpen()));
  });
});
