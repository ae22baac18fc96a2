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
import type { EnginePage } from '../../support/engine-page/engine-page.ts';
import { toneWav } from '../../support/engine-page/engine-page.ts';
import { agentToneHz, until } from '../../support/engine-page/far-end.ts';
import type { PhoneBed } from '../../support/engine-page/phone-bed.ts';
import { closeWithoutErrors, startPhoneBed } from '../../support/engine-page/phone-bed.ts';

const otherToneHz = 1_500;
const missing = reasonToSkip(['Electron', 'virtual desk', 'Asterisk']);

describe.skipIf(missing !== null)('on real sound devices', () => {
  let folder: string;
  let sound: Sound;
  let bed: PhoneBed;
  let phone: EnginePage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-sound-test-'));
    sound = await startSound({ logDir: folder });
    bed = await startPhoneBed({ sound: sound.env });
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

  const heard = async (sink: Sink, seconds = 1) =>
    (await sound.captureHeadset(seconds, join(folder, 'heard.wav'), sink)).rmsDb;
  const device = async (kind: 'microphones' | 'speakers', name: RegExp) => {
    const named = () => phone.latest().devices[kind].find(({ label }) => name.test(label));
    await until(`${kind} listed`, () => named() !== undefined);
    return named()?.id ?? null;
  };
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
    await phone.changeSetup({ devices: { microphone: null, speaker: null, ringer } });
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
      devices: { microphone: null, speaker: null, ringer },
      incoming: { autoAnswerQueues: ['support'], directCalls: 'ring', duringCall: 'ring' },
    });
    const member = ['Interface', 'PJSIP/1001'] as const;
    await bed.pbx.action('QueueAdd', [['Queue', 'support'], [...member], ['MemberName', '1001']]);
    const customer = bed.farEnds.expect();
    const captured = Promise.all([
      sound.captureHeadset(4, join(folder, 'zip.wav')),
      sound.captureHeadset(4, join(folder, 'no-ring.wav'), 'speakers'),
    ]);
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

  test('a ringer that is unplugged does not silence the ring: it rings at the system’s', async () => {
    await phone.changeSetup({ devices: { microphone: null, speaker: null, ringer: 'gone' } });
    await customerCalls();
    expect(await heard('headset', 3)).toBeGreaterThan(-45);
  });

  test('the customer is heard where the agent chose, also in mid-call', async () => {
    const { customer, callId } = await customerCalls();
    await phone.command({ kind: 'answer', callId });
    customer.say(1_000);
    await until('levels', () => (phone.levels.at(-1)?.speaker ?? 0) > 0.1);
    expect(await heard('headset')).toBeGreaterThan(-25);
    const speaker = await device('speakers', /Speakers/u);
    await phone.changeSetup({ devices: { microphone: null, speaker, ringer: null } });
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
    await phone.changeSetup({ devices: { microphone, speaker: null, ringer: null } });
    await until('the laptop is heard', () => customer.heardDb(otherToneHz) > -20);
    await phone.command({ kind: 'mute', callId });
    await phone.changeSetup({ devices: { microphone: null, speaker: null, ringer: null } });
    await until('silence', () => customer.heardDb(otherToneHz) < -70);
    expect(customer.heardDb(agentToneHz)).toBeLessThan(-70);
    expect(phone.latest().calls.at(-1)).toMatchObject({ muted: true });
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
