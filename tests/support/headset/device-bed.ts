import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Microphone,
  type Playback,
  type Sink,
  type Sound,
  startSound,
} from '../../../scripts/display/pulseaudio.ts';
import { toneDb } from '../../../scripts/display/levels.ts';
import { type AudioDevice, noDeviceSettings } from '../../../src/shared/ipc/devices.ts';
import { type EnginePage, toneWav } from '../engine-page/engine-page.ts';
import { agentToneHz, type FarEnd, until } from '../engine-page/far-end.ts';
import { type PhoneBed, startPhoneBed } from '../engine-page/phone-bed.ts';
import { headsetBed } from './headset-bed.ts';
import { jabra } from './models.ts';
import { soundPlug, type SoundPlug } from './sound-plug.ts';

/** What is said into the laptop's microphone; `agentToneHz` is said into the headset's. */
export const laptopToneHz = 1_500;
export const customerToneHz = 1_000;

/** The phone in a real Electron with real sound devices, one of which can be pulled out, at a real PBX. */
export type DeviceBed = {
  readonly sound: Sound;
  readonly bed: PhoneBed;
  readonly plug: SoundPlug;
  /** Says its tone for ten seconds; again and again where `forEver`. */
  readonly say: (into: Microphone, forEver?: boolean) => Playback;
  readonly heard: (sink: Sink, seconds?: number) => Promise<number>;
  readonly stop: () => Promise<void>;
};

export const startDeviceBed = async (): Promise<DeviceBed> => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-devices-'));
  const sound = await startSound({ logDir: folder });
  const headsets = await headsetBed(jabra);
  const [headset] = headsets.headsets;
  if (headset === undefined) throw new Error('the bed has no headset');
  const bed = await startPhoneBed({ sound: sound.env, headsets: headsets.env });
  const files = { headset_mic: agentToneHz, laptop_mic: laptopToneHz };
  for (const [name, hertz] of Object.entries(files)) {
    await writeFile(join(folder, `${name}.wav`), toneWav(hertz));
  }
  const once = (into: Microphone): Playback =>
    sound.playIntoMicrophone(join(folder, `${into}.wav`), into);
  return {
    sound,
    bed,
    plug: soundPlug(sound, headset),
    say: (into, forEver = false) => {
      if (!forEver) return once(into);
      let stopped = false;
      let playing = once(into);
      const again = (): void => {
        if (stopped) return;
        playing = once(into);
        playing.finished.then(again, again);
      };
      playing.finished.then(again, again);
      return {
        finished: playing.finished,
        stop: () => {
          stopped = true;
          playing.stop();
        },
      };
    },
    heard: async (sink, seconds = 0.5) =>
      (await sound.captureHeadset(seconds, join(folder, `${sink}.wav`), sink)).rmsDb,
    stop: async () => {
      await bed.stop();
      await headsets.stop();
      await sound.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A device as the phone lists it. */
export const listedDevice = async (
  phone: EnginePage,
  kind: 'microphones' | 'speakers',
  name: RegExp,
): Promise<AudioDevice> => {
  const named = () => phone.latest().devices[kind].find(({ label }) => name.test(label));
  await until(`${kind} listed`, () => named() !== undefined);
  const found = named();
  if (found === undefined) throw new Error(`no ${name.source}`);
  return found;
};

/** The headset first, then the laptop, both ways. */
export const rankHeadsetFirst = async (phone: EnginePage) => {
  const ranked = {
    microphone: await listedDevice(phone, 'microphones', /Headset_Microphone/u),
    laptop: await listedDevice(phone, 'microphones', /Laptop_Microphone/u),
    speaker: await listedDevice(phone, 'speakers', /Headset$/u),
    speakers: await listedDevice(phone, 'speakers', /Speakers/u),
  };
  const { microphone, laptop, speaker, speakers } = ranked;
  await phone.changeSetup({
    devices: {
      ...noDeviceSettings,
      microphone: [microphone, laptop],
      speaker: [speaker, speakers],
    },
  });
  return ranked;
};

/** A customer who calls and is answered. */
export const answeredCustomer = async (
  bed: PhoneBed,
  phone: EnginePage,
): Promise<{ readonly customer: FarEnd; readonly callId: string }> => {
  const customer = bed.farEnds.expect();
  await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
  const { callId } = await phone.untilCall('offered');
  await phone.command({ kind: 'answer', callId });
  await phone.untilCall('connected');
  customer.say(customerToneHz);
  return { customer, callId };
};

/** How often the phone asked for another session description: a new device must not need one. */
export const offersSent = async (phone: EnginePage): Promise<number> =>
  (await phone.traffic()).filter(
    ({ way, text }) => way === 'out' && /^(?:INVITE|UPDATE) /u.test(text),
  ).length;

export type Ear = {
  /** Level of a frequency in the last 40 ms that were played there, dB of full scale. */
  readonly heardDb: (frequencyHz: number) => number;
  /** The highest level in any 40 ms of the last 3 s: of what is played once, and over before anybody asks. */
  readonly loudestDb: (frequencyHz: number) => number;
  /** It hears what is played from now on. */
  readonly isOpen: () => boolean;
  readonly stop: () => void;
};

const earRate = 48_000;
const earSamples = earRate / 25;
const sampleBytes = 2;
const keptSamples = 3 * earRate;

/** Listens to a speaker all the time. */
export const listenAt = (sound: Pick<Sound, 'env'>, sink: Sink): Ear => {
  const recorder = spawn(
    'parec',
    [
      ...[`--device=${sink}.monitor`, '--raw', '--format=s16le', `--rate=${earRate}`],
      ...['--channels=1', '--latency-msec=10'],
    ],
    { env: { ...process.env, ...sound.env }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let kept = Buffer.alloc(0);
  recorder.stdout.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-keptSamples * sampleBytes);
  });
  const samplesAt = (from: number, count: number): Int16Array =>
    Int16Array.from({ length: count }, (_, index) =>
      kept.readInt16LE((from + index) * sampleBytes),
    );
  const there = (): number => Math.floor(kept.length / sampleBytes);
  return {
    heardDb: (frequencyHz) => {
      const count = Math.min(there(), earSamples);
      return toneDb(samplesAt(there() - count, count), frequencyHz, earRate);
    },
    loudestDb: (frequencyHz) => {
      const levels = Array.from({ length: Math.floor(there() / earSamples) }, (_, index) =>
        toneDb(samplesAt(index * earSamples, earSamples), frequencyHz, earRate),
      );
      return Math.max(-Infinity, ...levels);
    },
    isOpen: () => kept.length > 0,
    stop: () => recorder.kill(),
  };
};
